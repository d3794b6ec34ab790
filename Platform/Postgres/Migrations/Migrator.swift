import ServiceRuntime

/// Brings a database's schema to a version.
///
/// Keeps golang-migrate's table, `schema_migrations (version bigint primary key, dirty boolean not null)`: one row, or
/// none before the first migration. Each file runs in one transaction with its version. An advisory lock of the session
/// lets replicas that start together apply it once.
package struct Migrator: Sendable {
    package enum Direction: Sendable, Equatable { case up, down }

    package enum Progress: Sendable, Equatable {
        case started(Migration, Direction)
        case finished(Migration, Direction, Duration)
    }

    package struct Limits: Sendable {
        /// How long to wait for another process that migrates.
        package var lock = Duration.seconds(60)
        /// For one file.
        package var file = Duration.seconds(15 * 60)

        package init() {}
    }

    private let client: PostgresClient
    private let migrations: [Migration]
    private let limits: Limits
    private let report: @Sendable (Progress) -> Void

    /// Of the advisory lock: the letters "bursarmg".
    private static let lockKey: Int64 = 0x6275_7273_6172_6d67

    /// `migrations` in the order of their versions, as ``Migration/read(directory:)`` gives them. `report` is called on
    /// a thread of the client's.
    package init(
        client: PostgresClient, migrations: [Migration], limits: Limits = Limits(),
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.client = client
        self.migrations = migrations
        self.limits = limits
        self.report = report
    }

    /// All migrations, and whether the database has them.
    package func status() async throws -> [MigrationStatus] {
        let migrations = migrations
        return try await client.transaction { transaction in
            let table = try transaction.query("SELECT to_regclass('schema_migrations') IS NOT NULL AS found")
            let state = try table[0].get("found") ? SchemaState(transaction.query(SchemaState.select)) : SchemaState()
            return migrations.map { migration in
                let isApplied = migration.version <= state.version ?? 0
                let isDirty = state.isDirty && migration.version == state.version
                return MigrationStatus(migration: migration, isApplied: isApplied, isDirty: isDirty)
            }
        }
    }

    /// Applies what is missing, up to and with a version, or all. A database that is newer than every file is left as
    /// it is: an older replica may start beside newer ones. Returns what was applied.
    @discardableResult
    package func up(to target: Int64? = nil) async throws -> [Migration] {
        if let target, !migrations.contains(where: { $0.version == target }) {
            throw MigrationError.unknownVersion(target)
        }
        return try await locked { session in
            let current = try cleanVersion(session) ?? 0
            let newest = migrations.last?.version ?? 0
            guard current == 0 || current > newest || migrations.contains(where: { $0.version == current }) else {
                throw MigrationError.unknownVersion(current)
            }
            let missing = migrations.filter { $0.version > current && $0.version <= target ?? .max }
            for migration in missing { try run(migration, .up, leaving: migration.version, in: session) }
            return missing
        }
    }

    /// Undoes the newest migrations of the database, the newest first. Returns what was undone.
    @discardableResult
    package func down(steps: Int) async throws -> [Migration] {
        precondition(steps > 0, "a number of migrations to undo must be positive")
        return try await locked { session in
            guard let current = try cleanVersion(session) else { return [] }
            guard let newest = migrations.firstIndex(where: { $0.version == current }) else {
                throw MigrationError.unknownVersion(current)
            }
            var undone: [Migration] = []
            for index in migrations[...newest].indices.suffix(steps).reversed() {
                let previous = index > 0 ? migrations[index - 1].version : nil
                try run(migrations[index], .down, leaving: previous, in: session)
                undone.append(migrations[index])
            }
            return undone
        }
    }

    /// Says that the schema is at this version, without running anything; nil for before the first. For a person who
    /// repaired it.
    package func force(_ version: Int64?) async throws {
        try await locked { session in
            _ = try session.execute("BEGIN")
            try setVersion(version, isDirty: false, in: session)
            _ = try session.execute("COMMIT")
        }
    }

    private func locked<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        let limits = limits
        return try await client.session { session in
            // Literals, as SET takes no parameters. The session ends with this block, and its lock and settings with
            // it.
            _ = try session.execute("SET statement_timeout = \(literal: "\(limits.file.limitMilliseconds)ms")")
            _ = try session.execute("SET lock_timeout = \(literal: "\(limits.lock.limitMilliseconds)ms")")
            do {
                let patience = limits.lock + .seconds(5)
                _ = try session.execute("SELECT pg_advisory_lock(\(Self.lockKey))", within: patience)
            } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
                throw MigrationError.lockTimedOut(limits.lock)
            }
            _ = try session.execute(
                "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)")
            return try body(session)
        }
    }

    private func cleanVersion(_ session: Connection) throws -> Int64? {
        let state = try SchemaState(session.execute(SchemaState.select))
        if state.isDirty, let version = state.version { throw MigrationError.dirty(version: version) }
        return state.version
    }

    private func run(
        _ migration: Migration, _ direction: Direction, leaving version: Int64?, in session: Connection
    ) throws {
        guard let script = direction == .up ? migration.up : migration.down else {
            throw MigrationError.missingDown(migration: migration.name)
        }
        report(.started(migration, direction))
        let start = ContinuousClock.now
        do {
            _ = try session.execute("BEGIN")
            // One limit for both sides, with the server's coming first.
            try session.execute(script: script, within: limits.file + .seconds(5))
            guard session.isInTransaction else {
                try setVersion(migration.version, isDirty: true, in: session)
                throw MigrationError.endsTransaction(migration: migration.name)
            }
            try setVersion(version, isDirty: false, in: session)
            _ = try session.execute("COMMIT")
        } catch let error as PostgresError {
            if session.isUsable { _ = try? session.execute("ROLLBACK") }
            throw MigrationError.failed(migration: migration.name, error)
        }
        report(.finished(migration, direction, start.duration(to: .now)))
    }

    private func setVersion(_ version: Int64?, isDirty: Bool, in session: Connection) throws {
        _ = try session.execute("DELETE FROM schema_migrations")
        guard let version else { return }
        _ = try session.execute("INSERT INTO schema_migrations (version, dirty) VALUES (\(version), \(isDirty))")
    }
}

package struct MigrationStatus: Sendable, Equatable {
    package let migration: Migration
    package let isApplied: Bool
    package let isDirty: Bool
}

/// What `schema_migrations` says.
private struct SchemaState {
    static let select: SQL = "SELECT version, dirty FROM schema_migrations ORDER BY version DESC LIMIT 1"

    var version: Int64?
    var isDirty = false

    init() {}

    init(_ rows: PostgresRows) throws {
        guard let row = rows.first else { return }
        version = try row.get("version")
        isDirty = try row.get("dirty")
    }
}
