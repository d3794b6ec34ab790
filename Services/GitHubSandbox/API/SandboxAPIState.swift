package import FoundationEssentials
package import HTTPTypes
import Synchronization

/// What the API remembers of its callers.
struct SandboxAPIState: Sendable {
    struct Token: Sendable {
        var installation: Int64
        var expiresAt: Date
    }
    struct Allowance: Sendable {
        var used = 0
        var resetAt: Date
    }

    var tokens: [String: Token] = [:]
    /// By caller: `app`, or the number of an installation.
    var allowances: [String: Allowance] = [:]
    var settings = SandboxAPISettings()
    var faults: [SandboxFault] = []
    var log: [SandboxRequest] = []
}

/// How the API is set up, as a test wants it.
package struct SandboxAPISettings: Sendable {
    /// Requests of one caller in an hour. GitHub's least.
    package var hourlyLimit = 5_000
    package var window = TimeInterval(3_600)
    package var tokenLifetime = TimeInterval(3_600)
    /// Entries on a page that does not ask for a number.
    package var pageSize = 30
    /// Seconds that the sandbox's clock is ahead of the machine's.
    package var clockOffset = TimeInterval(0)

    package init() {}
}

/// A request that was answered, for tests.
package struct SandboxRequest: Sendable, Equatable {
    package var method: String
    /// With its query.
    package var path: String
    package var status: Int
}

/// What goes wrong with requests of the API, as a test wants it.
package struct SandboxFault: Sendable {
    /// Nil for any.
    package var method: HTTPRequest.Method?
    /// What the path contains.
    package var path: String
    package var status: HTTPResponse.Status?
    package var headers: HTTPFields
    package var body: String
    package var delay: Duration
    /// Whether what was asked for is done all the same, and only the answer is lost.
    package var takesEffect: Bool
    /// How many requests it meets.
    package var times: Int

    package init(
        _ method: HTTPRequest.Method? = nil, _ path: String, status: HTTPResponse.Status? = nil,
        headers: HTTPFields = [:], body: String = #"{"message":"Server Error"}"#, delay: Duration = .zero,
        takesEffect: Bool = false, times: Int = 1
    ) {
        self.method = method
        self.path = path
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.takesEffect = takesEffect
        self.times = times
    }
}

extension GitHubSandbox {
    package func configureAPI(_ change: (inout SandboxAPISettings) -> Void) {
        state.withLock { change(&$0.api.settings) }
    }

    package func add(_ fault: SandboxFault) { state.withLock { $0.api.faults.append(fault) } }
    package func clearFaults() { state.withLock { $0.api.faults = [] } }

    /// Tokens that were given out are no longer taken.
    package func revokeTokens() { state.withLock { $0.api.tokens = [:] } }

    /// What was asked of the API, in order.
    package var apiRequests: [SandboxRequest] { state.withLock { $0.api.log } }

    /// Takes the app out of a repository, or puts it back.
    package func setInstalled(_ isInstalled: Bool, in fullName: String) {
        state.withLock { state in
            for index in state.world.repositories.indices where state.world.repositories[index].fullName == fullName {
                state.world.repositories[index].installation = isInstalled ? state.app?.installation : nil
            }
        }
    }
}

extension GitHubSandbox {
    package func repositoryID(_ fullName: String) -> Int64? {
        state.withLock { $0.world.repository(named: fullName)?.id }
    }
}
