import Postgres
import TestSupport
import Testing

@Suite struct PostgresErrorTests {
    @Test(arguments: [
        ("INSERT INTO t (id) VALUES (1)" as SQL, SQLState.uniqueViolation, "t_pkey" as String?),
        ("INSERT INTO t (id) VALUES (-1)", .checkViolation, "positive"),
        ("INSERT INTO t (id, parent) VALUES (2, 9)", .foreignKeyViolation, "t_parent_fkey"),
        ("INSERT INTO t (id) VALUES (NULL)", .notNullViolation, nil),
        ("SELECT * FROM missing", .undefinedTable, nil),
        ("SELEC", SQLState(rawValue: "42601"), nil),
        ("SELECT 1; SELECT 2", SQLState(rawValue: "42601"), nil),
        ("SELECT 1 / 0", SQLState(rawValue: "22012"), nil),
    ])
    func serverErrorsHaveStateAndConstraint(statement: SQL, state: SQLState, constraint: String?) async throws {
        try await TestPostgres.withClient { client in
            try await client.execute(
                """
                CREATE TABLE t (
                    id bigint PRIMARY KEY CONSTRAINT positive CHECK (id > 0), parent bigint REFERENCES t (id))
                """)
            try await client.execute("INSERT INTO t (id) VALUES (1)")
            let error = try #require(await #expect(throws: PostgresError.self) { try await client.execute(statement) })
            #expect(error.sqlState == state)
            #expect(error.server?.constraint == constraint)
            #expect(error.server?.severity == "ERROR")
            #expect(!error.isUnavailable)
            #expect(try await client.query("SELECT 1 AS one")[0].get("one", as: Int.self) == 1)
        }
    }

    @Test func uniqueViolationsAreToldApartByConstraint() async throws {
        try await TestPostgres.withClient { client in
            try await client.execute("CREATE TABLE t (secret text CONSTRAINT only_once UNIQUE)")
            try await client.execute("INSERT INTO t VALUES (\("hunter2"))")
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await client.execute("INSERT INTO t VALUES (\("hunter2"))")
                })
            #expect(error.isUniqueViolation())
            #expect(error.isUniqueViolation(constraint: "only_once"))
            #expect(!error.isUniqueViolation(constraint: "other"))
            #expect(!"\(error)".contains("hunter2"))
            #expect(error.logDescription.contains("hunter2"))
        }
    }

    @Test(arguments: ["08006", "53300", "53100", "57P01", "57P02", "57P03"])
    func connectionClassesAreUnavailability(state: String) async throws {
        try await TestPostgres.withClient { client in
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await client.execute(
                        "DO \(literal: "BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '\(state)'; END")")
                })
            #expect(error.sqlState == SQLState(rawValue: state))
            #expect(error.isUnavailable)
        }
    }
}
