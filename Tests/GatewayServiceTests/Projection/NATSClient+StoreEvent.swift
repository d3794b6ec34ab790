import Events
import FoundationEssentials
import JetStream
import NIOCore

extension NATSClient {
    /// Stores an event as the outbox relay does, each under an id of its own.
    func store(_ event: BountyEvent, change: (inout NATSOutgoingMessage) -> Void = { _ in }) async throws {
        let cloudEvent = try event.cloudEvent(id: .version7(), traceparent: nil)
        var message = NATSOutgoingMessage(
            subject: event.streamSubject, headers: NATSHeaders(cloudEvent.headers),
            payload: ByteBuffer(bytes: cloudEvent.data))
        change(&message)
        try await store(message)
    }

    func store(_ event: IdentityEvent) async throws {
        let cloudEvent = try event.cloudEvent(id: .version7(), traceparent: nil)
        try await store(
            NATSOutgoingMessage(
                subject: event.streamSubject, headers: NATSHeaders(cloudEvent.headers),
                payload: ByteBuffer(bytes: cloudEvent.data)))
    }
}

extension IdentityEvent {
    /// Of an account that has, or had, a wallet.
    static func sample(_ kind: Kind, _ account: Int64) -> IdentityEvent {
        let time = Date(timeIntervalSince1970: 1_795_253_400)
        let link = LinkRecord(
            id: .numbered(9), wallet: "eip155:1:0x00", family: "ethereum", state: .active, linkedAt: time,
            effectiveAt: time)
        return IdentityEvent(
            kind, identity: .init(github: .init(id: account, login: nil), version: 1, links: [], updatedAt: time),
            link: kind == .erased ? nil : link)
    }
}
