import CNATS
import Encodings
import Glibc
import NIOCore
import ServiceRuntime
import Synchronization

/// One connection to a server, from connecting to its end. It does not reconnect: the client makes the next link.
///
/// So there is one way back after a loss, whether the server restarted, refused the credentials for a while (libnats
/// gives up for good at the second refusal) or was never there, and no buffer in which a message could wait unseen.
///
/// Every method runs on the client's ``NATSThread``, which is what makes the handles below safe.
final class NATSLink: Sendable {
    struct Events: Sendable {
        /// The connection ended: by the server, the network, or ``close()``. Comes at most once.
        let closed: @Sendable () -> Void
        /// The server or the library complains, for example of a missing permission. The connection lives on.
        let complained: @Sendable (String) -> Void
    }

    struct SubscriptionEvents: Sendable {
        /// Called in order, on a thread of the library, and never waits.
        let received: @Sendable (NATSMessage) -> Void
        /// Nothing comes after it: the subscription was drained, or the link ended.
        let completed: @Sendable () -> Void
    }

    private static let links = CallbackTable<Events>()
    private static let subscriptions = CallbackTable<SubscriptionEvents>()

    /// Milliseconds. A server that takes nothing for so long is given up.
    private static let writeDeadline: Int64 = 10_000
    /// Milliseconds between pings. Two unanswered ones end the connection, so a dead peer is noticed within a minute.
    private static let pingInterval: Int64 = 20_000
    private static let maximumUnansweredPings: Int32 = 2

    private struct Subscription: Sendable {
        nonisolated(unsafe) let raw: OpaquePointer
        let handle: UInt
    }

    let id: UInt64
    /// Bytes of headers and payload that the server takes in one message.
    let maximumPayload: Int
    nonisolated(unsafe) private let raw: OpaquePointer
    private let handle: UInt
    private let open = Mutex<[UInt64: Subscription]>([:])
    /// The handle is gone. Calls that were submitted before anyone knew come after it.
    private let isClosed = Atomic(false)

    /// Connects, or throws within the timeout for each server of the configuration.
    init(id: UInt64, configuration: NATSConfiguration, events: Events) throws(NATSError) {
        var options: OpaquePointer?
        try Self.check(natsOptions_Create(&options), "natsOptions_Create")
        defer { natsOptions_Destroy(options) }
        let handle = Self.links.add(events)
        let closure = UnsafeMutableRawPointer(bitPattern: handle)
        var raw: OpaquePointer?
        do throws(NATSError) {
            try Self.set(options, configuration)
            try Self.check(
                natsOptions_SetClosedCB(options, { _, closure in NATSLink.links[closure]?.closed() }, closure),
                "natsOptions_SetClosedCB")
            let complain: natsErrHandler = { connection, _, status, closure in
                var text: UnsafePointer<CChar>?
                _ = natsConnection_GetLastError(connection, &text)
                NATSLink.links[closure]?.complained(NATSLink.describe(status, text))
            }
            try Self.check(natsOptions_SetErrorHandler(options, complain, closure), "natsOptions_SetErrorHandler")
            try Self.check(natsConnection_Connect(&raw, options), "natsConnection_Connect")
            guard let raw else { throw .library(call: "natsConnection_Connect", reason: "no connection") }
            self.raw = raw
        } catch {
            Self.links.remove(handle)
            throw error
        }
        self.id = id
        self.handle = handle
        maximumPayload = Int(natsConnection_GetMaxPayload(self.raw))
    }

    private static func set(_ options: OpaquePointer?, _ configuration: NATSConfiguration) throws(NATSError) {
        let servers = configuration.servers.map { strdup($0) }
        defer { servers.forEach { free($0) } }
        var pointers = servers.map { UnsafePointer<CChar>($0) }
        try check(natsOptions_SetServers(options, &pointers, Int32(pointers.count)), "natsOptions_SetServers")
        // libnats 3.4.1 puts names and passwords into its CONNECT line as they are, and the server hangs up on a quotation mark.
        if let user = configuration.user {
            let password = configuration.password?.jsonEscaped
            try check(natsOptions_SetUserInfo(options, user.jsonEscaped, password), "natsOptions_SetUserInfo")
        }
        try check(natsOptions_SetSecure(options, configuration.isSecure), "natsOptions_SetSecure")
        try check(natsOptions_SetName(options, configuration.clientName.jsonEscaped), "natsOptions_SetName")
        let timeout = configuration.connectTimeout.wholeMilliseconds
        try check(natsOptions_SetTimeout(options, timeout), "natsOptions_SetTimeout")
        try check(natsOptions_SetAllowReconnect(options, false), "natsOptions_SetAllowReconnect")
        try check(natsOptions_SetSendAsap(options, !configuration.gathersWrites), "natsOptions_SetSendAsap")
        try check(natsOptions_SetWriteDeadline(options, writeDeadline), "natsOptions_SetWriteDeadline")
        try check(natsOptions_SetPingInterval(options, pingInterval), "natsOptions_SetPingInterval")
        try check(natsOptions_SetMaxPingsOut(options, maximumUnansweredPings), "natsOptions_SetMaxPingsOut")
    }

