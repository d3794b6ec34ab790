import Synchronization
import WireServer

/// What the methods saw, for those who wait for it.
final class CallLog: Sendable {
    private struct State {
        var calls = 0
        var began = 0
        var running = 0
        var waiters: [(condition: @Sendable (Snapshot) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    struct Snapshot: Sendable {
        let began: Int
        let running: Int
    }

    private let state = Mutex(State())

    var calls: Int { state.withLock { $0.calls } }
    var began: Int { state.withLock { $0.began } }
    var running: Int { state.withLock { $0.running } }

    func count() { state.withLock { $0.calls += 1 } }

    func began(_ context: RPCContext) {
        change {
            $0.began += 1
            $0.running += 1
        }
    }

    func ended() { change { $0.running -= 1 } }

    /// Waits until slow calls are as the condition says, or the test is over.
    func wait(until condition: @escaping @Sendable (Snapshot) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || condition(Snapshot(began: state.began, running: state.running)) {
                        return true
                    }
                    state.waiters.append((condition, continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiters = state.withLock { state in
                defer { state.waiters = [] }
                return state.waiters
            }
            waiters.forEach { $0.continuation.resume() }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let ready = state.withLock { state in
            body(&state)
            let snapshot = Snapshot(began: state.began, running: state.running)
            let ready = state.waiters.filter { $0.condition(snapshot) }
            state.waiters.removeAll { $0.condition(snapshot) }
            return ready.map(\.continuation)
        }
        ready.forEach { $0.resume() }
    }
}
