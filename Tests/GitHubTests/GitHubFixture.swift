import FoundationEssentials
import GitHub
import GitHubSandbox
import HTTP
import Hummingbird
import Logging
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

/// A client, and the stand-in for GitHub that it asks: a repository with one issue, in which the app is installed.
struct GitHubFixture: Sendable {
    static let key = Result { try SandboxAppKey() }
    static let appID: Int64 = 700_001

    let sandbox: GitHubSandbox
    let client: GitHubClient
    let clock: FixtureClock
    let repository: GitHubRepository
    let issue: GitHubIssue

    static func run(
        apiPrefix: String = "", limits change: (inout GitHubLimits) -> Void = { _ in },
        _ body: @escaping @Sendable (GitHubFixture) async throws -> Void
    ) async throws {
        let key = try key.get()
        let sandbox = GitHubSandbox(app: .init(id: appID, publicKeyPEM: key.publicPEM), apiPrefix: apiPrefix)
        try sandbox.perform(.makeRepository(fullName: "acme/rocket-skates", by: "octocat"))
        let issue = try sandbox.perform(
            .openIssue(repository: "acme/rocket-skates", title: "Brakes", body: "", by: "road-runner"))
        let router = Router.standard(publicURL: "")
        sandbox.addRoutes(to: router)
        var limits = GitHubLimits()
        limits.retryBase = .milliseconds(1)
        limits.retryMaximum = .milliseconds(5)
        change(&limits)
        let chosen = limits
        try await withListener(router) { address in
            let credentials = try #require(GitHubAppCredentials(id: String(appID), privateKeyPEM: key.privatePEM))
            let clock = FixtureClock()
            let client = GitHubClient(
                GitHubConfiguration(apiURL: address.url + apiPrefix, app: credentials), limits: chosen, logger: .quiet,
                now: { clock.now })
            let id = try await repositoryID(of: sandbox)
            let repository = GitHubRepository(id: id, fullName: "acme/rocket-skates", installation: 4_800_000_001)
            let fixture = GitHubFixture(
                sandbox: sandbox, client: client, clock: clock, repository: repository,
                issue: GitHubIssue(repository: repository, number: issue.number ?? 0))
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(fixture)) } catch { outcome = .failure(error) }
            try await client.close()
            try outcome.get()
        }
    }

    private static func repositoryID(of sandbox: GitHubSandbox) async throws -> Int64 {
        try #require(sandbox.repositoryID("acme/rocket-skates"))
    }

    /// Both clocks.
    func advance(by seconds: TimeInterval) {
        clock.advance(by: seconds)
        sandbox.configureAPI { $0.clockOffset += seconds }
    }

    /// How often the sandbox was asked for what contains the text.
    func asked(_ text: String) -> Int { sandbox.apiRequests.count { $0.path.contains(text) } }

    func refusal<Value>(_ body: () async throws -> Value) async throws -> GitHubError.Code? {
        do {
            _ = try await body()
            return nil
        } catch let error as GitHubError {
            return error.code
        }
    }
}

/// Runs with the machine's, plus what a test adds.
final class FixtureClock: Sendable {
    private let added = Mutex(TimeInterval(0))

    var now: Date { Date.now.addingTimeInterval(added.withLock { $0 }) }

    func advance(by seconds: TimeInterval) { added.withLock { $0 += seconds } }
}
