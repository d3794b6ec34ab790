import JetStream
import JobProtocol
import Logging
import NIOCore
import ServiceLifecycle
import ServiceRuntime
import WireTransport

/// Works on parts of jobs: as many at a time as it has threads for them, which step back for everything else that this
/// process does.
///
/// At graceful shutdown what is being computed is given back for others.
struct JobWorker: Service {
    /// Half of the cores: calls of clients who wait come first.
    static let threads = max(1, System.coreCount / 2)
    /// Before fetching again after a part could not be handled, so that an outage is no busy loop.
    private static let pause = Duration.milliseconds(500)

    let consumer: PullConsumer
    let handler: JobPartHandler
    let logger: Logger

    func run() async throws {
        handler.pool.start()
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                if running == Self.threads {
                    await group.next()
                    running -= 1
                }
                let messages = await cancelWhenGracefulShutdown {
                    await consumer.next(FetchLimits(messages: 1))
                }
                for message in messages ?? [] {
                    running += 1
                    group.addTask { await handle(message) }
                }
            }
        }
        try await handler.pool.stop()
    }

    private func handle(_ message: JetStreamMessage) async {
        let interest = Interest()
        await withGracefulShutdownHandler {
            do {
                switch try await handler.handle(message, interest) {
                case .handled: try await message.ack()
                case .givenUp: try await message.nak()
                }
            } catch {
                // The broker hands out again what has no answer.
                logger.warning(
                    "a part of a job was not handled", metadata: ["subject": "\(message.subject)", "error": "\(error)"])
                try? await Task.sleep(for: Self.pause)
            }
        } onGracefulShutdown: {
            interest.lose(.stopping)
        }
    }
}
