import Synchronization
import WireTransport

/// Hands calls to the workers: as many at a time as there are workers, and of those that wait one of each connection in
/// turn, so that no client can hold up the others by asking for much.
final class HeavyScheduler: Sendable {
    fileprivate struct State {
        var running = 0
        var waiting = FairQueue<UInt64, HeavyCall>()
        var whenIdle: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let workers: WorkerPool
    private let maximumCalls: Int

    init(workers: WorkerPool, maximumCalls: Int) {
        self.workers = workers
        self.maximumCalls = maximumCalls
    }

    /// - Returns: Whether there was room for it.
    func submit(_ call: HeavyCall, of connection: UInt64) -> Bool {
        enum Action { case start, wait, refuse }
        let action = state.withLock { state -> Action in
            guard state.running + state.waiting.count < maximumCalls else { return .refuse }
            guard state.running < workers.size else {
                state.waiting.append(call, for: connection)
                return .wait
            }
            state.running += 1
            return .start
        }
        switch action {
        case .start: start(call)
        case .wait: break
        case .refuse: return false
        }
        return true
    }

    /// Gives the call up. If it runs, its place is free only when it has noticed.
    func cancel(_ call: HeavyCall, of connection: UInt64) {
        _ = state.withLock { $0.waiting.remove(of: connection) { $0 === call } }
        call.cancel()
    }

    /// Returns when no call runs or waits any more.
    func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                let isIdle = state.running == 0
                if !isIdle { state.whenIdle.append(continuation) }
                return isIdle
            }
            if isIdle { continuation.resume() }
        }
    }

    private func start(_ call: HeavyCall) {
        call.start(on: workers) { [self] in
            let (next, idle) = state.withLock { $0.end() }
            if let next { start(next) }
            idle.forEach { $0.resume() }
        }
    }
}

extension HeavyScheduler.State {
    /// A call has ended.
    /// - Returns: The one to start in its place, or, where nothing is left, those who wait for that.
    fileprivate mutating func end() -> (next: HeavyCall?, idle: [CheckedContinuation<Void, Never>]) {
        if let next = waiting.popFirst() { return (next, []) }
        running -= 1
        guard running == 0 else { return (nil, []) }
        defer { whenIdle = [] }
        return (nil, whenIdle)
    }
}
