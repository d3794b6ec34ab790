import Events
import FoundationEssentials
import JetStream

/// Copies messages that cannot be handled to the dead letters, with the reason and all that they came with.
struct DeadLetterWriter: Sendable {
    /// Of a reason that is kept: enough to know the fault by.
    static let maximumReasonLength = 1_000

    let client: NATSClient
    let subject: String

    /// Returns once the copy is safe. Written again after a crash, it is the same dead letter.
    func write(_ message: JetStreamMessage, reason: String, attempts: Int, at time: Date) async throws(NATSError) {
        let position = message.position
        var headers = message.headers
        headers.replaceOrAdd(HeaderName.messageID, "\(position.stream)/\(position.streamSequence)")
        headers.replaceOrAdd(HeaderName.deadReason, Self.headerValue(reason))
        headers.replaceOrAdd(HeaderName.deadAttempts, String(attempts))
        headers.replaceOrAdd(HeaderName.deadAt, time.wireText)
        headers.replaceOrAdd(HeaderName.originalSubject, message.subject)
        headers.replaceOrAdd(HeaderName.originalStream, position.stream)
        headers.replaceOrAdd(HeaderName.originalSequence, String(position.streamSequence))
        try await client.store(NATSOutgoingMessage(subject: subject, headers: headers, payload: message.payload))
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
