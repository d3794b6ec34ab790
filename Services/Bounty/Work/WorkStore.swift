import Events
import FoundationEssentials
import Postgres
import ServiceRuntime

/// The worker's view of the `work` table. Times are the database's: clocks of replicas differ.
struct WorkStore: Sendable {
    /// How long an item is not given to another worker: longer than handling one ever takes.
    static let lease = Duration.seconds(60)

    let database: PostgresClient

    /// Leases what is due, of the kinds given, to the caller.
    func take(_ limit: Int, of kinds: [String]) async throws -> [WorkItem] {
        let lease = UUID.version7()
        let rows = try await database.query(
            """
            UPDATE work SET lease = \(lease),
                next_attempt_at = clock_timestamp() + \(Double(Self.lease.wholeMilliseconds)) * interval '1 millisecond'
            WHERE (kind, key) IN (
                SELECT kind, key FROM work WHERE next_attempt_at <= clock_timestamp() AND kind = ANY (\(kinds))
                ORDER BY next_attempt_at LIMIT \(limit) FOR UPDATE SKIP LOCKED)
            RETURNING kind, key, payload, traceparent, attempts, revision, created_at
            """)
        return try rows.map { row in
            WorkItem(
                kind: try row.get("kind"), key: try row.get("key"), payload: try row.get("payload"),
                traceparent: try row.get("traceparent", as: String?.self).flatMap { Traceparent($0) },
                attempts: try row.get("attempts"), createdAt: try row.get("created_at"),
                revision: try row.get("revision"), lease: lease)
        }
    }

    /// How long until something is due, at most the limit.
    func untilDue(of kinds: [String], atMost limit: Duration) async throws -> Duration {
        let rows = try await database.query(
            """
            SELECT extract(epoch FROM min(next_attempt_at) - clock_timestamp())::double precision AS seconds
            FROM work WHERE kind = ANY (\(kinds))
            """)
        guard let seconds = try rows[0].get("seconds", as: Double?.self) else { return limit }
        return min(max(.milliseconds(Int64(min(seconds, 1e6) * 1000) + 1), .milliseconds(1)), limit)
    }

    /// Removes the item in the transaction of its effect, or makes it due again where it was asked for meanwhile.
    ///
    /// - Throws: ``WorkLeaseLost`` where the lease ran out and another has it: the effect is the other's to write.
    static func finish(_ item: WorkItem, in transaction: PostgresTransaction) throws {
        let removed = try transaction.execute(
            """
            DELETE FROM work
            WHERE kind = \(item.kind) AND key = \(item.key) AND lease = \(item.lease) AND revision = \(item.revision)
            """)
        guard removed == 0 else { return }
        let renewed = try transaction.execute(
            """
            UPDATE work SET lease = NULL, next_attempt_at = clock_timestamp()
            WHERE kind = \(item.kind) AND key = \(item.key) AND lease = \(item.lease)
            """)
        guard renewed == 1 else { throw WorkLeaseLost() }
    }

    /// Gives the item back, to be tried again later. Nothing happens where the lease ran out.
    func release(_ item: WorkItem, attempts: Int, error: String, after delay: Duration) async throws {
        let text = String(
            String.UnicodeScalarView(
                error.unicodeScalars.filter { $0 != "\0" }.prefix(HandlerFailures.maximumErrorLength)))
        // What was asked for meanwhile is due at once, and nothing of it has failed yet.
        try await database.execute(
            """
            UPDATE work SET lease = NULL, last_error = \(text),
                attempts = CASE WHEN revision = \(item.revision) THEN \(attempts) ELSE 0 END,
                next_attempt_at = clock_timestamp() + CASE WHEN revision = \(item.revision)
                    THEN \(Double(delay.wholeMilliseconds)) ELSE 0 END * interval '1 millisecond'
            WHERE kind = \(item.kind) AND key = \(item.key) AND lease = \(item.lease)
            """)
    }

    /// Removes an item whose copy is with the dead letters.
    func bury(_ item: WorkItem) async throws {
        try await database.execute(
            "DELETE FROM work WHERE kind = \(item.kind) AND key = \(item.key) AND lease = \(item.lease)")
    }
}

/// Another worker has the item by now.
struct WorkLeaseLost: Error {}
