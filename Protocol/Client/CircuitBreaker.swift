import NIOCore

/// Whether calls are worth trying while nobody answers. A pure value.
struct CircuitBreaker: Sendable {
    enum State: Sendable, Equatable {
        /// Calls go through.
        case closed(failures: Int)
        /// Calls fail at once, until then.
        case open(until: NIODeadline)
        /// One call tries.
        case trying
    }

    private(set) var state = State.closed(failures: 0)
    private var openings = 0
    private let configuration: RPCClientConfiguration

    init(_ configuration: RPCClientConfiguration) { self.configuration = configuration }

    /// Whether a call may go. In the open state one may once the time is over, and the next only after its end.
    @inline(__always)
    mutating func admit(now: @autoclosure () -> NIODeadline) -> Bool {
        switch state {
        case .closed: return true
        case .trying: return false
        case .open(let until):
            guard until <= now() else { return false }
            state = .trying
            return true
        }
    }

    /// Somebody answered.
    @inline(__always)
    mutating func succeeded() {
        if case .closed(0) = state { return }
        state = .closed(failures: 0)
        openings = 0
    }

    /// Nobody answered.
    mutating func failed(now: NIODeadline) {
        switch state {
        case .closed(let failures) where failures + 1 < configuration.circuitFailures:
            state = .closed(failures: failures + 1)
        case .closed, .trying:
            state = .open(until: now + doubled(configuration.circuitBase, configuration.circuitMaximum, openings))
            openings += 1
        // Calls that were under way when it opened.
        case .open: break
        }
    }

    /// A call that was to try ended in a way that says nothing, such as its cancellation. The next one may try.
    mutating func gaveUp(now: NIODeadline) {
        switch state {
        case .trying: state = .open(until: now)
        case .closed, .open: break
        }
    }

    /// A server greeted us: there is somebody again, so the next call may try.
    mutating func connected(now: NIODeadline) {
        switch state {
        case .open: state = .open(until: now)
        case .closed, .trying: break
        }
    }
}
