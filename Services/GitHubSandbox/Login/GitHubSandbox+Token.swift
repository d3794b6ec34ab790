import Crypto
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// From a code to a token to an account, with the errors that GitHub documents ("Troubleshooting OAuth app access token
/// request errors"): an error of the exchange has status 200.
extension GitHubSandbox {
    /// `POST /login/oauth/access_token`.
    @Sendable func exchange(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let fields = Form(String(buffer: try await request.body.collect(upTo: 16 * 1024)))
        let faults = count("/login/oauth/access_token")
        try await Task.sleep(for: faults.delay)
        if let status = faults.tokenStatus { return Self.json(status, #"{"message":"Server Error"}"#) }
        if let body = faults.tokenBody { return Self.json(.ok, body) }
        let isKnown = state.withLock { state in
            state.applications.contains {
                $0.clientID == fields["client_id"] && $0.clientSecret == fields["client_secret"]
            }
        }
        guard isKnown else {
            return Self.failure(
                "incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.", request)
        }
        // Taken, whatever comes of it: a code is good once.
        let grant = state.withLock { $0.grants.removeValue(forKey: fields["code"] ?? "") }
        guard let grant, grant.clientID == fields["client_id"], ContinuousClock.now < grant.expiresAt,
            Self.verifies(fields["code_verifier"], grant.challenge)
        else {
            return Self.failure("bad_verification_code", "The code passed is incorrect or expired.", request)
        }
        if let asked = fields["redirect_uri"], asked != grant.redirectURL {
            return Self.failure("redirect_uri_mismatch", "The redirect_uri MUST match.", request)
        }
        let token = "gho_" + Self.random().prefix(36)
        state.withLock { state in
            if state.tokens.count >= Self.maximumKept { state.tokens = [:] }
            state.tokens[token] = grant.account
        }
        return Self.answer([("access_token", token), ("token_type", "bearer"), ("scope", "")], request)
    }

    /// `GET /user`.
    @Sendable func user(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let faults = count("/user")
        try await Task.sleep(for: faults.delay)
        if let status = faults.userStatus { return Self.json(status, #"{"message":"Server Error"}"#) }
        if let body = faults.userBody { return Self.json(.ok, body) }
        guard request.headers[.userAgent] != nil else {
            return Self.json(.forbidden, #"{"message":"Request forbidden by administrative rules."}"#)
        }
        let words = request.headers[.authorization]?.split(separator: " ") ?? []
        guard words.count == 2, ["bearer", "token"].contains(words[0].lowercased()),
            let known = state.withLock({ $0.tokens[String(words[1])] }),
            let account = state.withLock({ state in state.world.accounts.first { $0.id == known.id } })
        else { return Self.json(.unauthorized, #"{"message":"Bad credentials","status":"401"}"#) }
        struct User: Encodable {
            var login: String
            var id: Int64
            var type = "User"
            var site_admin = false
        }
        let body = try JSONEncoder().encode(User(login: account.login, id: account.id))
        return Self.json(.ok, String(decoding: body, as: UTF8.self))
    }

    /// PKCE, S256 (RFC 7636, section 4.6).
    private static func verifies(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let challenge else { return verifier == nil }
        guard let verifier, (43...128).contains(verifier.utf8.count) else { return false }
        let hash = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
        return hash.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "") == challenge
    }

    private static func failure(_ code: String, _ description: String, _ request: Request) -> Response {
        answer(
            [
                ("error", code), ("error_description", description),
                ("error_uri", "https://docs.github.com/apps/managing-oauth-apps"),
            ], request)
    }

    /// In JSON where that is asked for, else as a form.
    private static func answer(_ pairs: [(String, String)], _ request: Request) -> Response {
        guard request.headers[.accept]?.contains("application/json") == true else {
            return Response(
                status: .ok, headers: [.contentType: "application/x-www-form-urlencoded; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: Form.encoded(pairs))))
        }
        let members = pairs.map { name, value in
            "\"\(name)\":\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
        return json(.ok, "{\(members.joined(separator: ","))}")
    }

    private static func json(_ status: HTTPResponse.Status, _ body: String) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: body)))
    }
}
