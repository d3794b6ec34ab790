import Events
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
    /// Between two snapshots: what comes meanwhile is in one of them.
    private static let publishInterval = Duration.milliseconds(10)
    /// What one fetch brings: enough for all cores to read while the next one comes.
    private static let limits = FetchLimits(messages: 2_048, bytes: 8 << 20)

    private let client: NATSClient
    private let board: BountyBoard
    private let hub: EventHub
    private let logger: Logger
    /// Nil once caught up for the first time.
    private let blocker = Mutex<String?>("the event stream has not been read yet")
    private let reader = Mutex<OrderedReader?>(nil)

    init(client: NATSClient, board: BountyBoard, hub: EventHub = EventHub(), logger: Logger) {
        self.client = client
        self.board = board
        self.hub = hub
        self.logger = logger
    }

    let name = "stream \(StreamName.events)"
    var state: DependencyState { reader.withLock { $0 }?.state ?? .connecting }

    /// Why reads would miss what was there at start; nil once caught up.
    var readinessBlocker: String? { blocker.withLock { $0 } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: Self.rebuildPause.base, maximum: Self.rebuildPause.maximum)
            var skims = true
            while !Task.isCancelled {
                do {
                    try await self.follow(skims: skims)
                } catch is UnreadableTelling {
                    // What it told anew, and was passed over for it, counts again.
                    skims = false
                    self.logger.warning("the last event of a bounty cannot be read: all of the stream is read")
                } catch {
                    // Another stream stands in place of the one that was read: what was built of it is void.
                    self.logger.error("the projection is built anew", metadata: ["error": "\(error)"])
                    self.blocker.withLock { $0 = "the projection is built anew" }
                }
                try? await Task.sleep(for: backoff.next())
            }
        }
    }

    /// The last telling of a bounty cannot be read.
    private struct UnreadableTelling: Error {}

    /// Reads from the stream's start until cancelled.
    /// - Parameter skims: Whether a long way is shortened, by reading only the last telling of each bounty.
    private func follow(skims: Bool) async throws {
        let reader = try OrderedReader(client: client, stream: StreamName.events, limits: Self.limits)
        self.reader.withLock { $0 = reader }
        var snapshot = BountySnapshot()
        var backlog = Backlog()
        var hasStarted = false
        var upcoming = try await reader.next()
        while let batch = upcoming {
            // Nobody sees what is built here before all of it is.
            if skims, !hasStarted, readinessBlocker != nil, batch.remaining > hub.capacity {
                // The next ones come while these are worked on.
                async let next = reader.next()
                try await skim(batch.messages, &backlog, &snapshot)
                note(remaining: batch.remaining, snapshot)
                upcoming = try await next
                continue
            }
            try await read(&backlog, into: &snapshot)
            // Of a long way only the last part is what somebody may resume from.
            if !hasStarted, batch.remaining <= hub.capacity {
                hub.restart(after: snapshot.sequence)
                hasStarted = true
            }
            let isShown = batch.remaining == 0 || readinessBlocker == nil
            var live: [LiveEvent] = []
            /// First what can be read, then who is told of it.
            func show() {
                if isShown { board.publish(snapshot) }
                if hasStarted { hub.publish(live, through: snapshot.sequence) }
                live = []
            }
            for event in await StreamEvent.read(batch.messages) {
                if event.erases {
                    show()
                    hub.forget()
                }
                apply(event, to: &snapshot)
                if hasStarted, let told = LiveEvent(event, redactedBy: snapshot) { live.append(told) }
            }
            show()
            note(remaining: batch.remaining, snapshot)
            if batch.remaining == 0, !batch.messages.isEmpty { try? await Task.sleep(for: Self.publishInterval) }
            upcoming = try await reader.next()
        }
    }

    /// Keeps back what later messages may tell anew, and reads the rest.
    private func skim(
        _ messages: [JetStreamMessage], _ backlog: inout Backlog, _ snapshot: inout BountySnapshot
    ) async throws {
        var now = messages
        // What is told of an account depends on whether it was erased by then.
        if messages.contains(where: { IdentityEvent.tells($0.headers["ce-type"], ofErasure: snapshot.hasErasures) }) {
            try await read(&backlog, into: &snapshot)
        } else {
            now = messages.filter { !backlog.hold($0) }
        }
        for event in await StreamEvent.read(now) { apply(event, to: &snapshot) }
        if backlog.isFull { try await read(&backlog, into: &snapshot) }
    }

    private func read(_ backlog: inout Backlog, into snapshot: inout BountySnapshot) async throws {
        for (held, telling) in await Backlog.Held.read(backlog.take()) {
            guard case .success(let telling?) = telling else { throw UnreadableTelling() }
            snapshot.apply(telling, sequence: held.sequence)
        }
        snapshot.advance(to: backlog.position)
    }

    private func note(remaining: UInt64, _ snapshot: BountySnapshot) {
        guard remaining == 0 else {
            return blocker.withLock { if $0 != nil { $0 = "\(remaining) events are still to be read" } }
        }
        let wasBehind = blocker.withLock { blocker in
            defer { blocker = nil }
            return blocker != nil
        }
        guard wasBehind else { return }
        hub.open()
        logger.info(
            "caught up with the event stream",
            metadata: ["bounties": "\(snapshot.count)", "sequence": "\(snapshot.sequence)"])
    }

    /// What cannot be read is passed over and told: one bad event must not end all reads.
    private func apply(_ event: StreamEvent, to snapshot: inout BountySnapshot) {
        switch event.content {
        case .success((_, .bounty(let telling))):
            snapshot.apply(telling, sequence: event.sequence)
        case .success((_, .identity(let identityEvent))):
            snapshot.apply(identityEvent, sequence: event.sequence)
        case .success((_, .unknown)):
            snapshot.advance(to: event.sequence)
        case .failure(let error):
            snapshot.advance(to: event.sequence)
            Counter(label: "bursar_projection_skipped_total").increment()
            logger.error("an event cannot be read", metadata: ["sequence": "\(event.sequence)", "error": "\(error)"])
        }
    }
}

extension StreamEvent {
    /// Whether what was told before may no longer be told as it was.
    fileprivate var erases: Bool {
        if case .success((_, .identity(let event))) = content { event.kind == .erased } else { false }
    }
}

extension IdentityEvent {
    /// Whether an event of the type is an erasure, or, where there was one, may be the end of one.
    fileprivate static func tells(_ type: String?, ofErasure hasErasures: Bool) -> Bool {
        guard let kind = type.flatMap({ Kind(rawValue: $0) }) else { return false }
        return hasErasures || kind == .erased
    }
}
