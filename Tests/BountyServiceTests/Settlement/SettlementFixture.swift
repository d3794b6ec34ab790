import BountyDomain
import BountyProtocol
import CalculatorService
import Events
import FoundationEssentials
import IdentityProtocol
import IdentityService
import JetStream
import Logging
import Money
import NIOCore
import Postgres
import ServiceRuntime
import Suite
import TestSupport
import TestWallets
import Testing

@testable import BountyService

/// The bounty service with those that it asks: an identity service and a calculator of their own, a broker with the suite's
/// streams, and databases.
struct SettlementFixture: Sendable {
    static let linkSecret = String(repeating: "l", count: 32)
    static let payoutSeeds = [String(repeating: "a", count: 64), String(repeating: "b", count: 64)]

    let broker: TestNATS
    let client: NATSClient
    /// The bounty service's.
    let database: PostgresClient
    let databaseURL: PostgresURL
    let accounts: PostgresClient
    let configuration: BountyConfiguration
    /// For tests that take the steps themselves.
    let settlements: Settlements
    private let sessionKey: SessionSigningKey

    /// Each call by a client of its own, as of a gateway of its own: one that was shared would break the circuit for all of a test when
    /// processes die.
    var services: ServiceClient { ServiceClient(client: client) }

    /// - Parameters:
    ///   - replicas: Of the bounty service. With none nothing happens that the test does not do.
    ///   - withOthers: Whether the calculator and the identity service run.
    ///   - ackWait: After which a delivery that nobody answered comes again.
    static func run(
        replicas: Int = 1, withOthers: Bool = true, ackWait: Duration? = nil,
        _ body: @escaping @Sendable (SettlementFixture) async throws -> Void
    ) async throws {
        var provisions = Topology.streams(replicas: 1)
        if let ackWait { provisions[0].consumers[0].ackWait = ackWait }
        try await TestPostgres.withDatabase { [provisions] bountyURL in
            try await TestPostgres.withDatabase { identityURL in
                try await TestNATS.withSuite(provisions: provisions) { broker, client in
                    try await withClient(bountyURL, "bounty") { database in
                        try await withClient(identityURL, "identity") { accounts in
                            let fixture = try SettlementFixture(
                                broker, client, database, bountyURL, accounts, identityURL)
                            try await fixture.withServices(replicas, withOthers) { try await body(fixture) }
                        }
                    }
                }
            }
        }
    }

    private static func withClient(
        _ url: PostgresURL, _ service: String, _ body: (PostgresClient) async throws -> Void
    ) async throws {
        var configuration = PostgresConfiguration(url: url, applicationName: "test")
        configuration.connections = 4
        let database = PostgresClient(configuration, logger: TestPostgres.quiet)
        let outcome: Result<Void, any Error>
        do {
            try await Migrator(client: database, migrations: try RepositoryFiles.migrations(service)).up()
            outcome = .success(try await body(database))
        } catch {
            outcome = .failure(error)
        }
        await database.close()
        try outcome.get()
    }

    private let identityConfiguration: IdentityConfiguration

    private init(
        _ broker: TestNATS, _ client: NATSClient, _ database: PostgresClient, _ databaseURL: PostgresURL,
        _ accounts: PostgresClient, _ accountsURL: PostgresURL
    ) throws {
        self.broker = broker
        self.client = client
        self.database = database
        self.databaseURL = databaseURL
        self.accounts = accounts
        sessionKey = try #require(SessionSigningKey(seed: String(repeating: "1", count: 64)))
        configuration = try BountyConfiguration(
            Settings(environment: [
                "BOUNTY_HTTP_PORT": "0", "PUBLIC_URL": "https://bursar.example", "NATS_URL": broker.url,
                "BOUNTY_DATABASE_URL": databaseURL.secretText, "GITHUB_WEBHOOK_SECRETS": "secret",
                "LINK_SECRET": Self.linkSecret, "PAYOUT_KEYS": Self.payoutSeeds.joined(separator: ","),
            ]))
        identityConfiguration = try IdentityConfiguration(
            Settings(environment: [
                "PUBLIC_URL": "https://bursar.example", "NATS_URL": broker.url,
                "IDENTITY_DATABASE_URL": accountsURL.secretText, "SESSION_KEYS": String(repeating: "1", count: 64),
                "COSMOS_CHAINS": "cosmoshub-4=cosmos,osmosis-1=osmo",
            ]))
        settlements = Settlements(
            configuration, nats: client, database: database, logger: .quiet, committed: {})
    }

