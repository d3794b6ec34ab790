import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct PostgresTransactionTests {
    private struct Refusal: Error {}

    private func expectCount(
        _ expected: Int, _ client: PostgresClient, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let count: Int = try await client.query("SELECT count(*) AS count FROM t")[0].get("count")
        #expect(count == expected, sourceLocation: sourceLocation)
    }

    private func withTable(_ body: (PostgresClient) async throws -> Void) async throws {
        try await TestPostgres.withClient { client in
            try await client.execute("CREATE TABLE t (id bigint PRIMARY KEY)")
            try await body(client)
        }
    }

    @Test func commitsAndReturnsWhatTheBodyReturns() async throws {
        try await withTable { client in
            let affected = try await client.transaction { try $0.execute("INSERT INTO t SELECT generate_series(1, 3)") }
            #expect(affected == 3)
            try await expectCount(3, client)
        }
    }

    @Test func rollsBackWhatThrows() async throws {
        try await withTable { client in
            await #expect(throws: Refusal.self) {
                try await client.transaction { transaction in
                    try transaction.execute("INSERT INTO t VALUES (1)")
                    throw Refusal()
                }
            }
            try await expectCount(0, client)
        }
    }

    @Test func aSwallowedErrorIsThrownAtTheEnd() async throws {
        try await withTable { client in
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction { transaction in
                    try transaction.execute("INSERT INTO t VALUES (1)")
                    _ = try? transaction.execute("INSERT INTO t VALUES (1)")
                }
            }
            #expect(error?.isUniqueViolation() == true)
            try await expectCount(0, client)
        }
    }

    @Test func aSavepointUndoesItsOwnOnly() async throws {
        try await withTable { client in
            try await client.transaction { transaction in
                try transaction.execute("INSERT INTO t VALUES (1)")
                do {
                    try transaction.savepoint {
                        try transaction.execute("INSERT INTO t VALUES (2)")
                        try transaction.savepoint { _ = try transaction.execute("INSERT INTO t VALUES (3)") }
                        try transaction.execute("INSERT INTO t VALUES (1)")
                    }
                    Issue.record("the savepoint did not fail")
                } catch let error as PostgresError {
                    #expect(error.isUniqueViolation())
                }
                try transaction.execute("INSERT INTO t VALUES (4)")
            }
            try await expectCount(2, client)
        }
    }

    private static func fail(with state: String) -> SQL {
        "DO \(literal: "BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '\(state)'; END")"
    }

    @Test(arguments: ["40001", "40P01"])
    func conflictsAreTriedAgain(state: String) async throws {
        try await withTable { client in
            let attempts = Mutex(0)
            try await client.transaction { transaction in
                try transaction.execute("INSERT INTO t VALUES (1)")
                let attempt = attempts.withLock { attempts in
                    attempts += 1
                    return attempts
                }
                // An error of the caller's own makes no difference to what happened on the server.
                if attempt < 3 { do { try transaction.execute(Self.fail(with: state)) } catch { throw Refusal() } }
            }
            #expect(attempts.withLock { $0 } == 3)
            try await expectCount(1, client)
        }
    }

    @Test func conflictsAreTriedAgainSoOftenOnly() async throws {
        try await TestPostgres.withClient(configure: { $0.maximumTransactionAttempts = 3 }) { client in
            let attempts = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction { transaction in
                    attempts.withLock { $0 += 1 }
                    try transaction.execute(Self.fail(with: "40001"))
                }
            }
            #expect(error?.sqlState == .serializationFailure)
            #expect(attempts.withLock { $0 } == 3)
        }
    }

    @Test func concurrentSerializableIncrementsLoseNothing() async throws {
        try await TestPostgres.withClient(configure: { $0.maximumTransactionAttempts = 50 }) { client in
            try await client.execute("CREATE TABLE counter (value bigint)")
            try await client.execute("INSERT INTO counter VALUES (0)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await client.transaction(isolation: .serializable) { transaction in
                            let value: Int = try transaction.query("SELECT value FROM counter")[0].get("value")
                            try transaction.execute("UPDATE counter SET value = \(value + 1)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.query("SELECT value FROM counter")[0].get("value", as: Int.self) == 20)
        }
    }

    @Test func aFailureAtCommitIsKnown() async throws {
        try await withTable { client in
            try await client.execute("CREATE TABLE u (id bigint REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
            let error = await #expect(throws: PostgresError.self) {
                try await client.transaction { try $0.execute("INSERT INTO u VALUES (1)") }
            }
            #expect(error?.sqlState == .foreignKeyViolation)
        }
    }

    @Test func aConnectionThatBreaksDuringCommitLeavesItOpen() async throws {
        try await withTable { client in
            try await client.execute(
                """
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
                """)
            try await client.execute(
                """
                CREATE CONSTRAINT TRIGGER die AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION die()
                """)
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await client.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
                })
            #expect(error.code == .commitOutcomeUnknown)
            #expect(error.isUnavailable)
            try await expectCount(0, client)
        }
    }
}
