import Events
import FoundationEssentials
import GitHub
import JetStream
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Does what the `work` table asks for, with any number of replicas at once.
///
/// An item that fails is tried again with growing delay, and after the fifth time is a dead letter. One that another replica
/// began and did not end is taken over once its lease has run out.
final class WorkRunner: Service {
    /// Items handled at once.
    static let concurrency = 8
    /// Failed attempts after which an item is a dead letter.
    static let maximumAttempts = 5
    /// How late an item may be found that another process asked for.
    static let pollInterval = Duration.seconds(1)
    /// Between the attempts while something that is needed is away.
    static let outagePause = Duration.seconds(2)
    /// In subjects and tables.
    static let consumerName = "work"

    private let store: WorkStore
    private let handlers: [String: any WorkHandler]
    private let deadLetters: DeadLetterWriter
    private let logger: Logger
    private let committed: @Sendable () -> Void
    private let retryBackoff: Backoff
    private let signal = WakeSignal()

    /// - Parameter committed: Called after an effect is written, so that its events are published at once.
    init(
        database: PostgresClient, handlers: [any WorkHandler], deadLetters: DeadLetterWriter, logger: Logger,
        retryBackoff: Backoff = Backoff(base: .seconds(1), maximum: .seconds(60)),
        committed: @escaping @Sendable () -> Void
    ) {
        store = WorkStore(database: database)
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { _, _ in
            preconditionFailure("two handlers for one kind of work")
        }
        self.deadLetters = deadLetters
        self.logger = logger
        self.retryBackoff = retryBackoff
        self.committed = committed
    }

    /// Something may be due.
    func wake() { signal.set() }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: .milliseconds(100), maximum: .seconds(5))
            while !Task.isCancelled {
                do {
                    let handled = try await self.runOnce()
                    backoff.reset()
                    guard handled == 0 else { continue }
                    let pause = try await self.store.untilDue(
                        of: Array(self.handlers.keys), atMost: Self.pollInterval)
                    await self.signal.wait(upTo: pause)
                } catch {
                    // The database is away, which its client tells of.
                    try? await Task.sleep(for: backoff.next())
                }
            }
        }
    }

    /// Does what is due now. Returns how much it was.
    @discardableResult
    func runOnce() async throws -> Int {
        let items = try await store.take(Self.concurrency, of: Array(handlers.keys))
        await withDiscardingTaskGroup { group in
            for item in items { group.addTask { await self.handle(item) } }
        }
        return items.count
    }

    private func handle(_ item: WorkItem) async {
        guard let handler = handlers[item.kind] else { return }
        do {
            do {
                guard case .change(let effect) = try await handler.handle(item) else { return }
                let conclude = try await store.database.transaction { transaction in
                    let conclude = try effect(transaction)
                    try WorkStore.finish(item, in: transaction)
                    return conclude
                }
                conclude()
                count(item, "done")
                committed()
                wake()
            } catch is WorkLeaseLost {
                count(item, "lost")
            } catch let error as WorkPostponed {
                try await postpone(item, reason: error.reason, for: error.delay)
            } catch let error as GitHubError where error.isTemporary {
                let delay = error.retryAt.map { Duration.seconds(max(1, $0.timeIntervalSinceNow)) }
                try await postpone(item, reason: "\(error)", for: delay ?? Self.outagePause)
            } catch  where Self.isMissingDependency(error) {
                try await postpone(item, reason: "\(error)", for: Self.outagePause)
            } catch {
                try await fail(item, error)
            }
        } catch {
            // Neither effect nor failure could be written. The lease runs out, and it is taken again.
            logger.warning("an item of work is left to its lease", metadata: Self.metadata(item, error))
        }
    }

    private func postpone(_ item: WorkItem, reason: String, for delay: Duration) async throws {
        count(item, "postponed")
        logger.debug("work waits", metadata: ["kind": "\(item.kind)", "key": "\(item.key)", "reason": "\(reason)"])
        try await store.release(item, attempts: item.attempts, error: reason, after: delay)
    }

    private func fail(_ item: WorkItem, _ error: any Error) async throws {
        let attempts = item.attempts + 1
        logger.error("work failed", metadata: Self.metadata(item, error).merging(["attempt": "\(attempts)"]) { $1 })
        count(item, "failed")
        guard attempts < Self.maximumAttempts else {
            try await deadLetters.write(item, reason: "failed: \(error)", attempts: attempts)
            try await store.bury(item)
            return count(item, "dead_letter")
        }
        var backoff = retryBackoff
        for _ in 0..<item.attempts { _ = backoff.next() }
        try await store.release(item, attempts: attempts, error: "\(error)", after: backoff.next())
    }

    /// Whether the item could not be done for want of what it needs, whatever it is.
    private static func isMissingDependency(_ error: any Error) -> Bool {
        switch error {
        case is CancellationError: true
        case let error as PostgresError: error.isUnavailable
        case let error as NATSError:
            switch error {
            case .disconnected, .closed, .timeout, .cancelled, .overloaded, .noResponders: true
            default: false
            }
        default: false
        }
    }

    private static func metadata(_ item: WorkItem, _ error: any Error) -> Logger.Metadata {
        ["kind": "\(item.kind)", "key": "\(item.key)", "error": "\(error)"]
    }

    private func count(_ item: WorkItem, _ outcome: String) {
        Counter(label: "bursar_work_total", dimensions: [("kind", item.kind), ("outcome", outcome)]).increment()
    }
}
