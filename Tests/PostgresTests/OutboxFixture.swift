import NIOCore
import Postgres
import Synchronization
import TestSupport

/// A database with the tables of outbox and inbox, and messages for it.
enum OutboxFixture {
    static func withClient(_ body: (PostgresClient) async throws -> Void) async throws {
        let migrations = try RepositoryFiles.migrations("bounty")
        try await TestPostgres.withClient { client in
            try await Migrator(client: client, migrations: [migrations[0]]).up()
            try await body(client)
        }
    }

    static func message(_ aggregate: String, _ number: Int) -> OutboxMessage {
        OutboxMessage(
            aggregate: aggregate, subject: "events.test.\(aggregate)", messageID: "\(aggregate)/\(number)",
            headers: ["ce-id": "\(number)", "ce-type": "a \"quoted\" ü"],
            payload: ByteBuffer(bytes: [0, 255, UInt8(number & 255)]))
    }

    static func append(_ client: PostgresClient, _ messages: OutboxMessage...) async throws {
        try await client.transaction { try Outbox.append(messages, in: $0) }
    }

    static func relay(
        _ client: PostgresClient, _ broker: FakeBroker, configure: (inout OutboxRelay.Settings) -> Void = { _ in }
    ) -> OutboxRelay {
        var settings = OutboxRelay.Settings()
        settings.pollInterval = .milliseconds(20)
        settings.backoffBase = .milliseconds(5)
        settings.backoffMaximum = .milliseconds(50)
        configure(&settings)
        return OutboxRelay(client, settings: settings, logger: TestPostgres.quiet) { try await broker.publish($0) }
    }

    /// Runs the relays while the body runs.
    static func running(_ relays: OutboxRelay..., body: () async throws -> Void) async throws {
        let tasks = relays.map { relay in Task { try await relay.run() } }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        for task in tasks { task.cancel() }
        for task in tasks { try await task.value }
        try result.get()
    }
}

/// Remembers what it was given, and refuses what it is told to.
final class FakeBroker: Sendable {
    struct Refusal: Error {}

    private struct State {
        var published: [OutboxMessage] = []
        var attempts = 0
        var refused: @Sendable (OutboxMessage) -> Bool = { _ in false }
        var inFlight = 0
        var maximumInFlight = 0
        /// The aggregates that are being published, to notice two at once.
        var busy: Set<String> = []
        var overlaps = 0
    }

    private let state = Mutex(State())
    private let delay: Duration?

    init(delay: Duration? = nil) { self.delay = delay }

    func refuse(_ refused: @escaping @Sendable (OutboxMessage) -> Bool) { state.withLock { $0.refused = refused } }

    func publish(_ message: OutboxMessage) async throws {
        state.withLock { state in
            state.attempts += 1
            state.inFlight += 1
            state.maximumInFlight = max(state.maximumInFlight, state.inFlight)
            if !state.busy.insert(message.aggregate).inserted { state.overlaps += 1 }
        }
        defer {
            state.withLock { state in
                state.inFlight -= 1
                state.busy.remove(message.aggregate)
            }
        }
        if let delay { try await Task.sleep(for: delay) } else { await Task.yield() }
        try state.withLock { state in
            if state.refused(message) { throw Refusal() }
            state.published.append(message)
        }
    }

    var published: [OutboxMessage] { state.withLock { $0.published } }
    var attempts: Int { state.withLock { $0.attempts } }
    var maximumInFlight: Int { state.withLock { $0.maximumInFlight } }
    var overlaps: Int { state.withLock { $0.overlaps } }

    /// Message ids by aggregate, each once, in the order of their first publishing.
    var order: [String: [String]] {
        var order: [String: [String]] = [:]
        for message in published where order[message.aggregate]?.contains(message.messageID) != true {
            order[message.aggregate, default: []].append(message.messageID)
        }
        return order
    }
}
