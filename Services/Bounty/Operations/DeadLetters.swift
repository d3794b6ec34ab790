import Events
import FoundationEssentials
package import JetStream
import NIOCore
package import Postgres

/// A message that could not be handled, as the stream of dead letters keeps it.
package struct DeadLetter: Sendable {
    /// Where it stands in the stream: what commands call it.
    package let sequence: UInt64
    /// `bounty.webhooks`, `bounty.work`, `bounty.accounts`.
    package let consumer: String
    package let reason: String
    package let attempts: String
    package let at: String
    /// What it was: event and delivery, kind and key, or type and subject.
    package let what: String
    package let headers: NATSHeaders
    /// As it came.
    package let payload: [UInt8]

    init(_ message: JetStreamMessage) {
        sequence = message.position.streamSequence
        headers = message.headers
        consumer = String(message.subject.dropFirst("dead.".count))
        reason = headers[HeaderName.deadReason] ?? "unknown"
        attempts = headers[HeaderName.deadAttempts] ?? "?"
        at = headers[HeaderName.deadAt] ?? "?"
        if let kind = headers[HeaderName.workKind] {
            what = "\(kind) \(headers[HeaderName.workKey] ?? "?")"
        } else if let type = headers["ce-type"] {
            what = "\(type) \(headers["ce-subject"] ?? "?")"
        } else {
            what = "\(headers[HeaderName.githubEvent] ?? "?") \(headers[HeaderName.githubDelivery] ?? "?")"
        }
        payload = message.message.withPayload { Array($0) }
    }
}

/// The operator's view of the dead letters: looked at, replayed, dropped.
package struct DeadLetters: Sendable {
    /// How long to look for one.
    private static let deadline = Duration.seconds(20)

    private let client: NATSClient

    package init(client: NATSClient) { self.client = client }

    /// All of them, oldest first, handed out as they are read.
    package func forEach(_ body: (DeadLetter) async throws -> Void) async throws {
        let reader = try OrderedReader(client: client, stream: StreamName.dead)
        while let batch = try await reader.next() {
            for message in batch.messages { try await body(DeadLetter(message)) }
            if batch.remaining == 0 { return }
        }
    }

    /// Nil where there is none at the place.
    package func find(_ sequence: UInt64) async throws -> DeadLetter? {
        guard sequence > 0 else { return nil }
        let reader = try OrderedReader(
            client: client, stream: StreamName.dead, after: sequence - 1, limits: FetchLimits(messages: 1))
        let message = try await reader.next()?.messages.first
        return message.map(DeadLetter.init).flatMap { $0.sequence == sequence ? $0 : nil }
    }

    /// Hands the original on to who failed at it, and removes the dead letter once that is safe. Done twice it has one effect: a
    /// delivery or an event by its id, work by its kind and key.
    ///
    /// - Parameter database: The bounty service's.
    package func replay(_ letter: DeadLetter, _ database: PostgresClient) async throws {
        if let kind = letter.headers[HeaderName.workKind], let key = letter.headers[HeaderName.workKey] {
            let json = String(decoding: letter.payload, as: UTF8.self)
            let traceparent = letter.headers[HeaderName.traceparent].flatMap { Traceparent($0) }
            try await database.transaction { transaction in
                try Work.enqueue(
                    kind: kind, key: key, json: json, after: .zero, traceparent: traceparent, in: transaction)
            }
        } else {
            guard let subject = letter.headers[HeaderName.originalSubject],
                Self.replayable.contains(where: subject.hasPrefix)
            else { throw NotReplayable(sequence: letter.sequence) }
            let headers = NATSHeaders(letter.headers.fields.filter { !Self.ours.contains($0.name) })
            try await client.store(
                NATSOutgoingMessage(
                    subject: subject, headers: headers, payload: ByteBuffer(bytes: letter.payload)))
        }
        try await drop(letter)
    }

    package func drop(_ letter: DeadLetter) async throws {
        try await client.delete(StreamName.dead, sequence: letter.sequence)
    }

    /// What subjects of originals begin with. Readers of events drop those that they know.
    private static let replayable = ["\(Subjects.webhooks).", "\(Subjects.identity)."]

    /// Those that the dead letter has beside the original's.
    private static let ours: Set<String> = [
        HeaderName.messageID, HeaderName.deadReason, HeaderName.deadAttempts, HeaderName.deadAt,
        HeaderName.originalSubject, HeaderName.originalStream, HeaderName.originalSequence,
    ]
}

private struct NotReplayable: Error, CustomStringConvertible {
    let sequence: UInt64
    var description: String { "dead letter \(sequence) does not say what it was" }
}
