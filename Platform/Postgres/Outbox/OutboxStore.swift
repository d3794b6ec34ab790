import FoundationEssentials
import NIOCore
import ServiceRuntime

/// The relay's view of the outbox: the lease, and the rows to publish next.
struct OutboxStore: Sendable {
    struct Row: Sendable {
        var id: Int64
        var message: OutboxMessage
    }

    enum Batch: Sendable {
        /// The lease is ours, and these rows are the lowest of the aggregates asked for; perhaps none.
        case leased([Row])
        /// Nothing waits, and the lease was not asked for.
        case idle
        /// Another relay has the lease.
        case heldByAnother
    }

    let client: PostgresClient
    /// Unique to the relay.
    let holder: String
    let lease: Duration
    let maximumRows: Int
    let maximumBytes: Int

    /// Deletes the acknowledged rows, takes or renews the lease, and reads the next rows, in one transaction.
    ///
    /// A relay that holds the lease and finds nothing gives it back in the same transaction. Another that was woken by
    /// a commit meanwhile waits for the lease's row, so that either this one sees its message or that one gets the
    /// lease.
    func nextBatch(
        acknowledged: [Int64], excluding paused: [String], isHolding: Bool
    ) async throws -> Batch {
        try await client.transaction { transaction in
            try delete(acknowledged, in: transaction)
            if !isHolding {
                let found = try transaction.query("SELECT EXISTS (SELECT 1 FROM outbox) AS found")
                guard try found[0].get("found") else { return .idle }
            }
            guard try takeLease(in: transaction) else { return .heldByAnother }
            let rows = try read(excluding: paused, in: transaction)
            if rows.isEmpty { try release(in: transaction) }
            return .leased(rows)
        }
    }

    /// Deletes the acknowledged rows, and gives the lease back.
    func finish(acknowledged: [Int64]) async throws {
        try await client.transaction { transaction in
            try delete(acknowledged, in: transaction)
            try release(in: transaction)
        }
    }

    private func delete(_ ids: [Int64], in transaction: PostgresTransaction) throws {
        guard !ids.isEmpty else { return }
        try transaction.execute("DELETE FROM outbox WHERE id = ANY (\(ids))")
    }

    /// By the database's clock alone: clocks of replicas differ.
    private func takeLease(in transaction: PostgresTransaction) throws -> Bool {
        let milliseconds = Double(lease.wholeMilliseconds)
        let taken = try transaction.execute(
            """
            INSERT INTO outbox_lease (holder, expires_at)
            VALUES (\(holder), clock_timestamp() + \(milliseconds) * interval '1 millisecond')
            ON CONFLICT (only_row) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
            WHERE outbox_lease.holder = excluded.holder OR outbox_lease.expires_at <= clock_timestamp()
            """)
        return taken == 1
    }

    private func release(in transaction: PostgresTransaction) throws {
        try transaction.execute("UPDATE outbox_lease SET expires_at = '-infinity' WHERE holder = \(holder)")
    }

    private func read(excluding paused: [String], in transaction: PostgresTransaction) throws -> [Row] {
        // The running total bounds the bytes, and lets the first row through whatever its size. Payloads of rows that
        // do not fit are not read: the length of a large value is known without it.
        let rows = try transaction.query(
            """
            WITH next AS (
                SELECT id, octet_length(payload) AS size FROM outbox
                WHERE NOT aggregate = ANY (\(paused)) ORDER BY id LIMIT \(maximumRows)
            ), totals AS (
                SELECT id, sum(size) OVER (ORDER BY id) - size AS before FROM next
            )
            SELECT id, aggregate, subject, message_id, headers, payload FROM outbox
            WHERE id IN (SELECT id FROM totals WHERE before < \(maximumBytes)) ORDER BY id
            """)
        return try rows.map { row in
            let headers: PostgresJSON<[String: String]> = try row.get("headers")
            let message = OutboxMessage(
                aggregate: try row.get("aggregate"), subject: try row.get("subject"),
                messageID: try row.get("message_id"),
                headers: headers.value, payload: try row.get("payload"))
            return Row(id: try row.get("id"), message: message)
        }
    }
}