    private func withServices(_ replicas: Int, _ withOthers: Bool, _ body: () async throws -> Void) async throws {
        var all: [SuiteService] = []
        if withOthers {
            all.append(try Identities.service(identityConfiguration))
            all.append(try calculator())
        }
        for _ in 0..<replicas { all.append(try Bounties.service(configuration)) }
        let services = all
        try await Self.running(all) {
            if withOthers { try await self.waitUntilOthersAnswer() }
            if replicas > 0 {
                try await poll {
                    (try? await self.services.call(PayoutKeys.self, .init(), timeout: .seconds(1)))?.keys.count == 2
                }
            }
            // Among them the keys that sessions are verified with.
            if withOthers {
                try await poll { services.allSatisfy { $0.health.report.dependencies.allSatisfy { $0.state == .up } } }
            }
            try await body()
        }
    }

    /// Runs others while the body runs.
    func withOthers(_ body: () async throws -> Void) async throws {
        try await Self.running([try Identities.service(identityConfiguration), try calculator()]) {
            try await self.waitUntilOthersAnswer()
            try await body()
        }
    }

    private func calculator() throws -> SuiteService {
        try CalculatorServer.service(
            CalculatorConfiguration(
                Settings(environment: ["CALCULATOR_RPC_PORT": "0", "NATS_URL": broker.url, "HTTP_HOST": "127.0.0.1"])))
    }

    private func waitUntilOthersAnswer() async throws {
        try await poll {
            (try? await services.call(ResolveAccounts.self, .init(accounts: []), timeout: .seconds(1))) != nil
        }
        let calculator = CalculatorClient(client: client)
        try await poll { (try? await calculator.allocate(Amount(units: 1), weights: [1], trace: nil)) != nil }
    }

    static func running(_ services: [SuiteService], _ body: () async throws -> Void) async throws {
        let processes = services.map { service in
            Task {
                try await ServiceProcess(service.services, health: ProcessHealth([service.health]), logger: .quiet)
                    .run(signals: [])
            }
        }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        for process in processes { process.cancel() }
        for process in processes { _ = await process.result }
        try outcome.get()
    }

    // MARK: - People

    /// Somebody who is signed in.
    struct Person: Sendable {
        var account: BountyRecord.Account
        var token: String
    }

    func signIn(_ login: String, id: Int64 = .random(in: 1...1_000_000_000)) async throws -> Person {
        try await accounts.execute(
            """
            INSERT INTO accounts (github_id, login, created_at, signed_in_at) VALUES (\(id), \(login), now(), now())
            ON CONFLICT DO NOTHING
            """)
        let now = Date.now.roundedToMilliseconds
        let session = Session(
            id: .version7(), principal: .user(.init(githubID: id, login: login, csrfSecret: "x")), issuedAt: now,
            expiresAt: now.addingTimeInterval(3600))
        return Person(account: .init(id: id, login: login), token: try SessionToken.sign(session, with: sessionKey))
    }

    func program(_ scopes: [APIScope]) throws -> String {
        let now = Date.now.roundedToMilliseconds
        return try SessionToken.sign(
            Session(
                id: .version7(), principal: .program(.init(name: "treasury", scopes: scopes)), issuedAt: now,
                expiresAt: now.addingTimeInterval(3600)), with: sessionKey)
    }

    @discardableResult
    func link(_ wallet: TestWallet, to person: Person, agreedBy previous: TestWallet? = nil) async throws -> LinkOutcome
    {
        let issued = try await services.call(
            CreateLinkChallenge.self, .init(wallet: wallet.name, client: nil), session: person.token)
        return try await services.call(
            LinkWallet.self,
            SignedChallenge(
                challenge: issued.challenge, signature: try wallet.sign(issued.message), publicKey: wallet.publicKey,
                previousSignature: try previous?.sign(issued.message), previousPublicKey: previous?.publicKey),
            session: person.token)
    }

    // MARK: - Bounties

