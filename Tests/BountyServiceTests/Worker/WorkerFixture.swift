import BountyDomain
import CoreMetrics
import Events
import FoundationEssentials
import JetStream
import Money
import NIOCore
import Postgres
import ServiceRuntime
import Suite
import TestSupport
import Testing

@testable import BountyService

/// What handles deliveries: a database with the service's schema, a broker with the suite's streams, and nothing that runs
/// by itself unless the test starts it.
struct WorkerFixture: Sendable {
    static let now = Date(timeIntervalSince1970: 1_795_260_000)

    let broker: TestNATS
    let client: NATSClient
    let database: PostgresClient
    let consumer: PullConsumer
    let relay: OutboxRelay
    var handler: DeliveryHandler
    let metrics: PrometheusRegistry

    /// - Parameters:
    ///   - url: An empty database; one of the test's own without it.
    ///   - ackWait: Of the consumer, after which a delivery that nobody answered comes again.
    static func run(
        url: PostgresURL? = nil, ackWait: Duration? = nil,
        retryBackoff: Backoff = Backoff(base: .milliseconds(5), maximum: .milliseconds(20)),
        _ body: @escaping @Sendable (WorkerFixture) async throws -> Void
    ) async throws {
        guard let url else {
            try await TestPostgres.withDatabase { url in
                try await run(url: url, ackWait: ackWait, retryBackoff: retryBackoff, body)
            }
            return
        }
        let metrics = PrometheusRegistry()
        try await withMetricsFactory(metrics) {
            try await withDatabase(url) { database in
                var provisions = Topology.streams(replicas: 1)
                if let ackWait { provisions[0].consumers[0].ackWait = ackWait }
                try await TestNATS.withSuite(provisions: provisions) { broker, client in
                    try await body(
                        WorkerFixture(
                            broker: broker, client: client, database: database, metrics: metrics,
                            retryBackoff: retryBackoff))
                }
            }
        }
    }

    private static func withDatabase(
        _ url: PostgresURL, _ body: (PostgresClient) async throws -> Void
    ) async throws {
        var configuration = PostgresConfiguration(url: url, applicationName: "test")
        configuration.probeInterval = .milliseconds(20)
        configuration.reconnectMaximum = .milliseconds(200)
        let database = PostgresClient(configuration, logger: TestPostgres.quiet)
        let result: Result<Void, any Error>
        do {
            try await Migrator(client: database, migrations: try RepositoryFiles.migrations("bounty")).up()
            result = .success(try await body(database))
        } catch {
            result = .failure(error)
        }
        await database.close()
        try result.get()
    }

    private init(
        broker: TestNATS, client: NATSClient, database: PostgresClient, metrics: PrometheusRegistry,
        retryBackoff: Backoff
    ) throws {
        self.broker = broker
        self.client = client
        self.database = database
        self.metrics = metrics
        consumer = try PullConsumer(
            client: client, stream: StreamName.webhooks, durable: ConsumerName.bountyWebhooks)
        let relay = OutboxRelay(database, logger: .quiet) { message in
            try await client.store(NATSOutgoingMessage(outbox: message))
        }
        self.relay = relay
        handler = DeliveryHandler(
            denominations: .builtIn, bountyLifetime: .seconds(86_400), database: database,
            deadLetters: DeadLetterWriter(client: client, now: { Self.now }),
            logger: .quiet, committed: { relay.wake() }, now: { Self.now }, retryBackoff: retryBackoff)
    }

    /// Makes the streams that are missing.
    func provision() async throws {
        _ = try await client.provision(Topology.streams(replicas: 1))
    }

    /// Another worker's view of the same: one fetch of a consumer at a time.
    func withConsumerOfItsOwn() throws -> WorkerFixture {
        try WorkerFixture(
            broker: broker, client: client, database: database, metrics: metrics, retryBackoff: handler.retryBackoff)
    }

    // MARK: - Deliveries

    /// Stores a delivery as the intake does.
    func send(
        _ event: String, _ body: Data, id: String = UUID().uuidString,
        headers change: (inout NATSHeaders) -> Void = { _ in }
    ) async throws {
        var headers: NATSHeaders = [
            "X-GitHub-Event": event, "X-GitHub-Delivery": id, "Bursar-Received-At": "2026-11-21T10:00:00.000Z",
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ]
        change(&headers)
        try await client.store(
            NATSOutgoingMessage(
                subject: Subjects.webhook(event: event), headers: headers, payload: ByteBuffer(bytes: body)))
    }

    func send(_ kind: TextKind, _ payload: Payload, id: String = UUID().uuidString) async throws {
        try await send(kind.event, payload.data, id: id)
    }

