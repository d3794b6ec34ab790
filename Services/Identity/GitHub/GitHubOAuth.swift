import AsyncHTTPClient
import Encodings
import FoundationEssentials
import IdentityProtocol
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import ServiceRuntime

/// Signing in with GitHub: the code that a browser came back with becomes the account it belongs to. The access token serves
/// for that one question and is forgotten.
///
/// Source: GitHub's documentation, "Authorizing OAuth apps", web application flow; PKCE as of RFC 7636 with S256.
final class GitHubOAuth: Service {
    /// For each of the two requests.
    static let deadline = Duration.seconds(6)
    /// Bytes of an answer: an account's is some 2 KB.
    static let maximumAnswerBytes = 256 * 1024

    private let application: GitHubApplication
    private let redirectURL: String
    private let client: HTTPClient
    private let logger: Logger

    init(_ application: GitHubApplication, publicURL: String, logger: Logger) {
        self.application = application
        redirectURL = publicURL + "/login/github/callback"
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3), read: .seconds(5)))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 8
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.logger = logger
    }

    func run() async throws {
        try? await gracefulShutdown()
        try await client.shutdown()
    }

    /// Of the page on which the person agrees.
    func authorizationURL(state: String, challenge: String) -> String {
        let query = [
            ("client_id", application.clientID), ("redirect_uri", redirectURL), ("state", state),
            ("code_challenge", challenge), ("code_challenge_method", "S256"), ("allow_signup", "true"),
        ]
        return "\(application.url)/login/oauth/authorize?" + Self.form(query)
    }

    /// - Throws: ``IdentityFailure``: 403 where GitHub does not take the code, 502 where GitHub does not answer as it should.
    func account(code: String, verifier: String) async throws -> GitHubAccount {
        try await account(token: try await accessToken(code: code, verifier: verifier))
    }

    private func accessToken(code: String, verifier: String) async throws -> String {
        struct Answer: Decodable {
            var access_token: String?
            var error: String?
        }
        var request = HTTPClientRequest(url: application.url + "/login/oauth/access_token")
        request.method = .POST
        request.headers = ["Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"]
        request.body = .bytes(
            ByteBuffer(
                string: Self.form([
                    ("client_id", application.clientID), ("client_secret", application.clientSecret), ("code", code),
                    ("redirect_uri", redirectURL), ("code_verifier", verifier),
                ])))
        let answer = try await json(Answer.self, request)
        if let token = answer.access_token, !token.isEmpty { return token }
        switch answer.error {
        case "bad_verification_code":
            throw IdentityFailure(403, "login-refused", "GitHub does not take the code any more; sign in again")
        default:
            // The configuration is wrong; the code of the error says how, and is no secret.
            logger.error("GitHub refuses the exchange", metadata: ["error": "\(answer.error ?? "none")"])
            throw Self.unusable
        }
    }

    private func account(token: String) async throws -> GitHubAccount {
        struct Answer: Decodable {
            var id: Int64
            var login: String
            var type: String?
        }
        var request = HTTPClientRequest(url: application.apiURL + "/user")
        request.headers = [
            "Accept": "application/vnd.github+json", "Authorization": "Bearer \(token)",
            "X-GitHub-Api-Version": "2022-11-28",
        ]
        let answer = try await json(Answer.self, request)
        guard answer.type ?? "User" == "User", let account = GitHubAccount(id: answer.id, login: answer.login) else {
            throw IdentityFailure(403, "login-refused", "only people's accounts can sign in")
        }
        return account
    }

    private func json<Answer: Decodable>(_: Answer.Type, _ request: HTTPClientRequest) async throws -> Answer {
        var request = request
        request.headers.add(name: "User-Agent", value: "bursar/\(BuildInformation.version)")
        do {
            let response = try await client.execute(request, timeout: .milliseconds(Self.deadline.wholeMilliseconds))
            guard response.status == .ok else {
                logger.warning(
                    "GitHub answers a sign-in with an error", metadata: ["status": "\(response.status.code)"])
                throw Self.unusable
            }
            let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
            return try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
        } catch let failure as IdentityFailure {
            throw failure
        } catch {
            // The error's own text could quote what was sent.
            logger.warning("GitHub cannot be asked", metadata: ["error": "\(type(of: error))"])
            throw Self.unusable
        }
    }

    private static let unusable = IdentityFailure(
        502, "github-unavailable", "GitHub does not answer as it should; try again in a moment")

    /// `application/x-www-form-urlencoded`.
    private static func form(_ pairs: [(String, String)]) -> String {
        pairs.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }
}

/// Who signed in.
struct GitHubAccount: Sendable, Equatable {
    let id: Int64
    let login: String

    /// Nil for what GitHub never says: ids below 1, and logins outside of its own rules (letters, digits, hyphens, and the
    /// underscore of enterprise accounts; 39 characters, with a short code of the enterprise 48).
    init?(id: Int64, login: String) {
        guard id > 0, Self.isLogin(login) else { return nil }
        self.id = id
        self.login = login
    }

    static func isLogin(_ text: String) -> Bool {
        (1...48).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
