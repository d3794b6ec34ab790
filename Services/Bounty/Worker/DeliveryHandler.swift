import BountyDomain
import Events
import FoundationEssentials
import JetStream
import Logging
import Metrics
import Money
import Postgres
import ServiceRuntime

/// Handles deliveries: their effects in one transaction, then their acknowledgements; or their way to the dead letters.
struct DeliveryHandler: Sendable {
    /// In the tables of the inbox and of failures.
    static let consumerName = "webhooks"
    /// Failed attempts after which a delivery is a dead letter.
    static let maximumAttempts = 5
    /// Deliveries by the broker after which a message that never failed is taken for one that ends the process.
    static let maximumDeliveries: UInt64 = 50

    let denominations: Denominations
    let bountyLifetime: Duration
    /// How long closings and commands wait for bounties that they cover.
    var claimTime = Duration.seconds(3600)
    /// Whether accounts are remembered by login, as there is no app to ask for them.
    var remembersAccounts = false
    let database: PostgresClient
    let deadLetters: DeadLetterWriter
    let logger: Logger
    /// Called after a commit, so that events are published and work is done at once.
    let committed: @Sendable () -> Void
    let now: @Sendable () -> Date
    /// Between the attempts at a delivery that fails.
    var retryBackoff = Backoff(base: .seconds(1), maximum: .seconds(60))

    /// Handles deliveries in one transaction. Where that fails, each has one of its own, so that a bad one holds up no other.
    ///
    /// - Throws: ``PostgresError`` that `isUnavailable`, which is no failed attempt. Messages that have no final answer by then
    ///   are to be handled again.
    func handle(_ batch: [JetStreamMessage]) async throws {
        // Reading them takes the processor's time: on as many cores as there are.
        let deliveries = try await withThrowingTaskGroup(of: (Int, PreparedDelivery?).self) { group in
            for (index, message) in batch.enumerated() {
                group.addTask { (index, try await prepare(message)) }
            }
            var prepared = [PreparedDelivery?](repeating: nil, count: batch.count)
            for try await (index, delivery) in group { prepared[index] = delivery }
            return prepared.compactMap(\.self)
        }
        guard deliveries.count > 1 else {
            for delivery in deliveries { try await handleAlone(delivery) }
            return
        }
        let outcomes: [DeliveryEffect.Outcome]
        do {
            outcomes = try await apply(deliveries)
        } catch let error as PostgresError where error.isUnavailable {
            throw error
        } catch {
            logger.warning(
                "deliveries are handled one by one",
                metadata: ["count": "\(deliveries.count)", "error": "\(error)"])
            for delivery in deliveries { try await handleAlone(delivery) }
            return
        }
        await withDiscardingTaskGroup { group in
            for (delivery, outcome) in zip(deliveries, outcomes) {
                group.addTask { await acknowledge(delivery, outcome) }
            }
        }
    }

    /// One delivery.
    func handle(_ message: JetStreamMessage) async throws { try await handle([message]) }

    /// Nil where the message has its final answer already.
    private func prepare(_ message: JetStreamMessage) async throws -> PreparedDelivery? {
        guard let event = message.headers[HeaderName.githubEvent],
            let delivery = message.headers[HeaderName.githubDelivery]
        else {
            try await bury(message, event: "unknown", reason: "the headers of the delivery are missing", attempts: 1)
            return nil
        }
        guard message.position.deliveries <= Self.maximumDeliveries else {
            let reason =
                "delivered \(message.position.deliveries) times without an end: it may be what ends the process"
            try await bury(message, event: event, reason: reason, attempts: 0)
            return nil
        }
        do throws(PayloadError) {
            return try PreparedDelivery(message, event: event, id: delivery, denominations: denominations)
        } catch {
            try await bury(message, event: event, reason: "malformed: \(error)", attempts: 1)
            return nil
        }
    }

    private func handleAlone(_ delivery: PreparedDelivery) async throws {
        let outcome: DeliveryEffect.Outcome?
        do {
            outcome = try await apply([delivery]).first
        } catch let error as PostgresError where error.isUnavailable {
            throw error
        } catch {
            return try await retry(delivery, after: error)
        }
        if let outcome { await acknowledge(delivery, outcome) }
    }

