import EmbeddedServers
import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgresOutageTests {
    private func withProxy(
        configure: (inout PostgresConfiguration) -> Void, _ body: (StallingProxy, PostgresClient) async throws -> Void
    ) async throws {
        try await TestPostgres.withDatabase { url in
            let proxy = try await StallingProxy(target: try #require(Int(url.port)))
            var configuration = PostgresConfiguration(url: try url.through(port: proxy.port))
            configuration.connections = 1
            configure(&configuration)
            let client = PostgresClient(configuration, logger: TestPostgres.quiet)
            let result: Result<Void, any Error>
            do { result = .success(try await body(proxy, client)) } catch { result = .failure(error) }
            await client.close()
            try await proxy.close()
            try result.get()
        }
    }

    @Test func aStatementInAHungNetworkEndsAtTheClientsDeadline() async throws {
        try await withProxy(configure: {
            $0.statementTimeout = .milliseconds(100)
            $0.statementGrace = .milliseconds(100)
            $0.reconnectMaximum = .milliseconds(100)
        }) { proxy, client in
            try await client.query("SELECT 1")
            proxy.stall()
            let start = ContinuousClock.now
            let error = try #require(await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") })
            #expect(error.code == .noAnswer)
            #expect(error.isUnavailable)
            #expect(start.duration(to: .now) < .seconds(10))
            proxy.resume()
            try await poll { (try? await client.query("SELECT 1")) != nil }
        }
    }

    @Test func aLargeStatementInAHungNetworkEndsAtTheClientsDeadline() async throws {
        try await withProxy(configure: {
            $0.statementTimeout = .milliseconds(200)
            $0.statementGrace = .milliseconds(200)
        }) { proxy, client in
            try await client.query("SELECT 1")
            proxy.stall()
            let bytes = [UInt8](repeating: 1, count: 8 << 20)
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT length(\(bytes))") }
            #expect(error?.code == .noAnswer)
        }
    }

    @Test func commitInAHungNetworkHasAnUnknownOutcome() async throws {
        try await withProxy(configure: {
            $0.statementTimeout = .milliseconds(100)
            $0.statementGrace = .milliseconds(100)
        }) { proxy, client in
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction { transaction in
                    try transaction.query("SELECT 1")
                    proxy.stall()
                }
            }
            #expect(error?.code == .commitOutcomeUnknown)
        }
    }

    @Test func connectingToAHungServerEndsAtItsDeadlineAndThenFailsFast() async throws {
        try await withProxy(configure: {
            $0.connectTimeout = .milliseconds(200)
            $0.reconnectBase = .seconds(60)
            $0.reconnectMaximum = .seconds(60)
        }) { proxy, client in
            proxy.stall()
            let error = try #require(await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") })
            #expect(error.code == .unavailable)
            guard case .down = client.state else {
                Issue.record("the state is \(client.state)")
                return
            }
        }
    }

    @Test func aServerThatRefusesConnectionsIsUnavailable() async throws {
        let url = try PostgresURL("postgres://nobody:secret@127.0.0.1:1/none")
        let client = PostgresClient(PostgresConfiguration(url: url), logger: TestPostgres.quiet)
        let error = try #require(await #expect(throws: PostgresError.self) { try await client.transaction { _ in } })
        #expect(error.code == .unavailable)
        #expect(!error.logDescription.contains("secret"))
        await client.close()
    }

    @Test func aWrongPasswordIsUnavailabilityWithTheServersReason() async throws {
        let url = try await TestPostgres.adminURL().with(database: "postgres", user: "postgres", password: "wrong")
        let client = PostgresClient(PostgresConfiguration(url: url), logger: TestPostgres.quiet)
        let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("password authentication failed") == true)
        await client.close()
    }

    @Test func aRestartIsSeenAndSurvived() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let running = try await embedded.start()
            var configuration = PostgresConfiguration(url: try PostgresURL(running.adminURL))
            configuration.probeInterval = .milliseconds(20)
            configuration.reconnectMaximum = .milliseconds(200)
            let client = PostgresClient(configuration, logger: TestPostgres.quiet)
            let service = Task { try await client.run() }
            try await client.execute("CREATE TABLE t (id bigint)")
            try await embedded.stop()
            try await poll { client.state.isDown }
            let start = ContinuousClock.now
            for _ in 0..<20 {
                let error = try #require(
                    await #expect(throws: PostgresError.self) { try await client.transaction { _ in } })
                #expect(error.isUnavailable)
            }
            #expect(start.duration(to: .now) < .seconds(5))
            let again = try await embedded.start()
            #expect(again.port == running.port)
            try await poll { client.state == .up }
            try await client.execute("INSERT INTO t VALUES (1)")
            service.cancel()
            try await service.value
        }
    }
}

extension PostgresURL {
    fileprivate func through(port: Int) throws -> PostgresURL {
        try PostgresURL(
            "postgres://\(user ?? "")@127.0.0.1:\(port)/\(database ?? "")?password=\(password ?? "")")
    }
}
