import Synchronization

/// Wakes one waiting task. Set while nobody waits, it wakes the next wait at once; set many times, it wakes once.
package final class WakeSignal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func set() {
        let waiter = state.withLock { state in
            if state.waiter == nil { state.isSet = true }
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Returns when set, after the limit, or when the task is cancelled. Perhaps a little early, if it was called
    /// before.
    package func wait(upTo limit: Duration) async {
        var timer: Task<Void, any Error>?
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    precondition(state.waiter == nil, "two tasks wait for one signal")
                    if state.isSet || Task.isCancelled {
                        state.isSet = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                guard !isDue else { return continuation.resume() }
                timer = Task {
                    try await Task.sleep(for: limit)
                    self.resumeWaiter()
                }
            }
        } onCancel: {
            resumeWaiter()
        }
        timer?.cancel()
    }

    private func resumeWaiter() { state.withLock { $0.waiter.take() }?.resume() }
}
