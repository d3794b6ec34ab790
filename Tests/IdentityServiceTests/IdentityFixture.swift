import Events
import FoundationEssentials
import GitHubSandbox
import HTTP
import Hummingbird
import IdentityDomain
import IdentityProtocol
import JetStream
import Logging
import Postgres
import ServiceRuntime
import Suite
import Synchronization
import TestSupport
import TestWallets
import Testing

@testable import IdentityService

/// A clock that a test sets.
final class TestClock: Sendable {
    static let start = Date(timeIntervalSince1970: 1_795_260_000)

    private let time = Mutex(start)
    var now: Date { time.withLock { $0 } }
    func advance(by seconds: TimeInterval) { time.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// The identity service as it runs: a database with its schema, a broker with the suite's streams, a stand-in for GitHub, and
/// any number of replicas that answer over NATS.
struct IdentityFixture: Sendable {
    static let coolingOff = Duration.seconds(86_400)

    let broker: TestNATS
    let client: NATSClient
    let database: PostgresClient
    let identity: IdentityClient
    let sandbox: GitHubSandbox
    let clock: TestClock
    /// The use cases, called directly where a test is about what they do to the database.
    let parts: Identities.Parts

    static func run(
        replicas: Int = 1, configure: (inout IdentityConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (IdentityFixture) async throws -> Void
    ) async throws {
        let sandbox = GitHubSandbox(applications: [
            .init(clientID: "id", clientSecret: "secret", redirectURL: "https://bursar.example/login/github/callback")
        ])
        try await TestPostgres.withDatabase { url in
            let keys = try ["1", "2"].map {
                try #require(SessionSigningKey(seed: String(repeating: $0, count: 64)))
            }
            var template = IdentityConfiguration(
                publicURL: "https://bursar.example",
                nats: try NATSConfiguration(url: "nats://127.0.0.1", clientName: "x"),
                database: PostgresConfiguration(url: url, applicationName: "test"), sessionKeys: keys,
                github: .init(url: "", apiURL: "", clientID: "id", clientSecret: "secret"), coolingOff: coolingOff,
                sessionLifetime: .seconds(86_400), cosmosChains: TestWallet.cosmosChains ?? .standard)
            configure(&template)
            let configuration = template
            try await TestNATS.withSuite { broker, client in
                let router = Router.standard(publicURL: "")
                sandbox.addRoutes(to: router)
                try await withListener(router) { address in
                    var configuration = configuration
                    configuration.nats = try NATSConfiguration(url: broker.url, clientName: "identity")
                    configuration.github?.url = address.url
                    configuration.github?.apiURL = address.url
                    try await run(configuration, replicas, sandbox, broker, client, body)
                }
            }
        }
    }

    private static func run(
        _ configuration: IdentityConfiguration, _ replicas: Int, _ sandbox: GitHubSandbox, _ broker: TestNATS,
        _ client: NATSClient, _ body: @escaping @Sendable (IdentityFixture) async throws -> Void
    ) async throws {
        let clock = TestClock()
        let database = PostgresClient(configuration.database, logger: TestPostgres.quiet)
        let outcome: Result<Void, any Error>
        do {
            try await Migrator(client: database, migrations: try RepositoryFiles.migrations("identity")).up()
            let fixture = IdentityFixture(
                broker: broker, client: client, database: database, identity: IdentityClient(client: client),
                sandbox: sandbox, clock: clock,
                parts: Identities.Parts(
                    configuration, database: database, github: nil, committed: {}, now: { clock.now }))
            outcome = .success(try await fixture.withReplicas(replicas, configuration) { try await body(fixture) })
        } catch {
            outcome = .failure(error)
        }
        await database.close()
        try outcome.get()
    }

    private func withReplicas(
        _ count: Int, _ configuration: IdentityConfiguration, _ body: () async throws -> Void
    ) async throws {
        let clock = clock
        let services = try (0..<count).map { _ in try Identities.service(configuration, now: { clock.now }) }
        let processes = services.map { service in
            Task {
                try await ServiceProcess(
                    service.services, health: ProcessHealth([service.health]), logger: .quiet
                ).run(signals: [])
            }
        }
        let outcome: Result<Void, any Error>
        do {
            try await poll { services.allSatisfy { $0.health.report.ready } }
            // Subscriptions follow the connection.
            if count > 0 {
                try await poll {
                    (try? await identity.call(PublishedKeys.self, Nothing(), timeout: .seconds(1))) != nil
                }
                try await poll {
                    (try? await identity.call(ResolveAccounts.self, .init(accounts: []), timeout: .seconds(1))) != nil
                }
            }
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        for process in processes { process.cancel() }
        for process in processes { _ = await process.result }
        try outcome.get()
    }

    // MARK: - People

    /// Somebody who is signed in.
    struct Person: Sendable {
        var id: Int64
        var token: String
    }

    func signIn(_ id: Int64 = .random(in: 1...1_000_000_000), login: String? = nil) async throws -> Person {
        let account = try #require(GitHubAccount(id: id, login: login ?? "user-\(id)"))
        return Person(id: id, token: try await parts.sessions.open(account).token)
    }

    /// Again, after the clock was moved past the life of a token.
    func renewed(_ person: Person) async throws -> Person {
        let issued = try await identity.call(RenewSession.self, .init(token: person.token))
        return Person(id: person.id, token: issued.token)
    }

    // MARK: - Wallets

    func challenge(_ wallet: TestWallet, _ person: Person) async throws -> IssuedChallenge {
        try await identity.call(
            CreateLinkChallenge.self, .init(wallet: wallet.name, client: nil), session: person.token)
    }

    func signed(
        _ issued: IssuedChallenge, by wallet: TestWallet, and previous: TestWallet? = nil
    ) throws -> SignedChallenge {
        SignedChallenge(
            challenge: issued.challenge, signature: try wallet.sign(issued.message), publicKey: wallet.publicKey,
            previousSignature: try previous?.sign(issued.message), previousPublicKey: previous?.publicKey)
    }

    @discardableResult
    func link(
        _ wallet: TestWallet, to person: Person, agreedBy previous: TestWallet? = nil
    ) async throws -> LinkOutcome {
        // Links of one moment have no order.
        clock.advance(by: 1)
        let issued = try await challenge(wallet, person)
        return try await identity.call(
            LinkWallet.self, try signed(issued, by: wallet, and: previous), session: person.token)
    }

    func unlink(_ link: LinkRecord, of person: Person) async throws -> LinkOutcome {
        try await identity.call(UnlinkWallet.self, .init(link: link.id.wireText), session: person.token)
    }

    func links(of id: Int64) async throws -> [LinkRecord] {
        let found = try await identity.call(ResolveAccounts.self, .init(accounts: [.init(id: id)])).accounts
        return try #require(found.first)?.links ?? []
    }

    /// The reason of a refusal, or nil where there is none.
    func refusal<Value>(_ body: () async throws -> Value) async throws -> String? {
        do {
            _ = try await body()
            return nil
        } catch let failure as IdentityFailure {
            return failure.reason
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.query("SELECT count(*) AS count FROM \(identifier: table)")[0].get("count")
    }

    // MARK: - Events

    /// The account's events on the stream, when there are as many.
    func events(of id: Int64, count: Int) async throws -> [IdentityEvent] {
        var events: [IdentityEvent] = []
        let reader = try OrderedReader(client: client, stream: StreamName.events)
        while events.count < count {
            let batch = try await withDeadline(.seconds(30)) { try await reader.next() }
            for message in try #require(batch).messages {
                let event = try CloudEvent(
                    header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
                if event.subject == String(id), let event = try IdentityEvent(type: event.type, data: event.data) {
                    events.append(event)
                }
            }
        }
        return events
    }
}
