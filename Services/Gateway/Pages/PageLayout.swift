import Encodings
import Events
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// A whole page: what stands around every one of them, and the answer that carries it.
struct PageLayout: Sendable {
    /// Pages of the navigation, by their paths.
    private static let places: [(path: String, name: HTML)] = [
        ("/", "Bounties"), ("/link", "Wallets"), ("/calculator", "Calculator"), ("/docs", "API"),
    ]

    /// Without the product's name.
    var title: String
    /// Path and query, to come back to after signing in.
    var location = "/"
    /// Who is signed in.
    var viewer: String?
    /// Whether the page knows who looks at it, and says so.
    var knowsViewer = true
    /// A module of ``Assets`` for this page alone.
    var script: String?
    /// For search engines and previews; the product's own where it is nil.
    var summary: String?
    /// Whether search engines are asked to pass over it.
    var isPrivate = false
    var main: HTML

    var document: HTML {
        let assets = Assets.compiledIn
        let script = script.map { HTML(#"<script type="module" src="\#(assets.path(of: $0))"></script>"#) }
        return #"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>\#(title.isEmpty ? "Bursar: bounties on GitHub issues" : "\(title) · Bursar")</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="description" content="\#(summary ?? "Bounties on GitHub issues: exact amounts, signed by the wallets of their sponsors.")">
            \#(isPrivate ? HTML(#"<meta name="robots" content="noindex">"#) : .empty)
            <link rel="icon" href="\#(assets.path(of: "icon.svg"))" type="image/svg+xml">
            <link rel="stylesheet" href="\#(assets.path(of: "bursar.css"))">
            <script type="module" src="\#(assets.path(of: "page.js"))"></script>
            \#(script)
            </head>
            <body data-viewer="\#(viewer ?? "")">
            <a class="skip" href="#main">Skip to the content</a>
            <header class="site">
            <div class="inner">
            <a class="brand" href="/">\#(Self.mark)Bursar</a>
            <nav aria-label="Pages">\#(navigation)</nav>
            <div class="session">\#(session)</div>
            </div>
            </header>
            <main id="main" tabindex="-1">
            \#(main)
            </main>
            <div id="notices" role="status" aria-live="polite"></div>
            <footer class="site">
            <div class="inner">
            <p>Bursar holds no funds and moves none: it issues signed payout orders.</p>
            <p><a href="/docs">API</a> <a href="/openapi.json">openapi.json</a> <a href="/v1/payout-keys">Payout keys</a></p>
            </div>
            </footer>
            </body>
            </html>

            """#
    }

    private static let mark: HTML =
        #"<svg aria-hidden="true" viewBox="0 0 32 32" width="24" height="24"><circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" stroke-width="3"/><path d="M12 8v16M12 9h5a3.5 3.5 0 0 1 0 7h-5m5 0a4 4 0 0 1 0 8h-5" fill="none" stroke="currentColor" stroke-width="3"/></svg>"#

    private var navigation: HTML {
        let path = location.prefix { $0 != "?" }
        return HTML.joined(
            Self.places.map { place in
                let current = path == place.path ? HTML(#" aria-current="page""#) : .empty
                return #"<a href="\#(place.path)"\#(current)>\#(place.name)</a>"#
            }, by: "\n")
    }

    private var session: HTML {
        guard knowsViewer else { return .empty }
        if let viewer {
            return #"""
                <span class="viewer" title="Signed in with GitHub">\#(HTML.isolated(viewer))</span>
                <button type="button" class="plain" data-sign-out hidden>Sign out</button>
                """#
        }
        return #"<a class="button small" href="\#(Self.signIn(returningTo: location))">Sign in</a>"#
    }

    /// The address that begins a sign-in, and comes back.
    static func signIn(returningTo location: String) -> String {
        "/login/github?return_to=\(location.addingQueryEscapes)"
    }

    // MARK: - Answers

    func response(status: HTTPResponse.Status = .ok) -> Response {
        let body = ByteBuffer(string: document.text)
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLength: String(body.readableBytes),
                // What a page says depends on who looks, and changes at any time.
                .cacheControl: "private, no-cache", .vary: "Cookie",
            ], body: .init(byteBuffer: body))
    }
}

extension String {
    /// For a value in a query, where slashes may stand (RFC 3986, section 3.4).
    var addingQueryEscapes: String { percentEncoded { $0.isUnreserved || $0 == UInt8(ascii: "/") } }
}
