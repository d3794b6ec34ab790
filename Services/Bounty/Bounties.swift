import Events
import FoundationEssentials
package import HTTP
import Hummingbird
import JetStream
import Logging
import Postgres
import ServiceLifecycle
package import ServiceRuntime

/// The bounty service: takes GitHub's deliveries, and keeps the bounties.
package enum Bounties {
    /// Which deliveries are remembered by id. GitHub lets one be sent again for three days.
    static let inboxAge = Duration.seconds(30 * 86_400)

    package static func service(
        _ configuration: BountyConfiguration,
        onBound: @escaping @Sendable (HTTPAddress) async -> Void = { _ in }
    ) throws -> SuiteService {
        let logger = Logger(label: ServiceName.bounty)
        var broker = configuration.nats
        // Deliveries come in bursts, and GitHub does not mind a millisecond.
        broker.gathersWrites = true
        let nats = NATSClient(configuration: broker, logger: logger)
        let database = PostgresClient(configuration.database, logger: logger)
        let relay = OutboxRelay(database, logger: logger) { message in
            try await nats.store(NATSOutgoingMessage(outbox: message))
        }
        let consumer = try PullConsumer(
            client: nats, stream: StreamName.webhooks, durable: ConsumerName.bountyWebhooks)
        let deadLetters = DeadLetterWriter(client: nats)
        let links = SigningLinks(configuration.linkSecrets, publicURL: configuration.publicURL)
        let github = GitHubSide(
            configuration, database: database, logger: logger, signing: { links.url(for: $0) })
        let committed: @Sendable () -> Void = {
            relay.wake()
            github.writer.wake()
        }
        let settlements = Settlements(
            configuration, nats: nats, database: database, logger: logger, committed: committed)
        let ledgers = Ledgers(
            bountyLifetime: configuration.bountyLifetime, claimTime: configuration.claimTime, now: { .now })
        let runner = WorkRunner(
            database: database,
            handlers: [
                ClaimWorkHandler(facts: github.client, database: database, ledgers: ledgers),
                ClaimsHandler(ledgers: ledgers), RepositoryWorkHandler(database: database, ledgers: ledgers),
                settlements.settlement,
            ], deadLetters: deadLetters, logger: logger, committed: committed)
        let worker = WebhookWorker(
            consumer: consumer,
            handler: DeliveryHandler(
                denominations: configuration.denominations, bountyLifetime: configuration.bountyLifetime,
                claimTime: configuration.claimTime, remembersAccounts: github.client == nil, database: database,
                deadLetters: deadLetters,
                logger: logger,
                committed: {
                    committed()
                    runner.wake()
                }, now: { .now }),
            batch: configuration.batch, logger: logger)

        let router = Router.standard(publicURL: configuration.publicURL)
        WebhookIntake(secrets: configuration.webhookSecrets, client: nats, logger: logger).addRoutes(to: router)
        router.refuseOtherMethods()
        let listener = HTTPListener(
            name: BountyConfiguration.port.description.key, host: configuration.host, port: configuration.port,
            router: router, logger: logger, onBound: onBound)
        let responders = try settlements.methods.responders(client: nats, logger: logger)
        let follower = try settlements.follower(nats, deadLetters: deadLetters, logger: logger) { runner.wake() }
        let discovery = NATSServiceDiscovery(
            client: nats, name: ServiceName.bounty, description: "Bounties from GitHub's webhooks.",
            responders: responders)
        return SuiteService(
            health: ServiceHealth(
                service: ServiceName.bounty,
                dependencies: [nats, database, relay, consumer, follower.consumer, settlements.keyring]
                    + github.dependencies
            ) {
                // Intake is the main job, and needs the broker alone.
                blocker(nats)
            },
            services: [nats, database, relay, Pruning(database: database, logger: logger)] + github.services + [
                settlements.keyring, settlements.registration, runner, follower,
                ExpiryTimer(database: database, ledgers: ledgers, logger: logger, committed: committed), worker,
            ] + responders + [discovery, listener])
    }

    private static func blocker(_ nats: NATSClient) -> String? {
        guard nats.state == .up else { return "deliveries cannot be stored without NATS" }
        guard let limit = nats.maximumPayload, limit < requiredPayload else { return nil }
        return "max_payload of NATS is \(limit), and must be at least \(requiredPayload) to store deliveries"
    }

    /// Bytes of one message: the largest body, and its headers.
    static let requiredPayload = WebhookIntake.maximumBodyBytes + 64 * 1024
}

extension NATSOutgoingMessage {
    /// With the message's id as `Nats-Msg-Id`, by which the stream drops a publication that is repeated soon.
    init(outbox message: OutboxMessage) {
        var headers = NATSHeaders(message.headers.map { (name: $0.key, value: $0.value) })
        headers.replaceOrAdd(HeaderName.messageID, message.messageID)
        self.init(subject: message.subject, headers: headers, payload: message.payload)
    }
}

/// Forgets, once an hour, what is too old to come again.
private struct Pruning: Service {
    static let interval = Duration.seconds(3600)

    let database: PostgresClient
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await Inbox.prune(olderThan: Bounties.inboxAge, client: database)
                    try await HandlerFailures.prune(olderThan: Bounties.inboxAge, client: database)
                    try await ExpiryTimer.prune(olderThan: Bounties.inboxAge, client: database)
                } catch {
                    logger.debug("pruning waits for the next hour", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }
}
