import NIOCore
import ServiceRuntime
import Synchronization

/// Asks one consumer for messages, one request at a time, and collects what comes. Pull requests: ADR-13.
///
/// The server delivers at most what a request asks for, so that is all that can wait here. A request that is given up
/// (its task was cancelled) loses its inbox, by which the server forgets it; what was on the way is given back.
final class Fetcher: Sendable {
    /// How long a request waits at the server for its first message. No deadline for the caller: the next one follows.
    private static let expiry: Duration = .seconds(30)
    /// The same while it is not known whether the server has the consumer: soon it is.
    private static let firstExpiry: Duration = .milliseconds(100)
    /// How often the server says that it still has the request; at most half of the expiry.
    private static let heartbeat: Duration = .seconds(2)
    /// Without a sign for so long the server has lost it: two heartbeats, and time on the way.
    private static let silence: Duration = .seconds(5)

    struct Request {
        /// `$JS.API.CONSUMER.MSG.NEXT.<stream>.<consumer>`
        let subject: String
        let count: Int
        /// Headers and overhead included; nil for no limit.
        let bytes: Int?
    }

    /// How a request ended, after the messages that it brought.
    enum End: Equatable {
        /// It brought as many as asked for, or all there were.
        case complete
        /// A limit of the request, a deleted consumer, a server that shuts down: one code (409) for all of them.
        case stopped
        /// Nobody serves the consumer: it does not exist, or JetStream is not up.
        case noConsumer
        case failed(NATSError)
    }

    /// Its own subscription: a message that is delivered does not show which inbox it came through.
    private struct Inbox {
        let subject: String
        let subscription: UInt64
    }

    private struct Guarded {
        var inbox: Inbox?
        var token: UInt64?
        var wanted = 0
        var messages: [JetStreamMessage] = []
        var state: DependencyState = .connecting
    }

    private let client: NATSClient
    private let givesBack: Bool
    private let guarded = Mutex(Guarded())

    /// - Parameter givesBack: Whether messages that came too late are to be redelivered. Not for consumers without acks.
    init(client: NATSClient, givesBack: Bool) {
        self.client = client
        self.givesBack = givesBack
    }

    deinit {
        if let inbox = guarded.withLock({ $0.inbox }) { client.unsubscribe(inbox.subscription) }
    }

    /// Up once the server answered for the consumer.
    var state: DependencyState { guarded.withLock { $0.state } }

    func note(_ state: DependencyState) { guarded.withLock { $0.state = state } }

    /// Waits for messages: until there are some, all that are there up to the limits.
    func fetch(_ request: Request) async -> (messages: [JetStreamMessage], end: End) {
        let token = client.replies.reserve()
        guarded.withLock {
            precondition($0.token == nil, "one fetch of a consumer at a time")
            $0.token = token
            $0.wanted = request.count
        }
        let inbox = openInbox()
        let end = await ask(request, token, inbox)
        if case .failed = end { giveUp(inbox) }
        let messages = guarded.withLock { guarded in
            defer { guarded.messages = [] }
            guarded.token = nil
            switch end {
            case .complete: guarded.state = .up
            case .stopped: break
            case .noConsumer: guarded.state = .down(reason: "no such consumer")
            case .failed(let error): guarded.state = .down(reason: "\(error)")
            }
            return guarded.messages
        }
        return (messages, end)
    }

    private func openInbox() -> Inbox {
        if let inbox = guarded.withLock({ $0.inbox }) { return inbox }
        let subject = "\(client.inbox).\(String.random(length: 8))"
        let received: @Sendable (NATSMessage) -> Void = { [weak self] in self?.receive($0, inbox: subject) }
        let id = client.subscribe(to: "\(subject).*", queue: nil, events: .init(received: received, completed: {}))
        let inbox = Inbox(subject: subject, subscription: id)
        guarded.withLock { $0.inbox = inbox }
        return inbox
    }

    private func giveUp(_ inbox: Inbox) {
        guarded.withLock { $0.inbox = nil }
        client.drain(inbox.subscription, orElse: {})
    }

    private func ask(_ request: Request, _ token: UInt64, _ inbox: Inbox) async -> End {
        // With no_wait and expires the server sends what there is; with nothing there it waits for the first.
        let expiry = state == .up ? Self.expiry : Self.firstExpiry
        var body = "{\"batch\":\(request.count),\"no_wait\":true,\"expires\":\(expiry.wholeNanoseconds)"
        body += ",\"idle_heartbeat\":\(min(Self.heartbeat, expiry / 2).wholeNanoseconds)"
        if let bytes = request.bytes { body += ",\"max_bytes\":\(bytes)" }
        let message = NATSOutgoingMessage(subject: request.subject, payload: ByteBuffer(string: body + "}"))
        do throws(NATSError) {
            let link = try client.currentLink()
            let last = try await client.replies.wait(token, link: link.id, timeout: Self.silence, extending: true) {
                client.send(message, reply: "\(inbox.subject).\(token)", on: link, token: token)
            }
            return switch last?.status {
            case nil, 404, 408: .complete
            case 503: .noConsumer
            default: .stopped
            }
        } catch {
            return .failed(error)
        }
    }

    private func receive(_ message: NATSMessage, inbox: String) {
        if message.status != nil, message.subject.hasPrefix(inbox), let token = message.lastTokenNumber {
            guard message.status == 100 else { return client.replies.complete(token, message) }
            note(.up)
            return client.replies.touch(token)
        }
        guard let message = JetStreamMessage(message, client: client) else { return }
        let (token, isLast) = guarded.withLock { guarded -> (UInt64?, Bool) in
            guard guarded.token != nil, guarded.inbox?.subject == inbox else { return (nil, false) }
            guarded.state = .up
            guarded.messages.append(message)
            return (guarded.token, guarded.messages.count >= guarded.wanted)
        }
        guard let token else {
            if givesBack { message.giveBack() }
            return
        }
        if isLast { client.replies.complete(token, nil) } else { client.replies.touch(token) }
    }
}
