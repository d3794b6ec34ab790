/// A background calculation. What it is and how far it is comes by `job.js`.
enum JobView {
    static func html(id: String) -> HTML {
        #"""
        <h1>Calculation</h1>
        <p class="meta"><code>\#(id)</code></p>
        <section class="card job" data-job="\#(id)" aria-live="polite"><p>Loading…</p></section>
        <noscript><p class="notice">Progress needs JavaScript. The state of the job as it is now: <a href="/v1/jobs/\#(id)">as JSON</a>.</p></noscript>
        """#
    }
}
