import Events
import FoundationEssentials
import JetStream
import NIOCore

/// Copies what cannot be handled to the dead letters, with the reason and all that it came with.
struct DeadLetterWriter: Sendable {
    /// Of a reason that is kept: enough to know the fault by.
    static let maximumReasonLength = 1_000

    let client: NATSClient
    var now: @Sendable () -> Date = { .now }

    /// A message: a delivery, or an event. Returns once the copy is safe. Written again after a crash, it is the same dead letter.
    ///
    /// - Parameter consumer: Who could not handle it.
    func write(
        _ message: JetStreamMessage, from consumer: String = DeliveryHandler.consumerName, reason: String, attempts: Int
    ) async throws(NATSError) {
        let position = message.position
        var headers = message.headers
        headers.replaceOrAdd(HeaderName.messageID, "\(position.stream)/\(position.streamSequence)")
        headers.replaceOrAdd(HeaderName.originalSubject, message.subject)
        headers.replaceOrAdd(HeaderName.originalStream, position.stream)
        headers.replaceOrAdd(HeaderName.originalSequence, String(position.streamSequence))
        try await store(
            message.payload, headers, from: consumer, reason: reason, attempts: attempts)
    }

    /// An item of work; its payload is the payload.
    func write(_ item: WorkItem, reason: String, attempts: Int) async throws(NATSError) {
        var headers: NATSHeaders = [:]
        // The time tells it from a later one of the same kind and key.
        let made = Int64(item.createdAt.timeIntervalSince1970 * 1e6)
        headers.replaceOrAdd(HeaderName.messageID, "work/\(item.kind)/\(item.key)/\(made)/\(item.revision)")
        headers.replaceOrAdd(HeaderName.workKind, item.kind)
        headers.replaceOrAdd(HeaderName.workKey, item.key)
        if let trace = item.traceparent { headers.replaceOrAdd(HeaderName.traceparent, trace.description) }
        try await store(
            ByteBuffer(string: item.payload), headers, from: WorkRunner.consumerName, reason: reason,
            attempts: attempts)
    }

    private func store(
        _ payload: ByteBuffer, _ original: NATSHeaders, from consumer: String, reason: String, attempts: Int
    ) async throws(NATSError) {
        var headers = original
        headers.replaceOrAdd(HeaderName.deadReason, Self.headerValue(reason))
        headers.replaceOrAdd(HeaderName.deadAttempts, String(attempts))
        headers.replaceOrAdd(HeaderName.deadAt, now().wireText)
        let subject = Subjects.deadLetter(service: ServiceName.bounty, consumer: consumer)
        try await client.store(NATSOutgoingMessage(subject: subject, headers: headers, payload: payload))
    }

    /// A reason may quote what somebody sent; a header is one line.
    private static func headerValue(_ reason: String) -> String {
        String(
            String.UnicodeScalarView(
                reason.unicodeScalars.prefix(maximumReasonLength).map {
                    $0.properties.generalCategory == .control ? " " : $0
                }))
    }
}
