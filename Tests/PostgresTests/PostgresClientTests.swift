import Dispatch
import FoundationEssentials
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgresClientTests {
    @Test func sessionsAreSetUpTheSameWayWhateverTheURLSays() async throws {
        try await TestPostgres.withDatabase { url in
            let text =
                url.secretText + "?options=-c%20TimeZone%3DAsia/Tokyo%20-c%20DateStyle%3DGerman&application_name=mine"
            let client = PostgresClient(PostgresConfiguration(url: try PostgresURL(text)), logger: TestPostgres.quiet)
            let row = try await client.query(
                """
                SELECT current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS timeout,
                    current_setting('application_name') AS name, '2024-02-29 12:00:00.5+00'::timestamptz AS date
                """)[0]
            #expect(try row.get("zone") == "UTC")
            #expect(try row.get("timeout") == "30s")
            #expect(try row.get("name") == "mine")
            #expect(try row.get("date") == Date(timeIntervalSince1970: 1_709_208_000.5))
            #expect(client.state == .up)
            await client.close()
        }
    }

    /// Keeps all connections busy until `open` is called.
    private final class Blockade: Sendable {
        private let gate = DispatchSemaphore(value: 0)
        private let entered = Atomic(0)
        private let tasks: Mutex<[Task<Void, any Error>]> = Mutex([])

        init(_ client: PostgresClient) async throws {
            for _ in 0..<client.configuration.connections {
                let task = Task {
                    try await client.transaction { _ in
                        self.entered.add(1, ordering: .relaxed)
                        self.gate.wait()
                    }
                }
                tasks.withLock { $0.append(task) }
            }
            try await poll { self.entered.load(ordering: .relaxed) == client.configuration.connections }
        }

        func open() async throws {
            let tasks = tasks.withLock { $0 }
            for _ in tasks { gate.signal() }
            for task in tasks { try await task.value }
        }
    }

    @Test func waitingIsBoundedInNumber() async throws {
        try await TestPostgres.withClient(configure: {
            $0.connections = 2; $0.maximumWaiting = 3
        }) { client in
            let blockade = try await Blockade(client)
            let waiting = (0..<3).map { number in
                Task { try await client.query("SELECT \(number) AS number")[0].get("number", as: Int.self) }
            }
            try await poll { client.waitingCount == 3 }
            let error = try #require(await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") })
            #expect(error.code == .tooManyWaiting)
            #expect(error.isUnavailable)
            try await blockade.open()
            for (number, task) in waiting.enumerated() { #expect(try await task.value == number) }
        }
    }

    @Test func waitingIsBoundedInTime() async throws {
        try await TestPostgres.withClient(configure: {
            $0.connections = 1; $0.waitTimeout = .milliseconds(50)
        }) { client in
            let blockade = try await Blockade(client)
            let errors = await withTaskGroup(of: PostgresError.Code?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        do { _ = try await client.query("SELECT 1") } catch { return (error as? PostgresError)?.code }
                        return nil
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors == Array(repeating: .waitTimedOut, count: 5))
            #expect(client.waitingCount == 0)
            try await blockade.open()
            try await client.query("SELECT 1")
        }
    }

    @Test func aCancelledCallerLeaves() async throws {
        try await TestPostgres.withClient(configure: {
            $0.connections = 1; $0.waitTimeout = .seconds(60)
        }) { client in
            let blockade = try await Blockade(client)
            let caller = Task { try await client.query("SELECT 1") }
            try await poll { client.waitingCount == 1 }
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
            #expect(client.waitingCount == 0)
            let early = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.query("SELECT 1")
            }
            await #expect(throws: CancellationError.self) { try await early.value }
            try await blockade.open()
        }
    }

    /// If a transaction blocked a thread of the concurrency pool, these would block all of them, and nothing could
    /// release the lock.
    @Test func theConcurrencyPoolStaysFree() async throws {
        let connections = ProcessInfo.processInfo.activeProcessorCount + 4
        try await TestPostgres.withClient(configure: {
            $0.connections = connections; $0.waitTimeout = .seconds(60)
        }) { client in
            try await TestPostgres.withClient { other in
                let release = DispatchSemaphore(value: 0)
                let isHeld = Flag()
                // Advisory locks are of one database, so this one belongs to the client's.
                let holder = PostgresClient(client.configuration, logger: TestPostgres.quiet)
                let holding = Task {
                    try await holder.transaction { transaction in
                        try transaction.query("SELECT pg_advisory_xact_lock(1)")
                        isHeld.set()
                        release.wait()
                    }
                }
                try await poll { isHeld.isSet }
                let blocked = (0..<50).map { _ in
                    Task { try await client.transaction { _ = try $0.query("SELECT pg_advisory_xact_lock_shared(1)") } }
                }
                try await poll { client.waitingCount == 50 - connections }
                for _ in 0..<10 { try await other.query("SELECT 1") }
                release.signal()
                try await holding.value
                for task in blocked { try await task.value }
                await holder.close()
            }
        }
    }

    @Test func idleConnectionsThatDiedAreReplaced() async throws {
        try await TestPostgres.withClient(configure: { $0.connections = 1 }) { client in
            for useTransaction in [true, false] {
                let pid: Int = try await client.query("SELECT pg_backend_pid() AS pid")[0].get("pid")
                try await TestPostgres.withClient { other in
                    try await other.query("SELECT pg_terminate_backend(\(pid)::int, 5000)")
                }
                let new: Int =
                    if useTransaction {
                        try await client.transaction { try $0.query("SELECT pg_backend_pid() AS pid")[0].get("pid") }
                    } else {
                        try await client.query("SELECT pg_backend_pid() AS pid")[0].get("pid")
                    }
                #expect(new != pid)
            }
        }
    }

    @Test func aConnectionThatDiesInATransactionIsUnavailability() async throws {
        try await TestPostgres.withClient(configure: { $0.connections = 1 }) { client in
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await client.transaction { transaction in
                        try transaction.query("SELECT pg_terminate_backend(pg_backend_pid())")
                        try transaction.query("SELECT 1")
                    }
                })
            #expect(error.isUnavailable)
            try await client.query("SELECT 1")
        }
    }

    @Test func theServerStopsLongStatementsAndTheConnectionLivesOn() async throws {
        try await TestPostgres.withClient(configure: {
            $0.connections = 1; $0.statementTimeout = .milliseconds(100)
        }) { client in
            let pid: Int = try await client.query("SELECT pg_backend_pid() AS pid")[0].get("pid")
            let error = try #require(
                await #expect(throws: PostgresError.self) { try await client.query("SELECT pg_sleep(60)") })
            #expect(error.code == .statementTimedOut)
            #expect(!error.isUnavailable)
            #expect(try await client.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int.self) == pid)
        }
    }

    @Test func copyIsRefusedAndTheConnectionReplaced() async throws {
        try await TestPostgres.withClient(configure: { $0.connections = 1 }) { client in
            await #expect(throws: PostgresError.self) { try await client.query("COPY (SELECT 1) TO STDOUT") }
            try await client.query("SELECT 1")
        }
    }

    @Test func closingEndsWhatRunsAndRefusesWhatComes() async throws {
        try await TestPostgres.withClient(configure: {
            $0.connections = 1; $0.maximumWaiting = 1
        }) { client in
            let blockade = try await Blockade(client)
            let waiting = Task { try await client.query("SELECT 1 AS one")[0].get("one", as: Int.self) }
            try await poll { client.waitingCount == 1 }
            let closing = Task { await client.close() }
            try await poll {
                do { try await client.query("SELECT 1") } catch { return (error as? PostgresError)?.code == .closed }
                return false
            }
            try await blockade.open()
            await closing.value
            #expect(try await waiting.value == 1)
        }
    }

    @Test func runKeepsTheStateCurrentAndEndsOnGracefulShutdown() async throws {
        try await TestPostgres.withDatabase { url in
            let client = PostgresClient(PostgresConfiguration(url: url), logger: TestPostgres.quiet)
            #expect(client.state == .connecting)
            let group = ServiceGroup(
                configuration: .init(services: [.init(service: client)], logger: TestPostgres.quiet))
            let running = Task { try await group.run() }
            try await poll { client.state == .up }
            await group.triggerGracefulShutdown()
            try await running.value
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
            #expect(error?.code == .closed)
        }
    }
}
