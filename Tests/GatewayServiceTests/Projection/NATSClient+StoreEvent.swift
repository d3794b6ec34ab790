import Events
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
}
