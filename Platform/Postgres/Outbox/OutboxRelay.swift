import FoundationEssentials
package import Logging
import ServiceLifecycle
package import ServiceRuntime
import Synchronization

/// Publishes the outbox: every message at least once, those of an aggregate in their order.
///
/// It has no cursor. Ids are given before commits, so a message with a lower id may appear later than one with a
/// higher; each pass takes the lowest ids that are still there, and what is acknowledged is deleted. A crash between
/// the two publishes a message again. Of many relays of one database, in any number of processes, one publishes at a
/// time, by a lease.
package final class OutboxRelay: Service, Dependency {
    package struct Settings: Sendable {
        /// How often the outbox is looked at without being woken.
        package var pollInterval = Duration.seconds(1)
        /// After a crash nothing is published for this long. A pass takes two thirds of it at most.
        package var lease = Duration.seconds(30)
        /// Messages read at once.
        package var maximumBatch = 256
        /// Bytes of payload read at once, unless one message alone is larger.
        package var maximumBatchBytes = 8 << 20
        /// Aggregates published at the same time.
        package var maximumConcurrent = 32
        /// Aggregates that wait after a failure, while others go on. More are tried again in each pass.
        package var maximumPaused = 1_000
        package var backoffBase = Duration.milliseconds(100)
        package var backoffMaximum = Duration.seconds(10)

        package init() {}

        /// No publishing starts later in a pass than this, and none takes longer.
        var passLimit: Duration { lease / 3 }
    }

    package let name: String
    private let settings: Settings
    private let store: OutboxStore
    private let publish: @Sendable (OutboxMessage) async throws -> Void
    private let logger: Logger
    private let signal = WakeSignal()
    private let known = Mutex(DependencyState.connecting)

    /// `publish` returns once the broker has stored the message, ends early when its task is cancelled, and is called
    /// again with the same `messageID` after a failure.
    package init(
        _ client: PostgresClient, name: String = "outbox", settings: Settings = Settings(), logger: Logger,
        publish: @escaping @Sendable (OutboxMessage) async throws -> Void
    ) {
        self.name = name
        self.settings = settings
        self.publish = publish
        self.logger = logger
        store = OutboxStore(
            client: client, holder: UUID().uuidString, lease: settings.lease, maximumRows: settings.maximumBatch,
            maximumBytes: settings.maximumBatchBytes)
    }

    /// Down while publishing, or the database, fails.
    package var state: DependencyState { known.withLock { $0 } }

    /// Call after a commit that appended. Never waits.
    package func wake() { signal.set() }

    /// Publishes until graceful shutdown or cancellation; then ends the pass and gives the lease back.
    package func run() async throws {
        var progress = RelayProgress(settings)
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let wait = await pass(&progress)
            guard let wait else { continue }
            await cancelWhenGracefulShutdown { await self.rest(wait) }
        }
        guard progress.isHolding || !progress.acknowledged.isEmpty else { return }
        let acknowledged = progress.acknowledged
        // Also where this task was cancelled. What fails here is published again, after the lease has expired.
        await Task { [store] in try? await store.finish(acknowledged: acknowledged) }.value
    }

    /// Reads and publishes one batch. Returns how to wait before the next; nil for not at all.
    private func pass(_ progress: inout RelayProgress) async -> Rest? {
        // The lease counts from before it was asked for.
        let start = ContinuousClock.now
        do {
            let batch = try await store.nextBatch(
                acknowledged: progress.acknowledged, excluding: progress.paused(at: start),
                isHolding: progress.isHolding)
            progress.acknowledged = []
            switch batch {
            case .leased(let rows) where !rows.isEmpty:
                progress.isHolding = true
                progress.record(await publish(rows, by: start + settings.passLimit), at: .now)
                if progress.pause != nil { try await giveBack(&progress) }
            case .leased, .heldByAnother: progress.isHolding = false
            case .idle: progress.recordEmpty()
            }
            show(progress.failure.map { .down(reason: "publishing fails: \($0)") } ?? .up)
            guard !progress.isHolding else { return nil }
            return progress.pause.map(Rest.backoff)
                ?? .untilWoken(progress.untilResumed(at: .now, atMost: settings.pollInterval))
        } catch {
            show(.down(reason: "\(error)"))
            return .backoff(progress.databaseBackoff.next())
        }
    }

    /// Another relay may reach the broker while this one cannot.
    private func giveBack(_ progress: inout RelayProgress) async throws {
        try await store.finish(acknowledged: progress.acknowledged)
        progress.acknowledged = []
        progress.isHolding = false
    }

    private enum Rest: Sendable {
        case untilWoken(Duration)
        /// Commits go on while nothing can be published, and must not end this wait.
        case backoff(Duration)
    }

    private func rest(_ rest: Rest) async {
        switch rest {
        case .untilWoken(let limit): await signal.wait(upTo: limit)
        case .backoff(let duration): try? await Task.sleep(for: duration)
        }
    }

    private func show(_ new: DependencyState) {
        let old = known.withLock { state in
            defer { state = new }
            return state
        }
        switch (old, new) {
        case (.up, .down(let reason)), (.connecting, .down(let reason)):
            logger.warning("the outbox is not published", metadata: ["reason": "\(reason)"])
        case (.down, .up): logger.info("the outbox is published again")
        case (.connecting, _), (.up, _), (.down, _): break
        }
    }

    /// Aggregates side by side, the rows of one in order up to its first failure.
    private func publish(_ rows: [OutboxStore.Row], by deadline: ContinuousClock.Instant) async -> [AggregateOutcome] {
        let aggregates = Dictionary(grouping: rows, by: \.message.aggregate).values.sorted { $0[0].id < $1[0].id }
        return await withTaskGroup(of: AggregateOutcome.self) { group in
            var outcomes: [AggregateOutcome] = []
            for (index, rows) in aggregates.enumerated() {
                if index >= settings.maximumConcurrent, let outcome = await group.next() { outcomes.append(outcome) }
                group.addTask { await self.publish(aggregate: rows, by: deadline) }
            }
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
    }

    private func publish(
        aggregate rows: [OutboxStore.Row], by deadline: ContinuousClock.Instant
    ) async -> AggregateOutcome {
        var outcome = AggregateOutcome(aggregate: rows[0].message.aggregate)
        for row in rows where ContinuousClock.now < deadline {
            do {
                try await publishInTime(row.message)
                outcome.acknowledged.append(row.id)
            } catch {
                outcome.failure = "\(error)"
                break
            }
        }
        return outcome
    }

    private func publishInTime(_ message: OutboxMessage) async throws {
        let limit = settings.passLimit
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.publish(message) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw PublishTimedOut(limit: limit)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

private struct PublishTimedOut: Error, CustomStringConvertible {
    let limit: Duration
    var description: String { "no acknowledgement within \(limit)" }
}
