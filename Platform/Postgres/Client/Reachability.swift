import Logging
import ServiceRuntime
import Synchronization

/// What is known about the server, shared by all connections, so that not each of them waits for a server that is not
/// there.
final class Reachability: Sendable {
    private struct State {
        var known = DependencyState.connecting
        var backoff: Backoff
        /// While the server cannot be reached: when the next attempt may start.
        var nextAttempt: ContinuousClock.Instant?
        /// When an attempt last ended, either way.
        var lastOutcome: ContinuousClock.Instant?
    }

    private let state: Mutex<State>
    private let connectTimeout: Duration
    private let logger: Logger

    init(_ configuration: PostgresConfiguration, logger: Logger) {
        let backoff = Backoff(base: configuration.reconnectBase, maximum: configuration.reconnectMaximum)
        state = Mutex(State(backoff: backoff))
        connectTimeout = configuration.connectTimeout
        self.logger = logger
    }

    var known: DependencyState { state.withLock { $0.known } }

    /// Opens a connection, or fails at once with `.unavailable` where the next attempt is not due yet.
    func connect<C>(_ open: () throws(PostgresError) -> C) throws(PostgresError) -> C {
        let start = ContinuousClock.now
        try admit(at: start)
        do {
            let connection = try open()
            answered()
            return connection
        } catch {
            failed(error, since: start)
            throw error
        }
    }

    /// The server was there just now.
    func answered() {
        let wasKnown = state.withLock { state in
            state.nextAttempt = nil
            state.lastOutcome = .now
            state.backoff.reset()
            defer { state.known = .up }
            return state.known
        }
        if wasKnown != .up { logger.info("PostgreSQL is reachable") }
    }

    private func admit(at now: ContinuousClock.Instant) throws(PostgresError) {
        let refusal: String? = state.withLock { state in
            guard let nextAttempt = state.nextAttempt else { return nil }
            guard now >= nextAttempt else {
                if case .down(let reason) = state.known { return reason } else { return "not reached yet" }
            }
            // This caller tries; the others go on failing fast until it knows more.
            state.nextAttempt = now + connectTimeout
            return nil
        }
        if let refusal { throw PostgresError(.unavailable, refusal) }
    }

    private func failed(_ error: PostgresError, since start: ContinuousClock.Instant) {
        let isNews = state.withLock { state in
            // Attempts that fail side by side count as one.
            if let lastOutcome = state.lastOutcome, lastOutcome > start { return false }
            let now = ContinuousClock.now
            state.lastOutcome = now
            state.nextAttempt = now + state.backoff.next()
            let new = DependencyState.down(reason: error.message)
            defer { state.known = new }
            return state.known != new
        }
        if isNews { logger.warning("PostgreSQL cannot be reached", metadata: ["reason": "\(error.message)"]) }
    }
}
