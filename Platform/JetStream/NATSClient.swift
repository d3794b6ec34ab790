package import Logging
import NIOCore
import ServiceLifecycle
package import ServiceRuntime
import Synchronization

/// A connection to NATS that is made again whenever it breaks, for as long as ``run()`` runs.
///
/// Calls fail at once with ``NATSError/disconnected`` while there is none: nothing is buffered for later. What the
/// client publishes and subscribes to is listed at ``NATSPermissions``.
package final class NATSClient: Service, Dependency {
    struct Subscription: Sendable {
        let subject: String
        let queue: String?
        let events: NATSLink.SubscriptionEvents
    }

    struct Guarded {
        var link: NATSLink?
        var state: DependencyState = .connecting
        var maximumPayload: Int?
        var isStopping = false
        /// Links have rising ids; those up to this one have ended.
        var lastLostLink: UInt64 = 0
        var lastID: UInt64 = 0
        /// Made again on every link.
        var subscriptions: [UInt64: Subscription] = [:]

        mutating func nextID() -> UInt64 {
            lastID += 1
            return lastID
        }
    }

    package let configuration: NATSConfiguration
    package let name = "nats"
    let logger: Logger
    /// `<prefix>.<random>`: answers come to `<inbox>.<token>`.
    let inbox: String
    let replies: PendingTable<NATSMessage?>
    let thread: NATSThread
    let guarded = Mutex(Guarded())
    /// Those who wait for a connection, for its end, and for steps of the shutdown.
    let latches = PendingTable<Void>()

    package init(configuration: NATSConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        inbox = "\(configuration.inboxPrefix).\(String.random(length: 22))"
        replies = PendingTable(limit: configuration.maximumPendingCalls)
        thread = NATSThread(maximumBytes: configuration.maximumOutgoingBytes)
        let answered: @Sendable (NATSMessage) -> Void = { [replies] message in
            guard let token = message.lastTokenNumber else { return }
            replies.complete(token, message)
        }
        subscribe(to: "\(inbox).*", queue: nil, events: .init(received: answered, completed: {}))
    }

    package var state: DependencyState { guarded.withLock { $0.state } }

    /// Bytes of headers and payload in one message, as the server said last; nil while it was never reached.
    package var maximumPayload: Int? { guarded.withLock { $0.maximumPayload } }

    /// Connects and stays connected until graceful shutdown; then waits for the answers still to come, hands over what
    /// was published, and closes, each within ``NATSConfiguration/drainTimeout``. Cancelled, it only closes. Once.
    ///
    /// Everything that uses the client stops before it: it comes first in a service group.
    package func run() async throws {
        thread.start()
        await cancelWhenGracefulShutdown { await self.stayConnected() }
        let isCancelled = Task.isCancelled
        // Closing goes on when the task is cancelled, within its deadlines.
        await Task { await self.shutDown(draining: !isCancelled) }.value
    }

    /// Returns once there is a connection.
    package func waitUntilConnected(timeout: Duration) async throws(NATSError) {
        let token = latches.reserve()
        try await latches.wait(token, link: LatchKind.connected, timeout: timeout) {
            if guarded.withLock({ $0.link != nil }) { latches.complete(token, ()) }
        }
    }

    /// Stays until ``unsubscribe(_:)``, on whatever link there is.
    @discardableResult
    func subscribe(to subject: String, queue: String?, events: NATSLink.SubscriptionEvents) -> UInt64 {
        let subscription = Subscription(subject: subject, queue: queue, events: events)
        let (id, link) = guarded.withLock { guarded in
            let id = guarded.nextID()
            guarded.subscriptions[id] = subscription
            return (id, guarded.link)
        }
        if let link { thread.submit { self.open(subscription, id, on: link) } }
        return id
    }

    func unsubscribe(_ id: UInt64) {
        guard let link = forget(id) else { return }
        thread.submit { link.unsubscribe(id) }
    }

    /// Takes no further messages. `completed` of its events follows; where there is nothing to drain, `orElse`.
    func drain(_ id: UInt64, orElse: @escaping @Sendable () -> Void) {
        guard let link = forget(id) else { return orElse() }
        thread.submit {
            if !link.drain(id) { orElse() }
        }
    }

    private func forget(_ id: UInt64) -> NATSLink? {
        guarded.withLock {
            $0.subscriptions[id] = nil
            return $0.link
        }
    }

    /// On the thread.
    func open(_ subscription: Subscription, _ id: UInt64, on link: NATSLink) {
        do throws(NATSError) {
            try link.subscribe(id, to: subscription.subject, queue: subscription.queue, events: subscription.events)
        } catch .disconnected {
            // The next link makes it again.
        } catch {
            logger.error("cannot subscribe", metadata: ["subject": "\(subscription.subject)", "error": "\(error)"])
        }
    }

    /// The link to use now.
    func currentLink() throws(NATSError) -> NATSLink {
        let (link, isStopping) = guarded.withLock { ($0.link, $0.isStopping) }
        guard !isStopping else { throw .closed }
        guard let link else { throw .disconnected }
        return link
    }
}

/// What ``NATSClient/latches`` are for, in place of a link's id.
enum LatchKind {
    static let connected: UInt64 = 1
    static let lost: UInt64 = 2
    static let shutdown: UInt64 = 3
}

extension NATSMessage {
    /// The number after the last dot of the subject: the token of one of our inboxes.
    var lastTokenNumber: UInt64? {
        subject.lastIndex(of: ".").flatMap { UInt64(subject[subject.index(after: $0)...]) }
    }
}

extension String {
    /// Letters and digits.
    static func random(length: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return String((0..<length).map { _ in alphabet.randomElement() ?? "0" })
    }
}
