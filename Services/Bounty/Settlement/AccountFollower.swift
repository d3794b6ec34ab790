import Events
import FoundationEssentials
import JetStream
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Follows the accounts' events: where somebody links a wallet, the settlements that wait for it go on; where somebody's
/// personal data was erased, it is here too.
///
/// An event is acknowledged after its transaction committed, and has its effect once. One that fails is tried again with growing
/// delay, and ends in the dead letters; one that cannot be read, at once.
struct AccountFollower: Service {
    /// In the tables of the inbox and of failures, and in subjects.
    static let consumerName = "accounts"
    /// Failed attempts after which an event is a dead letter.
    static let maximumAttempts = 5
    /// Between attempts while the database is away.
    private static let pause = (base: Duration.milliseconds(100), maximum: Duration.seconds(2))

    let consumer: PullConsumer
    let database: PostgresClient
    let deadLetters: DeadLetterWriter
    let logger: Logger
    /// Between the attempts at an event that fails.
    var retryBackoff = Backoff(base: .seconds(1), maximum: .seconds(60))
    /// Called after a commit that asked for work.
    let enqueued: @Sendable () -> Void

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let batch = await cancelWhenGracefulShutdown { await consumer.next() }
            for message in batch ?? [] { await handle(message) }
        }
    }

    /// Keeps the message while the database is away, rather than to count its deliveries.
    private func handle(_ message: JetStreamMessage) async {
        var backoff = Backoff(base: Self.pause.base, maximum: Self.pause.maximum)
        while true {
            do {
                return try await followOrRetry(message)
            } catch let error as PostgresError where error.isUnavailable {
                let delay = backoff.next()
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: delay) }
                guard Task.isShuttingDownGracefully || Task.isCancelled else { continue }
                // Where that fails, the ack wait does the same.
                try? await message.nak()
                return
            } catch {
                // The broker went away between effect and answer: it will hand it out again.
                return logger.warning("an account's event is not answered", metadata: ["error": "\(error)"])
            }
        }
    }

    private func followOrRetry(_ message: JetStreamMessage) async throws {
        do {
            try await follow(message)
        } catch let error as NATSError {
            throw error
        } catch let error as PostgresError where error.isUnavailable {
            throw error
        } catch {
            try await retry(message, after: error)
        }
    }

    private func retry(_ message: JetStreamMessage, after error: any Error) async throws {
        let id = Self.failureID(message)
        var backoff = retryBackoff
        let known = try await HandlerFailures.find(messageID: id, consumer: Self.consumerName, client: database)
        for _ in 0..<(known?.attempts ?? 0) { _ = backoff.next() }
        let delay = backoff.next()
        let attempts = try await HandlerFailures.record(
            messageID: id, consumer: Self.consumerName, error: "\(error)", retryAfter: delay, client: database)
        logger.error("an account's event failed", metadata: ["attempt": "\(attempts)", "error": "\(error)"])
        guard attempts >= Self.maximumAttempts else { return try await message.nak(delay: delay) }
        try await bury(message, reason: "failed: \(error)", attempts: attempts)
        // Last, and no matter if it fails: what stays is pruned.
        try? await database.transaction { transaction in
            try HandlerFailures.clear(messageID: id, consumer: Self.consumerName, in: transaction)
        }
    }

    /// The copy is safe before the original is ended. That stays on its stream, for others.
    private func bury(_ message: JetStreamMessage, reason: String, attempts: Int) async throws {
        try await deadLetters.write(message, from: Self.consumerName, reason: reason, attempts: attempts)
        try await message.term(reason: "dead letter")
        Counter(label: "bursar_account_events_dead_total").increment()
        logger.error(
            "an account's event is a dead letter",
            metadata: ["sequence": "\(message.position.streamSequence)", "reason": "\(reason)"])
    }

    private static func failureID(_ message: JetStreamMessage) -> String {
        "\(message.position.stream)/\(message.position.streamSequence)"
    }

    /// Handles one event to its final answer.
    func follow(_ message: JetStreamMessage) async throws {
        let event: CloudEvent
        let identity: IdentityEvent?
        do {
            event = try CloudEvent(header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
            identity = try IdentityEvent(type: event.type, data: event.data)
        } catch {
            return try await bury(message, reason: "unreadable: \(error)", attempts: 1)
        }
        if let identity {
            let account = identity.identity.github.id
            switch identity.kind {
            case .linked, .changed: try await resume(account, event)
            case .erased: try await erase(account, event)
            case .changeRequested, .changeStopped, .unlinked: break
            }
        }
        try await message.ack()
    }

    private func resume(_ account: Int64, _ event: CloudEvent) async throws {
        let resumed = try await once(event) { store in
            let bounties = try store.settling(for: account)
            for bounty in bounties {
                try Settlement.enqueue(bounty, traceparent: event.traceparent, in: store.transaction)
            }
            return bounties.count
        }
        guard resumed > 0 else { return }
        logger.info(
            "a wallet was linked, and settlements go on",
            metadata: ["account": "\(account)", "settlements": "\(resumed)"])
        enqueued()
    }

    private func erase(_ account: Int64, _ event: CloudEvent) async throws {
        let changed = try await once(event) { try $0.erase(account) }
        logger.info("an account is erased", metadata: ["account": "\(account)", "rows": "\(changed)"])
    }

    /// The effect and the record that it happened, in one transaction.
    private func once(
        _ event: CloudEvent, _ effect: @escaping @Sendable (BountyStore) throws -> Int
    ) async throws -> Int {
        try await database.transaction { transaction in
            guard try Inbox.claim(messageID: event.id.wireText, consumer: Self.consumerName, in: transaction) else {
                return 0
            }
            return try effect(BountyStore(transaction: transaction, traceparent: event.traceparent))
        }
    }
}
