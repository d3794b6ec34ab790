package import FoundationEssentials
import JetStream
package import Logging
import ServiceLifecycle
package import ServiceRuntime
import Synchronization

/// The published keys of session tokens as one process knows them: asked for at the start and again and again, so that a new
/// key is known before it signs. Any service that acts for a user verifies tokens with it, and waits for nobody.
package final class SessionKeyring: Service, Dependency {
    /// A new key is published by every replica before it signs; this is how soon others know it.
    static let refreshInterval = Duration.seconds(30)
    /// While there are none, or a token names an unknown one.
    static let retryInterval = Duration.milliseconds(200)
    private static let timeout = Duration.seconds(2)

    private struct State {
        var verifier = SessionVerifier([])
        var dependency = DependencyState.connecting
        var wantsRefresh = false
    }

    private let client: IdentityClient
    private let logger: Logger
    private let guarded = Mutex(State())

    package init(client: IdentityClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    package let name = "session keys"
    package var state: DependencyState { guarded.withLock { $0.dependency } }

    /// - Throws: ``SessionTokenError``.
    package func verify(
        _ token: String, at now: Date = .now, allowsExpired: Bool = false
    ) throws(SessionTokenError) -> Session {
        let verifier = guarded.withLock { $0.verifier }
        do throws(SessionTokenError) {
            return try verifier.verify(token, at: now, allowsExpired: allowsExpired)
        } catch {
            if error == .unknownKey { guarded.withLock { $0.wantsRefresh = true } }
            throw error
        }
    }

    /// Whether there are any keys yet: without them every token is unknown.
    package var hasKeys: Bool { guarded.withLock { !$0.verifier.isEmpty } }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var next = ContinuousClock.now
            while !Task.isCancelled {
                let isWanted = self.guarded.withLock { state in
                    defer { state.wantsRefresh = false }
                    return state.wantsRefresh
                }
                if ContinuousClock.now >= next || isWanted || !self.hasKeys {
                    await self.refresh()
                    next = .now + Self.refreshInterval
                }
                try? await Task.sleep(for: Self.retryInterval)
            }
        }
    }

    private func refresh() async {
        do {
            let published = try await client.call(PublishedKeys.self, Nothing(), timeout: Self.timeout)
            guarded.withLock { state in
                state.verifier = SessionVerifier(published.keys)
                state.dependency = .up
            }
        } catch {
            logger.debug("session keys are not known anew", metadata: ["error": "\(error)"])
            guarded.withLock { state in
                // What is known stays good.
                if state.dependency != .connecting || state.verifier.isEmpty {
                    state.dependency = .down(reason: "the identity service does not publish its keys")
                }
            }
        }
    }
}
