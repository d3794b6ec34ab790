import Events
import FoundationEssentials
import JetStream
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Takes deliveries from the stream and brings about their effect, once each.
///
/// A delivery is acknowledged after its transaction committed. A failing one is tried again with growing delay, and ends in
/// the dead letters; while the database is away nothing is fetched, and nothing counts as failed.
struct WebhookWorker: Service {
    /// Deliveries handled at once: one for each connection to the database.
    static let concurrency = 8
    /// Waits between looks at a database that is away, beside the client's own attempts.
    private static let pause = (base: Duration.milliseconds(100), maximum: Duration.seconds(2))
    /// After which the broker hands out again what came while the database went away.
    private static let handBackDelay = Duration.seconds(1)

    let consumer: PullConsumer
    let database: PostgresClient
    let handler: DeliveryHandler
    let logger: Logger

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            // Fetching ends at once on shutdown; what was fetched is finished.
            let batch = await cancelWhenGracefulShutdown { await consumer.next() }
            guard let batch else { continue }
            if await handle(batch) == .databaseAway { await waitForDatabase() }
        }
    }

    private enum BatchOutcome { case handled, databaseAway }

    private func handle(_ batch: [JetStreamMessage]) async -> BatchOutcome {
        await withTaskGroup(of: BatchOutcome.self) { group in
            var outcome = BatchOutcome.handled
            for (index, message) in batch.enumerated() {
                if index >= Self.concurrency, await group.next() == .databaseAway { outcome = .databaseAway }
                let isAway = outcome == .databaseAway
                group.addTask {
                    if isAway {
                        await giveBack(message)
                        return .handled
                    }
                    return await handle(message)
                }
            }
            for await result in group where result == .databaseAway { outcome = .databaseAway }
            return outcome
        }
    }

    private func handle(_ message: JetStreamMessage) async -> BatchOutcome {
        do {
            try await handler.handle(message)
            return .handled
        } catch let error as PostgresError where error.isUnavailable {
            await giveBack(message)
            return .databaseAway
        } catch {
            // The broker went away between effect and acknowledgement: it will hand the message out again.
            logger.warning("a delivery is not acknowledged", metadata: ["error": "\(error)"])
            return .handled
        }
    }

    private func giveBack(_ message: JetStreamMessage) async {
        try? await message.nak(delay: Self.handBackDelay)
    }

    private func waitForDatabase() async {
        logger.warning("the database is away; no deliveries are fetched")
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: Self.pause.base, maximum: Self.pause.maximum)
            repeat {
                try? await Task.sleep(for: backoff.next())
            } while database.state != .up && !Task.isCancelled
        }
    }
}
