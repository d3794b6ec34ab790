import Encodings
package import FoundationEssentials
package import HTTP
package import Hummingbird
import Synchronization

/// A stand-in for GitHub on this machine, for development and tests: it behaves as GitHub does towards an application, with
/// accounts that anybody can be. Signing in (OAuth, the web application flow with PKCE); repositories with issues, pull
/// requests and comments, which people act on by ``SandboxCommand``s; the API of a GitHub App, with its limits; and signed
/// webhooks, which are sent once, and again only when asked for.
///
/// Never to be reached by others: it lets everybody in.
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

    /// The GitHub App that is installed in every repository.
    package struct App: Sendable {
        package var id: Int64
        package var slug: String
        /// Of the key that its tokens are signed with.
        package var publicKeyPEM: String
        package var installation: Int64
        /// The account of `<slug>[bot]`.
        package var botID: Int64

        package init(
            id: Int64 = 700_001, slug: String = "bursar-sandbox", publicKeyPEM: String,
            installation: Int64 = 4_800_000_001, botID: Int64 = 4_700_000_001
        ) {
            self.id = id
            self.slug = slug
            self.publicKeyPEM = publicKeyPEM
            self.installation = installation
            self.botID = botID
        }
    }

    /// What goes wrong with signing in, as a test wants it.
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
        var world: SandboxWorld
        var app: App?
        var api = SandboxAPIState()
        var hooks = SandboxHookState()
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

    /// Of its pages and its API: links in what it says begin with it.
    let baseURL: String
    /// What the API's paths begin with: nothing, or `/api/v3` as of GitHub Enterprise.
    let apiPrefix: String
    /// Nil where nothing is kept.
    let save: (@Sendable (Data) -> Void)?
    /// Yields where webhooks may wait; many at once are one.
    let wakes: AsyncStream<Void>
    let wake: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - app: None: no app can be anything here.
    ///   - saved: What `save` was given last, where the sandbox goes on.
    ///   - save: Called with all that there is after each change, before it is answered.
    package init(
        accounts: [Account] = standardAccounts, applications: [Application] = [], app: App? = nil,
        baseURL: String = "https://github.example", apiPrefix: String = "", saved: Data? = nil,
        save: (@Sendable (Data) -> Void)? = nil
    ) {
        self.baseURL = baseURL
        self.apiPrefix = apiPrefix
        self.save = save
        (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let world = saved.flatMap { try? JSONDecoder().decode(SandboxWorld.self, from: $0) }
        state = Mutex(State(world: world ?? SandboxWorld(accounts: accounts), app: app, applications: applications))
    }

    // MARK: - What tests arrange

    package func setFaults(_ faults: Faults) { state.withLock { $0.faults = faults } }

    /// Adds the account, or gives the one with this id another login, as a rename does.
    package func set(_ account: Account) {
        state.withLock { state in
            state.world.accounts.removeAll { $0.id == account.id }
            state.world.accounts.append(account)
        }
    }

    /// Somebody does something, and the webhooks of it are queued.
    @discardableResult
    package func perform(_ command: SandboxCommand, at now: Date = .now) throws(SandboxRefusal) -> SandboxOutcome {
        try change { state, app throws(SandboxRefusal) in
            if command == .redeliver { state.hooks.repeatAll(at: now) }
            let (outcome, events) = try state.world.perform(command, app: app, base: baseURL, at: now)
            state.hooks.enqueue(events, at: now)
            return outcome
        }
    }

    /// The issue as people see it now.
    package func view(repository: String, number: Int64) throws(SandboxRefusal) -> SandboxIssueView {
        try change { state, app throws(SandboxRefusal) in
            guard let repository = state.world.repository(named: repository),
                let issue = state.world.issue(.init(repository: repository.id, number: number)), !issue.isDeleted,
                issue.movedTo == nil
            else { throw SandboxRefusal(description: "there is no issue \(repository)#\(number)") }
            return SandboxRendering(world: state.world, app: app, base: baseURL).view(issue)
        }
    }

    /// Runs the body on the state, saves what it changed, and wakes who sends webhooks.
    func change<Value>(_ body: (inout State, App) throws(SandboxRefusal) -> Value) throws(SandboxRefusal) -> Value {
        let result = state.withLock { state -> Result<Value, SandboxRefusal> in
            guard let app = state.app else {
                return .failure(SandboxRefusal(description: "the sandbox has no app"))
            }
            do throws(SandboxRefusal) {
                let value = try body(&state, app)
                // Under the lock, so that what is saved last is the newest.
                if let save, let saved = try? JSONEncoder().encode(state.world) { save(saved) }
                return .success(value)
            } catch { return .failure(error) }
        }
        wake.yield()
        return try result.get()
    }

    package func requests(to path: String) -> Int { state.withLock { $0.requests[path] ?? 0 } }

    // MARK: - What it answers

    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.get("/login/oauth/authorize", use: authorize)
        router.post("/login/oauth/authorize", use: decide)
        router.post("/login/oauth/access_token", use: exchange)
        router.get("/user", use: user)
        addAPI(to: router)
        addPages(to: router)
    }

    func count(_ path: String) -> Faults {
        state.withLock { state in
            state.requests[path, default: 0] += 1
            return state.faults
        }
    }

    static func random() -> String {
        Hexadecimal.encode((0..<32).map { _ in UInt8.random(in: .min ... .max) })
    }
}
