import NIOCore
import NIOPosix
import Synchronization

/// Calls that wait for something: an answer, the connection. Each is resumed exactly once, by whichever comes first of
/// the answer, its deadline, the loss of its link, and the cancellation of its task.
final class PendingTable<Value: Sendable>: Sendable {
    typealias Token = UInt64
    /// Deadlines are looked at together, this far apart at the least.
    private static var sweepInterval: TimeAmount { .milliseconds(5) }

    fileprivate struct Entry {
        let continuation: CheckedContinuation<Result<Value, NATSError>, Never>
        let link: UInt64
        var deadline: NIODeadline
        /// How far each sign of life moves the deadline; nil for not at all.
        let allowance: TimeAmount?
    }

    fileprivate struct State {
        var entries: [Token: Entry] = [:]
        var lastToken: Token = 0
        var nextSweep: NIODeadline?
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let limit: Int
    private let eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()

    init(limit: Int = .max) { self.limit = limit }

    /// A token for a call to come. It means nothing until ``wait(_:link:timeout:extending:start:)``.
    func reserve() -> Token {
        state.withLock {
            $0.lastToken += 1
            return $0.lastToken
        }
    }

    /// Waits for ``complete(_:_:)``.
    /// - Parameters:
    ///   - link: What ``failAll(link:_:)`` calls it by.
    ///   - extending: With it, the timeout counts from the last ``touch(_:)``.
    ///   - start: Called once the answer can be taken.
    func wait(
        _ token: Token, link: UInt64, timeout: Duration, extending: Bool = false, start: () -> Void
    ) async throws(NATSError) -> Value {
        let amount = TimeAmount(timeout)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, NATSError>, Never>) in
                let entry = Entry(
                    continuation: continuation, link: link, deadline: .now() + amount,
                    allowance: extending ? amount : nil)
                guard add(entry, token) else { return continuation.resume(returning: .failure(.overloaded)) }
                // The handler below may have run before there was an entry.
                if Task.isCancelled { return finish(token, .failure(.cancelled)) }
                start()
            }
        } onCancel: {
            finish(token, .failure(.cancelled))
        }
        return try result.get()
    }

    func complete(_ token: Token, _ value: Value) { finish(token, .success(value)) }

    func fail(_ token: Token, _ error: NATSError) { finish(token, .failure(error)) }

    /// Moves the deadline of a call that was made with `extending`.
    func touch(_ token: Token) {
        state.withLock {
            guard let amount = $0.entries[token]?.allowance else { return }
            $0.entries[token]?.deadline = .now() + amount
        }
    }

    func failAll(link: UInt64? = nil, _ error: NATSError) {
        finishAll(.failure(error)) { link == nil || $0.link == link }
    }

    /// Those that wait as long as there are signs of life.
    func failAllExtending(_ error: NATSError) { finishAll(.failure(error)) { $0.allowance != nil } }

    func completeAll(link: UInt64, _ value: Value) { finishAll(.success(value)) { $0.link == link } }

    /// Returns once nothing waits any more.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock {
                if !$0.entries.isEmpty { $0.whenEmpty.append(continuation) }
                return $0.entries.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func add(_ entry: Entry, _ token: Token) -> Bool {
        let added = state.withLock { state -> (Bool, NIODeadline?) in
            guard state.entries.count < limit else { return (false, nil) }
            state.entries[token] = entry
            return (true, state.scheduleSweep(at: entry.deadline))
        }
        schedule(added.1)
        return added.0
    }

    private func finish(_ token: Token, _ result: Result<Value, NATSError>) {
        let (entry, waiters) = state.withLock { ($0.entries.removeValue(forKey: token), $0.takeWaiters()) }
        entry?.continuation.resume(returning: result)
        waiters.forEach { $0.resume() }
    }

    private func finishAll(_ result: Result<Value, NATSError>, where matches: (Entry) -> Bool) {
        let (finished, waiters) = state.withLock { state in
            let finished = state.entries.filter { matches($0.value) }
            finished.keys.forEach { state.entries[$0] = nil }
            return (finished, state.takeWaiters())
        }
        finished.values.forEach { $0.continuation.resume(returning: result) }
        waiters.forEach { $0.resume() }
    }

    private func sweep() {
        let now = NIODeadline.now()
        finishAll(.failure(.timeout)) { $0.deadline <= now }
        let next = state.withLock { state -> NIODeadline? in
            state.nextSweep = nil
            return state.entries.values.map(\.deadline).min()
                .flatMap { state.scheduleSweep(at: max($0, now + Self.sweepInterval)) }
        }
        schedule(next)
    }

    private func schedule(_ deadline: NIODeadline?) {
        guard let deadline else { return }
        eventLoop.scheduleTask(deadline: deadline) { [weak self] in self?.sweep() }
    }
}

extension PendingTable.State {
    /// The time of a sweep to schedule, or nil where an earlier one comes anyway.
    fileprivate mutating func scheduleSweep(at deadline: NIODeadline) -> NIODeadline? {
        if let nextSweep, nextSweep <= deadline { return nil }
        nextSweep = deadline
        return deadline
    }

    fileprivate mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        guard entries.isEmpty, !whenEmpty.isEmpty else { return [] }
        defer { whenEmpty = [] }
        return whenEmpty
    }
}
