import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// What makes proposed bounties active and awarded ones paid: the use cases, and how others reach them.
struct Settlements {
    let settlement: Settlement
    let methods: BountyMethods
    let keyring: SessionKeyring
    let registration: KeyRegistration
    private let database: PostgresClient

    /// - Parameter committed: Called after a commit with events, so that they are published at once.
    init(
        _ configuration: BountyConfiguration, nats: NATSClient, database: PostgresClient, logger: Logger,
        committed: @escaping @Sendable () -> Void, now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.database = database
        let identity = ServiceClient(client: nats)
        keyring = SessionKeyring(client: identity, logger: logger)
        let sessions = CallerSessions(keyring: keyring, now: now)
        settlement = Settlement(
            database: database, calculator: CalculatorClient(client: nats), identity: identity,
            keys: configuration.payoutKeys, committed: committed, now: now)
        let payouts = Payouts(database: database, sessions: sessions, committed: committed, now: now)
        methods = BountyMethods(
            signing: Signing(
                database: database, identity: identity, sessions: sessions,
                links: SigningLinks(configuration.linkSecrets, publicURL: configuration.publicURL),
                committed: committed, now: now),
            payouts: payouts, histories: Histories(database: database), database: database)
        registration = KeyRegistration(payouts: payouts, keys: configuration.payoutKeys, logger: logger)
    }

    /// - Parameter enqueued: Called after a commit that asked for work.
    func follower(
        _ nats: NATSClient, deadLetters: DeadLetterWriter, logger: Logger, enqueued: @escaping @Sendable () -> Void
    ) throws -> AccountFollower {
        AccountFollower(
            consumer: try PullConsumer(
                client: nats, stream: StreamName.events, durable: ConsumerName.bountyAccounts),
            database: database, deadLetters: deadLetters, logger: logger, enqueued: enqueued)
    }
}

/// Publishes the configured keys once the database is there. An order never waits for it: its own transaction does the same.
struct KeyRegistration: Service {
    private static let pause = (base: Duration.milliseconds(100), maximum: Duration.seconds(5))

    let payouts: Payouts
    let keys: [PayoutSigningKey]
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: Self.pause.base, maximum: Self.pause.maximum)
            while !Task.isCancelled {
                do {
                    return try await payouts.register(keys)
                } catch {
                    logger.debug("payout keys are not published yet", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: backoff.next())
                }
            }
        }
        // A service that ends would end the process.
        try? await gracefulShutdown()
    }
}
