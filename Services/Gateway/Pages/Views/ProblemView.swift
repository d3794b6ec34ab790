import HTTP
import HTTPTypes

/// An error as a page says it.
struct ProblemView: Sendable {
    var problem: Problem
    var requestID: String
    /// Path and query that led here.
    var location: String

    var html: HTML {
        #"""
        <div class="problem-page">
        <p class="code" aria-hidden="true">\#(problem.status.code)</p>
        <h1>\#(problem.title)</h1>
        <p class="lead">\#(detail)</p>
        \#(signIn)
        <p><a href="/">All open bounties</a></p>
        <p class="meta">Request <code>\#(requestID)</code></p>
        </div>
        """#
    }

    /// As a sentence.
    private var detail: String {
        let text = problem.detail
        let end = text.hasSuffix(".") || text.isEmpty ? "" : "."
        return text.prefix(1).uppercased() + text.dropFirst() + end
    }

    private var signIn: HTML? {
        // Back to a page, never to the middle of a sign-in that failed.
        let target = location.hasPrefix("/login") ? "/" : location
        return problem.status == .unauthorized || location.hasPrefix("/login")
            ? #"<p><a class="button" href="\#(PageLayout.signIn(returningTo: target))">Sign in with GitHub</a></p>"#
            : nil
    }
}
