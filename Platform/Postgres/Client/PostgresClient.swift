package import Logging
import NIOPosix
import ServiceLifecycle
package import ServiceRuntime
import Synchronization

/// A bounded number of connections to one database, each used by a thread of the client's own.
///
/// A transaction's body runs on such a thread without suspension, so that it waits for nothing but the database, and no
/// thread of the concurrency pool is ever blocked. Works without ``run()`` too; then ``state`` is as of the last use,
/// and ``close()`` ends it.
package final class PostgresClient: Service, Dependency {
    package let name: String
    package let configuration: PostgresConfiguration

    private typealias Job = @Sendable (Result<ConnectionSlot, any Error>) -> Completion
    /// Resumes the caller; called after the slot is free again.
    private typealias Completion = @Sendable () -> Void

    private let threads: NIOThreadPool
    private let reachability: Reachability
    private let queue: Mutex<WorkQueue<ConnectionSlot, Job>>
    private let nextID = Atomic<UInt64>(0)

    package init(_ configuration: PostgresConfiguration, name: String = "postgresql", logger: Logger) {
        precondition(configuration.connections > 0, "a client needs a connection")
        self.configuration = configuration
        self.name = name
        let reachability = Reachability(configuration, logger: logger)
        self.reachability = reachability
        let slots = (0..<configuration.connections).map { _ in
            ConnectionSlot(configuration, reachability: reachability)
        }
        queue = Mutex(
            WorkQueue(
                slots: slots, maximumWaiting: configuration.maximumWaiting, waitTimeout: configuration.waitTimeout))
        threads = NIOThreadPool(numberOfThreads: configuration.connections)
        threads.start()
    }

    deinit { threads.shutdownGracefully { _ in } }

    package var state: DependencyState { reachability.known }

    /// Callers that wait for a connection now.
    package var waitingCount: Int { queue.withLock { $0.waitingCount } }

    /// Runs the body in a transaction, and commits unless it throws.
    ///
    /// After a serialization failure or a deadlock all of it runs again, up to `maximumTransactionAttempts` times: let
    /// the body have no effect but on the database. Throws what the body throws, and ``PostgresError``:
    /// `.commitOutcomeUnknown` where the connection broke during COMMIT. A caller that waits for a connection leaves
    /// when its task is cancelled; work that has begun ends.
    package func transaction<T: Sendable>(
        isolation: PostgresIsolation = .readCommitted,
        _ body: @escaping @Sendable (PostgresTransaction) throws -> T
    ) async throws -> T {
        var backoff = Backoff(base: .milliseconds(5), maximum: .milliseconds(500))
        while true {
            switch try await perform({ slot in try slot.transaction(isolation, body) }) {
            case .committed(let value): return value
            case .conflict(let error):
                guard backoff.attempt + 1 < configuration.maximumTransactionAttempts else { throw error }
                try await Task.sleep(for: backoff.next())
            }
        }
    }

    /// The rows of one statement, in a transaction of its own. A `.connectionLost` leaves open whether it took effect.
    @discardableResult
    package func query(_ sql: SQL) async throws -> PostgresRows {
        try await perform { slot in try slot.withConnection { try $0.execute(sql) } }
    }

    /// How many rows the statement affected.
    @discardableResult
    package func execute(_ sql: SQL) async throws -> Int { try await query(sql).affected }

    /// Runs the body with a connection of its own outside of any transaction, for what needs a session. Closed
    /// afterwards.
    func session<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await perform { slot in
            defer { slot.close() }
            return try slot.withConnection(body)
        }
    }

    /// Probes the server, so that ``state`` is current, until graceful shutdown or cancellation; then closes.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.probe()
                try? await Task.sleep(for: self.configuration.probeInterval)
            }
        }
        await close()
    }

    /// Refuses new work, waits for what runs or waits (each bounded by its statements' deadlines), and closes all
    /// connections.
    package func close() async {
        let isFirst = queue.withLock { queue in
            defer { queue.close() }
            return !queue.isClosed
        }
        guard isFirst else { return }
        // A closed client is polled, not signalled: it happens once, and lasts as long as a statement may.
        while !queue.withLock({ $0.isDrained }) {
            await Task { try? await Task.sleep(for: .milliseconds(10)) }.value
        }
        let slots = queue.withLock { $0.takeAll() }
        try? await threads.runIfActive { for slot in slots { slot.close() } }
        try? await threads.shutdownGracefully()
    }

    /// Checks the server over an idle connection. While all are busy there is no need to.
    private func probe() async {
        guard let slot = queue.withLock({ $0.takeIdle() }) else { return }
        let limit = configuration.connectTimeout
        await withCheckedContinuation { continuation in
            start(on: slot) { _ in
                // What fails here shows in the state; who uses the client next gets the error.
                let isThere = (try? slot.withConnection { try $0.execute("SELECT 1", within: limit) }) != nil
                if isThere { self.reachability.answered() }
                return { continuation.resume() }
            }
        }
    }

    /// Runs the work on a thread of ours once a slot is free.
    private func perform<T: Sendable>(_ work: @escaping @Sendable (ConnectionSlot) throws -> T) async throws -> T {
        let id = nextID.wrappingAdd(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
                submit(id: id) { slot in
                    let result = Result { try work(slot.get()) }
                    return { continuation.resume(with: result) }
                }
                // The handler has nothing to remove where it ran before the job was there.
                if Task.isCancelled { cancel(id: id) }
            }
        } onCancel: {
            cancel(id: id)
        }
    }

    private func submit(id: UInt64, _ job: @escaping Job) {
        let now = ContinuousClock.now
        switch queue.withLock({ $0.submit(job, id: id, at: now) }) {
        case .run(let slot): start(on: slot, job)
        case .wait(let startExpiring): if startExpiring { Task { await self.expireWaiting() } }
        case .refuse(let error): job(.failure(error))()
        }
    }

    private func start(on slot: ConnectionSlot, _ first: @escaping Job) {
        threads.submit { _ in
            var next: Job? = first
            while let job = next {
                let complete = job(.success(slot))
                next = self.queue.withLock { $0.finish(slot, isConnected: slot.isConnected) }
                complete()
            }
        }
    }

    private func cancel(id: UInt64) {
        guard let job = queue.withLock({ $0.remove(id: id) }) else { return }
        job(.failure(CancellationError()))()
    }

    private func expireWaiting() async {
        while true {
            let (expired, next) = queue.withLock { $0.expire(at: .now) }
            let error = PostgresError(.waitTimedOut, "no connection became free within \(configuration.waitTimeout)")
            for job in expired { job(.failure(error))() }
            guard let next else { return }
            try? await Task.sleep(until: next)
        }
    }
}
