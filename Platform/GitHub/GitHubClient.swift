import AsyncHTTPClient
package import FoundationEssentials
package import Logging
import ServiceLifecycle
package import ServiceRuntime
import Synchronization

/// GitHub's API as a GitHub App: REST, and GraphQL where REST does not say it.
///
/// Waits for nobody's limits: where GitHub asks to wait longer than a moment, every call through that installation fails
/// at once with ``GitHubError/Code/rateLimited(until:)`` until the time has come. What may be repeated is, on 5xx and
/// broken connections; creating a comment is not, as the caller must look first whether it was.
package final class GitHubClient: Service, Dependency {
    package let name = "github"
    let configuration: GitHubConfiguration
    let transport: GitHubTransport
    let permissions: PermissionCache
    private let identity = Mutex<GitHubAppIdentity?>(nil)
    private let logger: Logger

    /// - Parameter now: The clock of token expiry and limits.
    package init(
        _ configuration: GitHubConfiguration, limits: GitHubLimits = GitHubLimits(), logger: Logger,
        now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.configuration = configuration
        self.logger = logger
        transport = GitHubTransport(configuration, limits: limits, logger: logger, now: now)
        permissions = PermissionCache(lifetime: limits.permissionLifetime, now: now)
    }

    package var state: DependencyState { transport.state }

    /// Asks who the app is until GitHub answers, so that ``state`` is known and wrong credentials show in the log; then
    /// waits for graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: .seconds(1), maximum: .seconds(60))
            while !Task.isCancelled {
                do {
                    let app = try await self.app()
                    self.logger.info("GitHub knows the app", metadata: ["app": "\(app.slug)", "id": "\(app.id)"])
                    return
                } catch let error as GitHubError where error.code == .unauthorized {
                    self.logger.error("GitHub refuses the app's id or key", metadata: ["error": "\(error)"])
                } catch {
                    self.logger.debug("GitHub cannot be asked", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: backoff.next())
            }
        }
        try? await gracefulShutdown()
        try await close()
    }

    /// Ends it without ``run()``.
    package func close() async throws { try await transport.close() }

    /// Who the app is. Asked once.
    package func app() async throws -> GitHubAppIdentity {
        if let known = identity.withLock({ $0 }) { return known }
        struct Answer: Decodable {
            var id: Int64
            var slug: String
        }
        let answer = try await transport.json(Answer.self, .get("app", as: .app, name: "app"))
        let found = GitHubAppIdentity(id: answer.id, slug: answer.slug)
        identity.withLock { $0 = found }
        return found
    }

    /// The app's installation in a repository, which webhooks that no app sends do not name; nil where it has none.
    package func installation(of fullName: String) async throws -> Int64? {
        struct Answer: Decodable { var id: Int64 }
        let path = "repos/\(try RepositoryPath(fullName).text)/installation"
        return try await transport.find(Answer.self, .get(path, as: .app, name: "installation"))?.id
    }
}

/// Named limits of a ``GitHubClient``.
package struct GitHubLimits: Sendable {
    /// For one exchange; GitHub itself gives up after ten seconds.
    package var requestTimeout = Duration.seconds(12)
    /// Attempts at what may be repeated.
    package var maximumAttempts = 3
    package var retryBase = Duration.milliseconds(250)
    package var retryMaximum = Duration.seconds(2)
    /// Bytes of one answer: a hundred comments of 64 KiB and what is around them.
    package var maximumAnswerBytes = 16 << 20
    /// Answers kept with their `ETag`, of at most so many bytes each.
    package var maximumCachedAnswers = 500
    package var maximumCachedBytes = 64 << 10
    /// How long a permission is believed without asking.
    package var permissionLifetime = Duration.seconds(60)
    /// Pages of one list that are read: 100 comments or deliveries each.
    package var maximumPages = 50

    package init() {}
}