    /// What the sponsor is to sign, by the link of the status comment.
    func challenge(
        _ bounty: BountyRecord, by sponsor: Person, with wallet: TestWallet, timeout: Duration = .seconds(10)
    ) async throws -> IssuedChallenge {
        let url = SigningLinks(configuration.linkSecrets, publicURL: "").url(for: bounty)
        let token = String(try #require(url.split(separator: "=").last))
        return try await services.call(
            CreateSigningChallenge.self, .init(bounty: bounty.id.wireText, link: token, wallet: wallet.name),
            session: sponsor.token, timeout: timeout)
    }

    /// As if their time were over.
    func expireChallenges() async throws {
        try await accounts.execute(
            "UPDATE challenges SET expires_at = issued_at + interval '1 microsecond' WHERE used_at IS NULL")
    }

    @discardableResult
    func sign(
        _ issued: IssuedChallenge, of bounty: BountyRecord, by sponsor: Person, with wallet: TestWallet,
        timeout: Duration = .seconds(10)
    ) async throws -> BountyRecord {
        try await services.call(
            SignBounty.self,
            .init(
                bounty: bounty.id.wireText, challenge: issued.challenge, signature: try wallet.sign(issued.message),
                publicKey: wallet.publicKey),
            session: sponsor.token, timeout: timeout)
    }

    func propose(
        _ money: String = "usdc:250", by sponsor: BountyRecord.Account, id: Int64 = .random(in: 1...(1 << 50))
    ) async throws -> BountyRecord {
        let parts = money.split(separator: ":").map(String.init)
        let amount = try Denominations.builtIn.resolve(symbol: parts[0], amount: parts[1])
        let source = BountyRecord.Source(
            kind: .issueComment, id: id, url: "https://github.com/acme/skates/issues/1#\(id)")
        let revision = TextRevision(
            source: source, repository: .init(id: 4, fullName: "acme/skates"),
            issue: .init(
                id: 3, number: 1, title: "Brakes", url: "https://github.com/acme/skates/issues/1", isPullRequest: false),
            author: Actor(account: sponsor, isBot: false), sender: Actor(account: sponsor, isBot: false), body: "",
            updatedAt: .now, change: .created)
        let event = BountyEvent.propose(
            id: .version7(), money: amount, in: revision, at: .now, lifetime: .seconds(86_400))
        try await record(event)
        return event.bounty
    }

    func record(_ event: BountyEvent) async throws {
        try await database.transaction { transaction in
            let source = event.bounty.source
            try transaction.execute(
                """
                INSERT INTO texts (kind, id, updated_at, body_digest)
                VALUES (\(source.kind.rawValue), \(source.id), now(), '') ON CONFLICT DO NOTHING
                """)
            try BountyStore(transaction: transaction, traceparent: nil).record(event)
        }
    }

    /// Awarded to the recipients with their weights; its settlement is asked for with that.
    func award(
        _ money: String = "usdc:250", to recipients: [(BountyRecord.Account, Int64)]
    ) async throws -> BountyRecord {
        let proposed = try await propose(money, by: BountyRecord.Account(id: 7, login: "sponsor"))
        let signed = try proposed.sign(version: 1, wallet: "solana:x:y", challenge: "c", at: .now)
        try await record(signed)
        return try await award(signed.bounty, to: recipients)
    }

    func award(_ active: BountyRecord, to recipients: [(BountyRecord.Account, Int64)]) async throws -> BountyRecord {
        let award = BountyRecord.Award(
            ground: .command, by: active.sponsor, at: .now,
            recipients: recipients.map { .init(account: $0.0, weight: $0.1) })
        let awarded = try active.award(award, at: .now)
        try await record(awarded)
        return awarded.bounty
    }

    func bounty(_ id: UUID) async throws -> BountyRecord { try #require(try await BountyStore.find(id, database)) }

    /// Waits until the bounty is in the state.
    @discardableResult
    func wait(for id: UUID, _ isReached: (BountyRecord) -> Bool) async throws -> BountyRecord {
        try await poll(within: .seconds(60)) { isReached(try await bounty(id)) }
        return try await bounty(id)
    }

    func payouts(of id: UUID) async throws -> [PayoutRecord] {
        try await database.query("SELECT record FROM payout_orders WHERE bounty_id = \(id) ORDER BY recipient_id").map {
            try JSONDecoder.wire().decode(PayoutRecord.self, from: Data(try $0.get("record", as: String.self).utf8))
        }
    }

    /// The steps of a bounty: `proposed`.
    func steps(of id: UUID) async throws -> [String] {
        try await services.call(BountyHistory.self, .init(bounty: id.wireText)).events.map {
            String($0.type.split(separator: ".")[2])
        }
    }

    func item(_ id: UUID) -> WorkItem {
        WorkItem(
            kind: Settlement.workKind, key: id.wireText, payload: "{}", traceparent: nil, attempts: 0, createdAt: .now,
            revision: 1, lease: .version7())
    }

    func count(_ table: String) async throws -> Int {
        try await database.query("SELECT count(*) AS count FROM \(identifier: table)")[0].get("count")
    }

    /// All that bounties' events on the stream say.
    func events() async throws -> [BountyEvent] {
        let reader = try OrderedReader(client: client, stream: StreamName.events)
        var events: [BountyEvent] = []
        while let batch = try await reader.next() {
            for message in batch.messages {
                let event = try CloudEvent(
                    header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
                if let event = try BountyEvent(type: event.type, data: event.data) { events.append(event) }
            }
            if batch.remaining == 0 { break }
        }
        return events
    }

    /// The reason of a refusal, or nil where there is none.
    func refusal<Value>(_ body: () async throws -> Value) async throws -> String? {
        do {
            _ = try await body()
            return nil
        } catch let failure as ServiceFailure {
            return failure.reason
        }
    }
}
