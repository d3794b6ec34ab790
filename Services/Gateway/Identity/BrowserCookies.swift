import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird

/// The cookies that browsers get: the session's token, and a sign-in that was begun. Both are for us alone (HttpOnly), stay away
/// from requests that other sites make, but for following a link (SameSite=Lax), and travel by https where the public URL does.
struct BrowserCookies: Sendable {
    let isSecure: Bool

    init(publicURL: String) { isSecure = publicURL.hasPrefix("https://") }

    /// With https the name says that no other host can have set it (RFC 6265bis, section 4.1.3).
    private var sessionName: String { (isSecure ? "__Host-" : "") + "bursar_session" }
    private var attemptName: String { (isSecure ? "__Secure-" : "") + "bursar_login" }
    private static let attemptPath = "/login/github"

    func session(of request: Request) -> String? { request.cookies[sessionName]?.value }
    func attempt(of request: Request) -> String? { request.cookies[attemptName]?.value }

    func set(session token: String, until end: Date, at now: Date = .now) -> String {
        cookie(sessionName, token, path: "/", maxAge: max(0, Int(end.timeIntervalSince(now))))
    }

    func set(attempt: String, maxAge: Int) -> String {
        cookie(attemptName, attempt, path: Self.attemptPath, maxAge: maxAge)
    }

    var clearedSession: String { cookie(sessionName, "", path: "/", maxAge: 0) }
    var clearedAttempt: String { cookie(attemptName, "", path: Self.attemptPath, maxAge: 0) }

    private func cookie(_ name: String, _ value: String, path: String, maxAge: Int) -> String {
        "\(name)=\(value); Path=\(path); Max-Age=\(maxAge); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}

extension Response {
    /// With a cookie to keep or to forget, and so for this browser alone.
    func setting(cookies: String...) -> Response {
        var response = self
        for cookie in cookies { response.headers.append(HTTPField(name: .setCookie, value: cookie)) }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
