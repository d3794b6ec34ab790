import FoundationEssentials
package import HTTP
package import Hummingbird
import Synchronization

/// A stand-in for GitHub on this machine, for development and tests: it behaves as GitHub does towards an application, with
/// accounts that anybody can be. Here: signing in (OAuth, the web application flow with PKCE) and the account of a token.
///
/// Keeps everything in memory. Never to be reached by others: it lets everybody in.
package final class GitHubSandbox: Sendable {
    package struct Account: Sendable, Equatable, Codable {
        package var id: Int64
        package var login: String
        package init(id: Int64, login: String) {
            self.id = id
            self.login = login
        }
    }

    /// An application that may ask people to sign in.
    package struct Application: Sendable {
        package var clientID: String
        package var clientSecret: String
        package var redirectURL: String
        package init(clientID: String, clientSecret: String, redirectURL: String) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.redirectURL = redirectURL
        }
    }

    /// What goes wrong, as a test wants it.
    package struct Faults: Sendable {
        /// Before each answer of the token and the user endpoint.
        package var delay = Duration.zero
        package var tokenStatus: HTTPResponse.Status?
        /// The body of the token endpoint in place of its own.
        package var tokenBody: String?
        package var userStatus: HTTPResponse.Status?
        package var userBody: String?
        package init() {}
    }

    package static let standardAccounts = [
        Account(id: 583_231, login: "octocat"), Account(id: 502, login: "road-runner"),
        Account(id: 1_004, login: "wile-e-coyote"),
    ]

    struct Grant: Sendable {
        var account: Account
        var clientID: String
        var redirectURL: String
        var challenge: String?
        var expiresAt: ContinuousClock.Instant
    }

    struct State: Sendable {
        var accounts: [Account]
        var applications: [Application]
        var faults = Faults()
        /// By code; each is good once.
        var grants: [String: Grant] = [:]
        var tokens: [String: Account] = [:]
        /// Requests by path, for tests.
        var requests: [String: Int] = [:]
    }

    /// GitHub's own: ten minutes.
    static let codeLifetime = Duration.seconds(600)
    /// Codes and tokens that are kept; beyond it all are forgotten.
    static let maximumKept = 10_000

    let state: Mutex<State>

    package init(accounts: [Account] = standardAccounts, applications: [Application]) {
        state = Mutex(State(accounts: accounts, applications: applications))
    }

    // MARK: - What tests arrange

    package func setFaults(_ faults: Faults) { state.withLock { $0.faults = faults } }

    /// Adds the account, or gives the one with this id another login, as a rename does.
    package func set(_ account: Account) {
        state.withLock { state in
            state.accounts.removeAll { $0.id == account.id }
            state.accounts.append(account)
        }
    }

    package func requests(to path: String) -> Int { state.withLock { $0.requests[path] ?? 0 } }

    // MARK: - What it answers

    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.get("/login/oauth/authorize", use: authorize)
        router.post("/login/oauth/authorize", use: decide)
        router.post("/login/oauth/access_token", use: exchange)
        router.get("/user", use: user)
    }

    func count(_ path: String) -> Faults {
        state.withLock { state in
            state.requests[path, default: 0] += 1
            return state.faults
        }
    }

    static func random() -> String {
        (0..<4).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}
