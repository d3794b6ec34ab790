import BountyDomain
import Events
import FoundationEssentials
import JetStream
import Logging
import Metrics
import Money
import Postgres
import ServiceRuntime

/// Handles one delivery: its effect in one transaction, then its acknowledgement; or its way to the dead letters.
struct DeliveryHandler: Sendable {
    /// In the tables of the inbox and of failures.
    static let consumerName = "webhooks"
    /// Failed attempts after which a delivery is a dead letter.
    static let maximumAttempts = 5
    /// Deliveries by the broker after which a message that never failed is taken for one that ends the process.
    static let maximumDeliveries: UInt64 = 50

    let denominations: Denominations
    let bountyLifetime: Duration
    let database: PostgresClient
    let deadLetters: DeadLetterWriter
    let logger: Logger
    /// Called after a commit with events, so that they are published at once.
    let committed: @Sendable () -> Void
    let now: @Sendable () -> Date
    /// Between the attempts at a delivery that fails.
    var retryBackoff = Backoff(base: .seconds(1), maximum: .seconds(60))

    /// Returns once the message has its final answer, or its delay until the next attempt.
    ///
    /// - Throws: ``PostgresError`` that `isUnavailable`, which is no failed attempt; ``NATSError`` where the broker did not
    ///   take the answer.
    func handle(_ message: JetStreamMessage) async throws {
        guard let event = message.headers[HeaderName.githubEvent],
            let delivery = message.headers[HeaderName.githubDelivery]
        else {
            return try await bury(
                message, event: "unknown", reason: "the headers of the delivery are missing", attempts: 1)
        }
        guard message.position.deliveries <= Self.maximumDeliveries else {
            let reason =
                "delivered \(message.position.deliveries) times without an end: it may be what ends the process"
            return try await bury(message, event: event, reason: reason, attempts: 0)
        }
        let effect: DeliveryEffect
        do {
            effect = try await apply(message, event: event, delivery: delivery)
        } catch let error as PayloadError {
            return try await bury(message, event: event, reason: "malformed: \(error)", attempts: 1)
        } catch let error as PostgresError where error.isUnavailable {
            throw error
        } catch {
            return try await retry(message, event: event, delivery: delivery, after: error)
        }
        if !effect.events.isEmpty { committed() }
        count(event: event, outcome: effect.outcome.rawValue)
        logger.info(
            "delivery handled",
            metadata: [
                "delivery": "\(delivery)", "event": "\(event)", "outcome": "\(effect.outcome.rawValue)",
                "steps": "\(effect.events.map(\.type).joined(separator: ","))",
            ])
        try await message.ack()
    }

    private func apply(_ message: JetStreamMessage, event: String, delivery: String) async throws -> DeliveryEffect {
        let content = try DeliveryContent(event: event, body: message.message.withPayload { Data($0) })
        let traceparent = message.headers[HeaderName.traceparent].flatMap { Traceparent($0) }
        switch content {
        case .ignored:
            return DeliveryEffect(outcome: .ignored)
        case .revision(let revision):
            // What needs no database is done before a transaction holds a connection and a lock.
            let reading = TextReading(revision, denominations: denominations)
            for refusal in reading.refusals {
                Counter(label: "bursar_bounty_refusals_total", dimensions: [("rule", refusal)]).increment()
            }
            return try await once(message, delivery, traceparent) { store in
                try .apply(reading, at: now(), lifetime: bountyLifetime, in: store)
            }
        case .deletion(let source, let updatedAt):
            return try await once(message, delivery, traceparent) { store in
                try .delete(source, updatedAt: updatedAt, at: now(), in: store)
            }
        }
    }

    /// The effect and the record that it happened, in one transaction.
    private func once(
        _ message: JetStreamMessage, _ delivery: String, _ traceparent: Traceparent?,
        _ effect: @escaping @Sendable (BountyStore) throws -> DeliveryEffect
    ) async throws -> DeliveryEffect {
        let failureID = Self.failureID(of: message)
        return try await database.transaction { transaction in
            guard try Inbox.claim(messageID: delivery, consumer: Self.consumerName, in: transaction) else {
                return DeliveryEffect(outcome: .duplicate)
            }
            try HandlerFailures.clear(messageID: failureID, consumer: Self.consumerName, in: transaction)
            return try effect(BountyStore(transaction: transaction, traceparent: traceparent))
        }
    }

    private func retry(
        _ message: JetStreamMessage, event: String, delivery: String, after error: any Error
    ) async throws {
        var backoff = retryBackoff
        let failureID = Self.failureID(of: message)
        let known = try await HandlerFailures.find(messageID: failureID, consumer: Self.consumerName, client: database)
        for _ in 0..<(known?.attempts ?? 0) { _ = backoff.next() }
        let delay = backoff.next()
        let attempts = try await HandlerFailures.record(
            messageID: failureID, consumer: Self.consumerName, error: "\(error)", retryAfter: delay, client: database)
        logger.error(
            "delivery failed",
            metadata: ["delivery": "\(delivery)", "event": "\(event)", "attempt": "\(attempts)", "error": "\(error)"])
        count(event: event, outcome: "failed")
        guard attempts < Self.maximumAttempts else {
            return try await bury(message, event: event, reason: "failed: \(error)", attempts: attempts)
        }
        try await message.nak(delay: delay)
    }

    /// The copy is safe before the original is ended.
    private func bury(_ message: JetStreamMessage, event: String, reason: String, attempts: Int) async throws {
        try await deadLetters.write(message, reason: reason, attempts: attempts)
        try await message.term(reason: "dead letter")
        logger.error("delivery is a dead letter", metadata: ["event": "\(event)", "reason": "\(reason)"])
        count(event: event, outcome: "dead_letter")
        // Last, and no matter if it fails: what stays is pruned, and a database that is away keeps no delivery from its end.
        try? await database.transaction { transaction in
            try HandlerFailures.clear(
                messageID: Self.failureID(of: message), consumer: Self.consumerName, in: transaction)
        }
    }

    /// Two copies of a delivery fail each for itself.
    private static func failureID(of message: JetStreamMessage) -> String {
        "\(message.position.stream)/\(message.position.streamSequence)"
    }

    private func count(event: String, outcome: String) {
        Counter(label: "bursar_deliveries_handled_total", dimensions: [("event", event), ("outcome", outcome)])
            .increment()
    }
}
