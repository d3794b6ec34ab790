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
/// the dead letters. While the database is away the deliveries at hand are kept and no others fetched, and nothing counts as
/// failed.
struct WebhookWorker: Service {
    /// Deliveries handled at once: one for each connection to the database.
    static let concurrency = 8
    /// Between attempts while the database is away. The client itself tries no more often than it should.
    private static let pause = (base: Duration.milliseconds(100), maximum: Duration.seconds(2))

    let consumer: PullConsumer
    let handler: DeliveryHandler
    let logger: Logger

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            // Fetching ends at once on shutdown; what was fetched is finished.
            let batch = await cancelWhenGracefulShutdown { await consumer.next() }
            guard let batch else { continue }
            await handle(batch)
        }
    }

    private func handle(_ batch: [JetStreamMessage]) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, message) in batch.enumerated() {
                if index >= Self.concurrency { await group.next() }
                group.addTask { await handle(message) }
            }
        }
    }

    /// Keeps the message while the database is away, rather than to give it back and fetch it again: the broker's count of
    /// its deliveries then tells of crashes alone.
    private func handle(_ message: JetStreamMessage) async {
        var backoff = Backoff(base: Self.pause.base, maximum: Self.pause.maximum)
        while true {
            do {
                return try await handler.handle(message)
            } catch let error as PostgresError where error.isUnavailable {
                if backoff.attempt == 0 {
                    logger.warning("the database is away; no deliveries are fetched", metadata: ["error": "\(error)"])
                }
                let delay = backoff.next()
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: delay) }
                if Task.isShuttingDownGracefully || Task.isCancelled { return await giveBack(message) }
            } catch {
                // The broker went away between effect and acknowledgement: it will hand the message out again.
                return logger.warning("a delivery is not acknowledged", metadata: ["error": "\(error)"])
            }
        }
    }

    private func giveBack(_ message: JetStreamMessage) async {
        // Where that fails, the ack wait does the same.
        try? await message.nak()
    }
}
