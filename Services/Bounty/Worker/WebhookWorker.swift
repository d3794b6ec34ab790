import Events
import FoundationEssentials
import JetStream
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Takes deliveries from the stream and brings about their effects, once each.
///
/// What one fetch brings is handled in few transactions, and acknowledged after they committed. A failing delivery is tried
/// again with growing delay, and ends in the dead letters. While the database is away the deliveries at hand are kept and no
/// others fetched, and nothing counts as failed.
struct WebhookWorker: Service {
    /// Batches handled at once: one is read while another is written.
    static let concurrency = 2
    /// Between attempts while the database is away. The client itself tries no more often than it should.
    private static let pause = (base: Duration.milliseconds(100), maximum: Duration.seconds(2))

    let consumer: PullConsumer
    let handler: DeliveryHandler
    /// Deliveries of one transaction, at most.
    let batch: Int
    let logger: Logger

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                if running == Self.concurrency {
                    await group.next()
                    running -= 1
                }
                // Fetching ends at once on shutdown; what was fetched is finished.
                let batch = await cancelWhenGracefulShutdown {
                    await consumer.next(FetchLimits(messages: self.batch))
                }
                guard let batch else { continue }
                running += 1
                group.addTask { await handle(batch) }
            }
        }
    }

    /// Keeps the messages while the database is away, rather than to give them back and fetch them again: the broker's count of
    /// their deliveries then tells of crashes alone.
    private func handle(_ batch: [JetStreamMessage]) async {
        var backoff = Backoff(base: Self.pause.base, maximum: Self.pause.maximum)
        var rest = batch[...]
        // Connections that break again and again let only short transactions through.
        var size = batch.count
        while !rest.isEmpty {
            do {
                try await handler.handle(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
                backoff.reset()
            } catch let error as PostgresError where error.isUnavailable {
                if backoff.attempt == 0 {
                    logger.warning("the database is away; no deliveries are fetched", metadata: ["error": "\(error)"])
                }
                let delay = backoff.next()
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: delay) }
                rest = rest.filter { !$0.isAnswered }[...]
                size = max(1, size / 2)
                if Task.isShuttingDownGracefully || Task.isCancelled { return await giveBack(Array(rest)) }
            } catch {
                // The broker went away between effect and answer: it will hand out again what has none.
                return logger.warning("deliveries are not answered", metadata: ["error": "\(error)"])
            }
        }
    }

    private func giveBack(_ batch: [JetStreamMessage]) async {
        // Where that fails, the ack wait does the same.
        for message in batch { try? await message.nak() }
    }
}
