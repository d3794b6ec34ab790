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
/// An event is acknowledged after its transaction committed, and has its effect once.
struct AccountFollower: Service {
    /// In the table of the inbox.
    static let consumerName = "accounts"
    /// Between attempts while the database is away.
    private static let pause = (base: Duration.milliseconds(100), maximum: Duration.seconds(2))

    let consumer: PullConsumer
    let database: PostgresClient
    let logger: Logger
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
                return try await follow(message)
            } catch let error as PostgresError where error.isUnavailable {
                let delay = backoff.next()
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: delay) }
                guard Task.isShuttingDownGracefully || Task.isCancelled else { continue }
                // Where that fails, the ack wait does the same.
                try? await message.nak()
                return
            } catch {
                // It comes again after the ack wait.
                return logger.error("an account's event is not handled", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Handles one event to its final answer.
    func follow(_ message: JetStreamMessage) async throws {
        let event: CloudEvent
        let identity: IdentityEvent?
        do {
            event = try CloudEvent(header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
            identity = try IdentityEvent(type: event.type, data: event.data)
        } catch {
            // It stays on the stream; one bad event must not hold up those behind it.
            Counter(label: "bursar_account_events_skipped_total").increment()
            logger.error(
                "an account's event cannot be read",
                metadata: ["sequence": "\(message.position.streamSequence)", "error": "\(error)"])
            return try await message.term(reason: "unreadable")
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