    /// The effects and the record that they happened, in one transaction.
    private func apply(_ deliveries: [PreparedDelivery]) async throws -> [DeliveryEffect.Outcome] {
        let terms = IssueBook.Terms(now: now(), lifetime: bountyLifetime, claimTime: claimTime)
        let remembersAccounts = remembersAccounts
        let (outcomes, changes) = try await database.transaction { transaction in
            let new = try Inbox.claim(messageIDs: deliveries.map(\.id), consumer: Self.consumerName, in: transaction)
            // Of two copies in one batch, the first is the one that counts.
            var seen: Set<String> = []
            let isNew = deliveries.map { new.contains($0.id) && seen.insert($0.id).inserted }
            let wanted = zip(deliveries, isNew).filter(\.1).map(\.0)
            let texts = Dictionary(wanted.flatMap(\.texts)) { first, _ in first }
            var ledger = try Ledger(
                Set(wanted.flatMap(\.issues)), texts: texts, now: terms.now, in: transaction)
            let outcomes = try zip(deliveries, isNew).map { delivery, isNew in
                isNew ? try DeliveryEffect.apply(delivery, terms, to: &ledger) : .duplicate
            }
            try ledger.write()
            if remembersAccounts { try Accounts.remember(wanted.flatMap(\.accounts), in: transaction) }
            let failed = deliveries.filter { $0.message.position.deliveries > 1 }.map(\.failureID)
            try HandlerFailures.clear(messageIDs: failed, consumer: Self.consumerName, in: transaction)
            return (outcomes, ledger.notices)
        }
        if outcomes.contains(.applied) || outcomes.contains(.stale) { committed() }
        for change in changes { change.count() }
        return outcomes
    }

    private func acknowledge(_ delivery: PreparedDelivery, _ outcome: DeliveryEffect.Outcome) async {
        count(event: delivery.event, outcome: outcome.rawValue)
        logger.info(
            "delivery handled",
            metadata: [
                "delivery": "\(delivery.id)", "event": "\(delivery.event)", "outcome": "\(outcome.rawValue)",
            ])
        do {
            try await delivery.message.ack()
        } catch {
            // The broker went away between effect and acknowledgement: it will hand the message out again.
            logger.warning("a delivery is not acknowledged", metadata: ["error": "\(error)"])
        }
    }

    private func retry(_ delivery: PreparedDelivery, after error: any Error) async throws {
        var backoff = retryBackoff
        let known = try await HandlerFailures.find(
            messageID: delivery.failureID, consumer: Self.consumerName, client: database)
        for _ in 0..<(known?.attempts ?? 0) { _ = backoff.next() }
        let delay = backoff.next()
        let attempts = try await HandlerFailures.record(
            messageID: delivery.failureID, consumer: Self.consumerName, error: "\(error)", retryAfter: delay,
            client: database)
        logger.error(
            "delivery failed",
            metadata: [
                "delivery": "\(delivery.id)", "event": "\(delivery.event)", "attempt": "\(attempts)",
                "error": "\(error)",
            ])
        count(event: delivery.event, outcome: "failed")
        guard attempts < Self.maximumAttempts else {
            return try await bury(
                delivery.message, event: delivery.event, reason: "failed: \(error)", attempts: attempts)
        }
        try await delivery.message.nak(delay: delay)
    }

    /// The copy is safe before the original is ended.
    private func bury(_ message: JetStreamMessage, event: String, reason: String, attempts: Int) async throws {
        try await deadLetters.write(message, reason: reason, attempts: attempts)
        try await message.term(reason: "dead letter")
        logger.error("delivery is a dead letter", metadata: ["event": "\(event)", "reason": "\(reason)"])
        count(event: event, outcome: "dead_letter")
        guard attempts > 1 else { return }
        // Last, and no matter if it fails: what stays is pruned, and a database that is away keeps no delivery from its end.
        let id = "\(message.position.stream)/\(message.position.streamSequence)"
        try? await database.transaction { transaction in
            try HandlerFailures.clear(messageIDs: [id], consumer: Self.consumerName, in: transaction)
        }
    }

    private func count(event: String, outcome: String) {
        Counter(label: "bursar_deliveries_handled_total", dimensions: [("event", event), ("outcome", outcome)])
            .increment()
    }
}
