import FoundationEssentials
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct MigratorTests {
    private static let three = [
        Migration(
            version: 1, title: "one", up: "CREATE TABLE one (id bigint); INSERT INTO one VALUES (1);",
            down: "DROP TABLE one"),
        Migration(version: 2, title: "two", up: "CREATE TABLE two (id bigint)", down: "DROP TABLE two"),
        Migration(version: 7, title: "seven", up: "CREATE TABLE seven (id bigint)", down: nil),
    ]

    private func tables(_ client: PostgresClient) async throws -> [String] {
        try await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            .map { try $0.get("tablename") }
    }

    private func expectVersion(
        _ expected: String, _ client: PostgresClient, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let rows = try await client.query("SELECT version, dirty FROM schema_migrations")
        let found = try rows.map { "\(try $0.get("version", as: Int64.self)) \(try $0.get("dirty", as: Bool.self))" }
        #expect(found.joined(separator: ", ") == expected, sourceLocation: sourceLocation)
    }

    @Test func upDownAndStatus() async throws {
        try await TestPostgres.withClient { client in
            let progress = Mutex<[Migrator.Progress]>([])
            let migrator = Migrator(client: client, migrations: Self.three) { event in
                progress.withLock { $0.append(event) }
            }
            #expect(try await migrator.status().map(\.isApplied) == [false, false, false])
            #expect(try await migrator.up(to: 2).map(\.version) == [1, 2])
            #expect(try await migrator.status().map(\.isApplied) == [true, true, false])
            #expect(try await migrator.up().map(\.version) == [7])
            #expect(try await migrator.up().isEmpty)
            try await expectVersion("7 false", client)
            #expect(try await tables(client) == ["one", "schema_migrations", "seven", "two"])
            #expect(progress.withLock { $0.count } == 6)
            #expect(progress.withLock { $0.first } == .started(Self.three[0], .up))

            let error = await #expect(throws: MigrationError.self) { try await migrator.down(steps: 1) }
            #expect(error.map { "\($0)" } == "7_seven cannot be undone: it has no .down.sql")
            try await migrator.force(2)
            #expect(try await migrator.down(steps: 5).map(\.version) == [2, 1])
            try await expectVersion("", client)
            #expect(try await migrator.down(steps: 1).isEmpty)
            #expect(try await tables(client) == ["schema_migrations", "seven"])
        }
    }

    @Test func aFailingFileLeavesNothingBehind() async throws {
        try await TestPostgres.withClient { client in
            let broken = Migration(
                version: 2, title: "bad", up: "CREATE TABLE half (id bigint); SELECT 1/0;", down: nil)
            let migrator = Migrator(client: client, migrations: [Self.three[0], broken])
            let error = try #require(await #expect(throws: MigrationError.self) { try await migrator.up() })
            #expect("\(error)".contains("2_bad failed and was rolled back"))
            #expect("\(error)".contains("22012"))
            #expect(try await tables(client) == ["one", "schema_migrations"])
            try await expectVersion("1 false", client)
        }
    }

    @Test func aDirtyDatabaseIsRefusedUntilForced() async throws {
        try await TestPostgres.withClient { client in
            let migrator = Migrator(client: client, migrations: Self.three)
            try await migrator.up(to: 1)
            try await client.execute("UPDATE schema_migrations SET version = 2, dirty = true")
            for operation in [{ try await migrator.up() }, { try await migrator.down(steps: 1) }] {
                let error = try #require(await #expect(throws: MigrationError.self) { try await operation() })
                #expect("\(error)".contains("migration 2 failed half-way"))
            }
            #expect(try await migrator.status().map(\.isDirty) == [false, true, false])
            try await migrator.force(1)
            #expect(try await migrator.up().map(\.version) == [2, 7])
        }
    }

    @Test func aFileThatCommitsIsMarkedDirty() async throws {
        try await TestPostgres.withClient { client in
            let migration = Migration(version: 1, title: "x", up: "CREATE TABLE x (id bigint); COMMIT;", down: nil)
            let migrator = Migrator(client: client, migrations: [migration])
            await #expect(throws: MigrationError.self) { try await migrator.up() }
            try await expectVersion("1 true", client)
        }
    }

    @Test func aNewerDatabaseIsLeftAloneAndAnUnknownVersionRefused() async throws {
        try await TestPostgres.withClient { client in
            try await Migrator(client: client, migrations: Self.three).up()
            let older = Migrator(client: client, migrations: Array(Self.three.prefix(2)))
            #expect(try await older.up().isEmpty)
            await #expect(throws: MigrationError.self) { try await older.down(steps: 1) }
            try await older.force(5)
            await #expect(throws: MigrationError.self) {
                try await Migrator(client: client, migrations: Self.three).up()
            }
            await #expect(throws: MigrationError.self) { try await older.up(to: 9) }
        }
    }

    @Test func replicasThatStartTogetherApplyOnce() async throws {
        try await TestPostgres.withClient { client in
            let slow = Migration(
                version: 1, title: "slow", up: "SELECT pg_sleep(0.2); CREATE TABLE slow (id bigint)", down: nil)
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await Migrator(client: client, migrations: [slow] + Self.three.dropFirst()).up().count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(applied == 3)
        }
    }

    @Test func waitingForAnotherMigratorHasADeadline() async throws {
        try await TestPostgres.withClient { client in
            let slow = Migration(version: 1, title: "slow", up: "SELECT pg_advisory_lock(77)", down: nil)
            let other = PostgresClient(client.configuration, logger: TestPostgres.quiet)
            let first = Migrator(client: other, migrations: [slow])
            let release = AsyncStream<Void>.makeStream()
            let holding = Task { try await hold(client, until: release.stream) }
            try await poll { try await Self.sessions(at: 77, isGranted: true, client) == 1 }
            let running = Task { try await first.up() }
            // It is in its file, and so has the migrators' own lock.
            try await poll { try await Self.sessions(at: 77, isGranted: false, client) == 1 }
            var limits = Migrator.Limits()
            limits.lock = .milliseconds(50)
            let impatient = Migrator(client: client, migrations: [slow], limits: limits)
            let outcome = await Task { try await impatient.up() }.result
            release.continuation.finish()
            try await holding.value
            _ = try await running.value
            await other.close()
            let error = try #require(#expect(throws: MigrationError.self) { try outcome.get() })
            #expect("\(error)" == "\(MigrationError.lockTimedOut(limits.lock))")
        }
    }

    /// Of this database: others of the same server have locks of the same name.
    private static func sessions(at lock: Int, isGranted: Bool, _ client: PostgresClient) async throws -> Int {
        try await client.query(
            """
            SELECT 1 AS one FROM pg_locks
            WHERE locktype = 'advisory' AND objid = \(lock) AND granted = \(isGranted)
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        ).count
    }

    /// Holds the advisory lock 77 in a session of the client's.
    private func hold(_ client: PostgresClient, until released: AsyncStream<Void>) async throws {
        // One connection, so that all statements are of one session.
        var configuration = client.configuration
        configuration.connections = 1
        let session = PostgresClient(configuration, logger: TestPostgres.quiet)
        try await session.query("SELECT pg_advisory_lock(77)")
        for await _ in released {}
        await session.close()
    }

    // MARK: Files

    private func withFiles(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let directory = "/tmp/bursar-test-migrations-\(UUID())"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (name, text) in files {
            try #require(FileManager.default.createFile(atPath: "\(directory)/\(name)", contents: Data(text.utf8)))
        }
        try body(directory)
    }

    @Test func filesAreReadInTheOrderOfTheirVersions() throws {
        let files = [
            "0010_last.up.sql": "c", "0002_second_step.up.sql": "b", "0002_second_step.down.sql": "-b",
            "1_first.up.sql": "a",
            "README.md": "",
        ]
        try withFiles(files) { directory in
            let migrations = try Migration.read(directory: directory)
            #expect(migrations.map(\.name) == ["1_first", "2_second_step", "10_last"])
            #expect(migrations.map(\.up) == ["a", "b", "c"])
            #expect(migrations.map(\.down) == [nil, "-b", nil])
        }
    }

    @Test(arguments: [
        (["0001_a.up.sql", "001_b.up.sql"], "version 1 is there more than once: 0001_a.up.sql, 001_b.up.sql"),
        (["0001_a.down.sql"], "0001_a.down.sql has no .up.sql beside it"),
        (["a.up.sql"], "a.up.sql: the name must be NNNN_title.up.sql or NNNN_title.down.sql"),
        (["0001_a.sql"], "0001_a.sql: the name must be NNNN_title.up.sql or NNNN_title.down.sql"),
        (["0001_.up.sql"], "0001_.up.sql: the name must be NNNN_title.up.sql or NNNN_title.down.sql"),
        (["0000_a.up.sql"], "0000_a.up.sql: the name must be NNNN_title.up.sql or NNNN_title.down.sql"),
        (["+1_a.up.sql"], "+1_a.up.sql: the name must be NNNN_title.up.sql or NNNN_title.down.sql"),
    ])
    func wrongFilesAreNamed(files: [String], message: String) throws {
        try withFiles(Dictionary(uniqueKeysWithValues: files.map { ($0, "SELECT 1") })) { directory in
            let error = #expect(throws: MigrationError.self) { try Migration.read(directory: directory) }
            #expect(error.map { "\($0)" } == message)
        }
    }

    @Test func aMissingFolderIsAnError() {
        #expect(throws: MigrationError.self) { try Migration.read(directory: "/nonexistent/migrations") }
    }

    @Test func theRepositorysOwnMigrationsGoUpAndDown() async throws {
        let migrations = try RepositoryFiles.migrations("bounty")
        try await TestPostgres.withClient { client in
            let migrator = Migrator(client: client, migrations: [migrations[0]])
            try await migrator.up()
            #expect(
                try await tables(client) == [
                    "handler_failures", "inbox", "outbox", "outbox_lease", "schema_migrations",
                ])
            try await migrator.down(steps: 1)
            #expect(try await tables(client) == ["schema_migrations"])
        }
    }
}
