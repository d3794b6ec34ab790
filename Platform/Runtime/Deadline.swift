import Synchronization

/// Runs the operation and cancels it when the time is over.
///
/// - Throws: ``DeadlineExceeded`` where time ran out, else what the operation throws. Returns only after the operation has
///   ended, so it must react to cancellation.
package func withDeadline<Value: Sendable>(
    _ limit: Duration, isolation: isolated (any Actor)? = #isolation,
    _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    // Begins on this thread: what is there already is taken without another task being waited for.
    let task = Task.immediate { try await operation() }
    let watch = DeadlineWatch.shared.add(.now + limit) { task.cancel() }
    let result = await withTaskCancellationHandler {
        await task.result
    } onCancel: {
        task.cancel()
    }
    guard DeadlineWatch.shared.remove(watch) else { throw DeadlineExceeded(limit: limit) }
    return try result.get()
}

package struct DeadlineExceeded: Error, Equatable, CustomStringConvertible {
    package let limit: Duration

    package init(limit: Duration) { self.limit = limit }

    package var description: String { "took longer than \(limit)" }
}

/// Calls whoever's time is over. One timer serves all: a cancelled `Task.sleep` would keep its own until it is due.
private final class DeadlineWatch: Sendable {
    private struct Entry {
        let deadline: ContinuousClock.Instant
        let expire: @Sendable () -> Void
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var lastID: UInt64 = 0
        /// When the timer wakes; nil where there is none.
        var next: ContinuousClock.Instant?

        /// - Returns: True where a timer is to be set, as none comes by then.
        mutating func wake(at deadline: ContinuousClock.Instant) -> Bool {
            if let next, next <= deadline { return false }
            next = deadline
            return true
        }
    }

    static let shared = DeadlineWatch()

    private let state = Mutex(State())

    /// - Returns: What to ``remove(_:)`` it by.
    func add(_ deadline: ContinuousClock.Instant, expire: @escaping @Sendable () -> Void) -> UInt64 {
        let (id, isFirst) = state.withLock { state in
            state.lastID += 1
            state.entries[state.lastID] = Entry(deadline: deadline, expire: expire)
            return (state.lastID, state.wake(at: deadline))
        }
        if isFirst { wait(until: deadline) }
        return id
    }

    /// - Returns: False where its time was over before.
    func remove(_ id: UInt64) -> Bool { state.withLock { $0.entries.removeValue(forKey: id) != nil } }

    private func wait(until deadline: ContinuousClock.Instant) {
        Task.detached {
            try? await Task.sleep(until: deadline)
            self.sweep()
        }
    }

    private func sweep() {
        let now = ContinuousClock.now
        let (expired, next) = state.withLock { state in
            let expired = state.entries.filter { $0.value.deadline <= now }
            for id in expired.keys { state.entries[id] = nil }
            // A timer of an earlier time than the one that was set last may still come; it finds nothing then.
            if let next = state.next, next <= now { state.next = nil }
            let earliest = state.entries.values.map(\.deadline).min()
            return (expired.values.map(\.expire), earliest.flatMap { state.wake(at: $0) ? $0 : nil })
        }
        for expire in expired { expire() }
        if let next { wait(until: next) }
    }
}