    func publish(
        _ subject: String, reply: String?, headers: NATSHeaders, payload: ByteBuffer
    ) throws(NATSError) {
        guard !isClosed.load(ordering: .acquiring) else { throw .disconnected }
        var message: OpaquePointer?
        let created = payload.withUnsafeReadableBytes { bytes in
            natsMsg_Create(
                &message, subject, reply, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        try Self.check(created, "natsMsg_Create")
        defer { natsMsg_Destroy(message) }
        for (name, value) in headers.fields {
            try Self.check(natsMsgHeader_Add(message, name, value), "natsMsgHeader_Add")
        }
        try Self.check(natsConnection_PublishMsg(raw, message), "natsConnection_PublishMsg")
    }

    /// - Parameter id: What to call it by later; unique within the link.
    func subscribe(_ id: UInt64, to subject: String, queue: String?, events: SubscriptionEvents) throws(NATSError) {
        guard !isClosed.load(ordering: .acquiring) else { throw .disconnected }
        let handle = Self.subscriptions.add(events)
        let closure = UnsafeMutableRawPointer(bitPattern: handle)
        let receive: natsMsgHandler = { _, _, raw, closure in
            guard let raw else { return }
            let message = NATSMessage(owning: raw)
            NATSLink.subscriptions[closure]?.received(message)
        }
        let complete: natsOnCompleteCB = { closure in
            let events = NATSLink.subscriptions[closure]
            NATSLink.subscriptions.remove(UInt(bitPattern: closure))
            events?.completed()
        }
        var subscription: OpaquePointer?
        do throws(NATSError) {
            if let queue {
                try Self.check(
                    natsConnection_QueueSubscribe(&subscription, raw, subject, queue, receive, closure), "subscribe")
            } else {
                try Self.check(natsConnection_Subscribe(&subscription, raw, subject, receive, closure), "subscribe")
            }
            guard let subscription else { throw .library(call: "subscribe", reason: "no subscription") }
            open.withLock { $0[id] = Subscription(raw: subscription, handle: handle) }
            try Self.check(natsSubscription_SetOnCompleteCB(subscription, complete, closure), "on complete")
            // What can come is bounded by what was asked for, or refused by the handler, which never waits. A limit
            // here would drop answers without a word.
            try Self.check(natsSubscription_SetPendingLimits(subscription, -1, -1), "pending limits")
        } catch {
            Self.subscriptions.remove(handle)
            throw error
        }
    }

    /// Takes no further messages; `completed` follows once those that came are handed over.
    /// - Returns: False where there is no such subscription, and nothing follows.
    func drain(_ id: UInt64) -> Bool {
        guard let subscription = open.withLock({ $0.removeValue(forKey: id) }) else { return false }
        let status = natsSubscription_Drain(subscription.raw)
        // The library keeps what it needs until the drain is over.
        natsSubscription_Destroy(subscription.raw)
        return status == NATS_OK
    }

    /// Drops the subscription with what it still has.
    func unsubscribe(_ id: UInt64) {
        guard let subscription = open.withLock({ $0.removeValue(forKey: id) }) else { return }
        natsSubscription_Destroy(subscription.raw)
    }

    /// Waits until the server has all that was published, at most for the timeout.
    func flush(timeout: Duration) {
        guard !isClosed.load(ordering: .acquiring) else { return }
        _ = natsConnection_FlushTimeout(raw, max(timeout.wholeMilliseconds, 1))
    }

    /// Ends the connection and frees it. Later calls of all methods do nothing, or throw ``NATSError/disconnected``.
    func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        natsConnection_Close(raw)
        let subscriptions = open.withLock { open in
            defer { open = [:] }
            return open.values
        }
        for subscription in subscriptions { natsSubscription_Destroy(subscription.raw) }
        natsConnection_Destroy(raw)
        Self.links.remove(handle)
    }

    private static func check(_ status: natsStatus, _ call: String) throws(NATSError) {
        switch status {
        case NATS_OK: return
        case NATS_CONNECTION_CLOSED, NATS_CONNECTION_DISCONNECTED, NATS_NO_SERVER, NATS_IO_ERROR,
            NATS_STALE_CONNECTION:
            throw .disconnected
        case NATS_CONNECTION_AUTH_FAILED: throw .notAuthorized
        case NATS_TIMEOUT: throw .timeout
        default: throw .library(call: call, reason: describe(status, nats_GetLastError(nil)))
        }
    }

    private static func describe(_ status: natsStatus, _ text: UnsafePointer<CChar>?) -> String {
        let name = natsStatus_GetText(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
        guard let text, text.pointee != 0 else { return name }
        return "\(name): \(String(cString: text))"
    }
}
