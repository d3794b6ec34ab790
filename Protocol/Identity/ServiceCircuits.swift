import Synchronization

/// Keeps the calls to a service that does not answer from piling up: beyond a number of them, and after some in a row without
/// any answer, further ones fail at once, and one tries again after a pause.
///
/// Where nobody listens the broker says so at once, and no circuit is needed.
final class ServiceCircuits: Sendable {
    private let circuits = Mutex<[String: ServiceCircuit]>([:])

    func circuit(of service: String) -> ServiceCircuit {
        circuits.withLock { circuits in
            if let known = circuits[service] { return known }
            let circuit = ServiceCircuit()
            circuits[service] = circuit
            return circuit
        }
    }
}

/// Of one service.
final class ServiceCircuit: Sendable {
    /// Calls that wait for an answer at a time: what a replica of a service works off within a second.
    static let maximumCalls = 500
    /// Calls in a row that nobody answered: a single one may be the call's own fault.
    static let failures = 3
    /// From the last of them to the next try.
    static let pause = Duration.seconds(2)

    enum Outcome: Sendable {
        /// There is somebody, whatever they said.
        case answered
        case silent
        /// The call ended in a way that tells nothing, such as its cancellation.
        case unknown
    }

    private struct State {
        var calls = 0
        var failures = 0
        /// When one call may try; nil while the circuit is closed.
        var nextTry: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    /// Whether a call may go; ``end(_:now:)`` has to follow then.
    func begin(now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard state.calls < Self.maximumCalls else { return false }
            if let nextTry = state.nextTry {
                guard nextTry <= now else { return false }
                // Only this one tries; where it tells nothing, the next does after the pause.
                state.nextTry = now + Self.pause
            }
            state.calls += 1
            return true
        }
    }

    func end(_ outcome: Outcome, now: ContinuousClock.Instant) {
        state.withLock { state in
            state.calls -= 1
            switch outcome {
            case .answered:
                state.failures = 0
                state.nextTry = nil
            case .silent:
                state.failures += 1
                if state.failures >= Self.failures { state.nextTry = now + Self.pause }
            case .unknown: break
            }
        }
    }
}