    /// The next message of the stream, when there is one.
    func next() async throws -> JetStreamMessage {
        let consumer = consumer
        let batch = try await withDeadline(.seconds(30)) { await consumer.next(FetchLimits(messages: 1)) }
        return try #require(batch?.first)
    }

    /// Takes the next message of the stream and handles it, once.
    func handleNext() async throws { try await handler.handle(try await next()) }

    /// Sends a delivery and handles it. Returns what came of it, as the metrics say.
    @discardableResult
    func deliver(_ kind: TextKind, _ payload: Payload, id: String = UUID().uuidString) async throws -> String {
        let before = outcomes(of: kind.event)
        try await send(kind, payload, id: id)
        try await handleNext()
        let after = outcomes(of: kind.event)
        return try #require(after.first { $0.value != before[$0.key] ?? 0 }?.key)
    }

    /// Runs a worker while the body runs.
    func withWorker(_ body: () async throws -> Void) async throws {
        let worker = WebhookWorker(consumer: consumer, handler: handler, batch: 64, logger: .quiet)
        try await Self.running({ try await worker.run() }, body)
    }

    /// What the work needs that deliveries leave behind.
    func runner(_ facts: (any GitHubFacts)?, extra: [any WorkHandler] = []) -> WorkRunner {
        let ledgers = Ledgers(
            bountyLifetime: handler.bountyLifetime, claimTime: handler.claimTime, now: handler.now)
        return WorkRunner(
            database: database,
            handlers: [
                ClaimWorkHandler(facts: facts, database: database, ledgers: ledgers), ClaimsHandler(ledgers: ledgers),
                RepositoryWorkHandler(database: database, ledgers: ledgers),
            ] + extra, deadLetters: handler.deadLetters, logger: .quiet,
            retryBackoff: Backoff(base: .milliseconds(5), maximum: .milliseconds(20)), committed: {})
    }

    /// Does the work while the body runs.
    func withRunner(_ facts: (any GitHubFacts)?, _ body: () async throws -> Void) async throws {
        let runner = runner(facts)
        try await Self.running({ try await runner.run() }, body)
    }

    /// Signs a bounty, as its sponsor.
    func sign(_ id: UUID) async throws {
        try await database.transaction { transaction in
            let store = BountyStore(transaction: transaction, traceparent: nil)
            guard let bounty = try store.lock(id), bounty.state == .proposed else { return }
            try store.record(
                bounty.sign(version: bounty.version, wallet: "solana:c:a", challenge: "c", at: Self.now))
        }
    }

    /// Runs the relay while the body runs.
    func withRelay(_ body: () async throws -> Void) async throws {
        let relay = relay
        try await Self.running({ try await relay.run() }, body)
    }

    private static func running(
        _ service: @escaping @Sendable () async throws -> Void, _ body: () async throws -> Void
    ) async throws {
        let task = Task { try await service() }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        task.cancel()
        _ = await task.result
        try result.get()
    }

    /// How often each outcome was counted for an event.
    func outcomes(of event: String) -> [String: Int] {
        let prefix = "bursar_deliveries_handled_total{event=\"\(event)\",outcome=\""
        var outcomes: [String: Int] = [:]
        for line in metrics.render().split(separator: "\n") where line.hasPrefix(prefix) {
            let parts = line.dropFirst(prefix.count).split(separator: "\"} ")
            if parts.count == 2 { outcomes[String(parts[0])] = Int(parts[1]) }
        }
        return outcomes
    }

    // MARK: - Effects

    /// All bounties in the order in which they were made.
    var bounties: [BountyRecord] {
        get async throws {
            let rows = try await database.query("SELECT record FROM bounties ORDER BY source_kind, source_id, slot")
            return try rows.map { row in
                try JSONDecoder.wire().decode(
                    BountyRecord.self, from: Data(try row.get("record", as: String.self).utf8))
            }
        }
    }

    /// The steps of all bounties in the order in which they were taken: `1 proposed`.
    var steps: [String] {
        get async throws {
            try await database.query("SELECT version, type FROM bounty_events ORDER BY recorded_at, version").map {
                let type = try $0.get("type", as: String.self).split(separator: ".")
                return "\(try $0.get("version", as: Int.self)) \(type[2])"
            }
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.query("SELECT count(*) AS count FROM \(identifier: table)")[0].get("count")
    }

    /// Messages of the webhook stream that have no final answer.
    var unanswered: Int { get async throws { try await client.messageCount(of: StreamName.webhooks) } }

    /// What a stream holds, which must be as many messages.
    func messages(of stream: String, count: Int) async throws -> [JetStreamMessage] {
        #expect(try await client.messageCount(of: stream) == count)
        let reader = try OrderedReader(client: client, stream: stream)
        var messages: [JetStreamMessage] = []
        while messages.count < count, let batch = try await reader.next() { messages += batch.messages }
        return messages
    }
}
