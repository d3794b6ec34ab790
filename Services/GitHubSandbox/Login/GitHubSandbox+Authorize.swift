import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The page on which a person agrees, and what follows.
extension GitHubSandbox {
    /// `GET /login/oauth/authorize`: who to be. With `sandbox_login`, which GitHub does not have, the answer is given at once.
    @Sendable func authorize(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let fields = Form(request.uri.query ?? "")
        _ = count("/login/oauth/authorize")
        guard let application = application(fields["client_id"]) else { return Self.page(.notFound, "<h1>404</h1>") }
        if let login = fields["sandbox_login"] { return decide(fields, login, application) }
        let hidden = Self.carried.compactMap { name in
            fields[name].map { #"<input type="hidden" name="\#(name)" value="\#(Self.escaped($0))">"# }
        }
        let buttons = state.withLock { $0.world.accounts }.map { account in
            #"<p><button name="sandbox_login" value="\#(Self.escaped(account.login))">\#(Self.escaped(account.login)) (id \#(account.id))</button></p>"#
        }
        return Self.page(
            .ok,
            """
            <h1>GitHub sandbox</h1><p>Sign in to \(Self.escaped(application.clientID)) as</p>
            <form method="post" action="/login/oauth/authorize">\(hidden.joined())\(buttons.joined())
            <p><button name="sandbox_login" value="">nobody: cancel</button></p></form>
            """)
    }

    /// `POST /login/oauth/authorize`: the form of that page.
    @Sendable func decide(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let fields = Form(String(buffer: try await request.body.collect(upTo: 16 * 1024)))
        guard let application = application(fields["client_id"]) else { return Self.page(.notFound, "<h1>404</h1>") }
        return decide(fields, fields["sandbox_login"] ?? "", application)
    }

    private static let carried = ["client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"]

    private func application(_ clientID: String?) -> Application? {
        state.withLock { state in state.applications.first { $0.clientID == clientID } }
    }

    private func decide(_ fields: Form, _ login: String, _ application: Application) -> Response {
        func back(_ query: [(String, String)]) -> Response {
            let query = query + (fields["state"].map { [("state", $0)] } ?? [])
            return Response(
                status: .found,
                headers: [.location: application.redirectURL + "?" + Form.encoded(query), .cacheControl: "no-store"])
        }
        if let asked = fields["redirect_uri"], asked != application.redirectURL {
            return back([
                ("error", "redirect_uri_mismatch"),
                ("error_description", "The redirect_uri is not associated with this application."),
            ])
        }
        guard let account = state.withLock({ state in state.world.accounts.first { $0.login == login } }) else {
            return back([
                ("error", "access_denied"), ("error_description", "The user has denied your application access."),
            ])
        }
        if fields["code_challenge"] != nil, fields["code_challenge_method"] != "S256" {
            return back([("error", "invalid_request"), ("error_description", "Only S256 is supported.")])
        }
        let code = String(Self.random().prefix(20))
        state.withLock { state in
            if state.grants.count >= Self.maximumKept { state.grants = [:] }
            state.grants[code] = Grant(
                account: account, clientID: application.clientID, redirectURL: application.redirectURL,
                challenge: fields["code_challenge"], expiresAt: .now + Self.codeLifetime)
        }
        return back([("code", code)])
    }

    static func page(_ status: HTTPResponse.Status, _ body: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(
                byteBuffer: ByteBuffer(string: "<!doctype html><title>GitHub sandbox</title>\(body)\n")))
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
