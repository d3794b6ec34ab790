import Events
import FoundationEssentials
import GatewayDomain
import JetStream
import Logging
import Metrics
import ServiceLifecycle
import ServiceRuntime
import Synchronization

/// Builds the read model from the event stream: everything there is at start, then what comes.
final class ProjectionFeed: Service, Dependency {
    private static let rebuildPause = (base: Duration.milliseconds(100), maximum: Duration.seconds(5))

    private let client: NATSClient
    private let board: BountyBoard
    private let logger: Logger
    /// Nil once caught up for the first time.
    private let blocker = Mutex<String?>("the event stream has not been read yet")
    private let reader = Mutex<OrderedReader?>(nil)

    init(client: NATSClient, board: BountyBoard, logger: Logger) {
        self.client = client
        self.board = board
        self.logger = logger
    }

    let name = "stream \(StreamName.events)"
    var state: DependencyState { reader.withLock { $0 }?.state ?? .connecting }

    /// Why reads would miss what was there at start; nil once caught up.
    var readinessBlocker: String? { blocker.withLock { $0 } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: Self.rebuildPause.base, maximum: Self.rebuildPause.maximum)
            while !Task.isCancelled {
                do {
                    try await self.follow()
                } catch {
                    // Another stream stands in place of the one that was read: what was built of it is void.
                    self.logger.error("the projection is built anew", metadata: ["error": "\(error)"])
                    self.blocker.withLock { $0 = "the projection is built anew" }
                }
                try? await Task.sleep(for: backoff.next())
            }
        }
    }

    /// Reads from the stream's start until cancelled.
    private func follow() async throws(NATSError) {
        let reader = try OrderedReader(client: client, stream: StreamName.events)
        self.reader.withLock { $0 = reader }
        var snapshot = BountySnapshot()
        while let batch = try await reader.next() {
            for message in batch.messages { apply(message, to: &snapshot) }
            if batch.remaining == 0 {
                board.publish(snapshot)
                let wasBehind = blocker.withLock { blocker in
                    defer { blocker = nil }
                    return blocker != nil
                }
                if wasBehind {
                    logger.info(
                        "caught up with the event stream",
                        metadata: ["bounties": "\(snapshot.count)", "sequence": "\(snapshot.sequence)"])
                }
            } else if readinessBlocker == nil {
                board.publish(snapshot)
            } else {
                blocker.withLock { $0 = "\(batch.remaining) events are still to be read" }
            }
        }
    }

    /// What cannot be read is passed over and told: one bad event must not end all reads.
    private func apply(_ message: JetStreamMessage, to snapshot: inout BountySnapshot) {
        let sequence = message.position.streamSequence
        do {
            let event = try CloudEvent(
                header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
            if let bountyEvent = try BountyEvent(type: event.type, data: event.data) {
                snapshot.apply(bountyEvent, sequence: sequence)
            } else if let identityEvent = try IdentityEvent(type: event.type, data: event.data) {
                snapshot.apply(identityEvent, sequence: sequence)
            } else {
                snapshot.advance(to: sequence)
            }
        } catch {
            snapshot.advance(to: sequence)
            Counter(label: "bursar_projection_skipped_total").increment()
            logger.error("an event cannot be read", metadata: ["sequence": "\(sequence)", "error": "\(error)"])
        }
    }
}
