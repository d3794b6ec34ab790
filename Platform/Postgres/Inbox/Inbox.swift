import ServiceRuntime

/// The messages whose effect is in this database already, so that a message delivered twice takes effect once. Each
/// service's own migrations make its table:
///
/// ```sql
/// CREATE TABLE inbox (
///     consumer text NOT NULL,
///     message_id text NOT NULL,
///     received_at timestamptz NOT NULL DEFAULT now(),
///     PRIMARY KEY (consumer, message_id)
/// );
/// CREATE INDEX inbox_received_at ON inbox (received_at);
/// ```
package enum Inbox {
    /// Rows deleted in one transaction: few enough for it to be short.
    package static let pruneBatch = 1_000

    /// True where the message is new to the consumer, which then brings about its effect in the same transaction. While
    /// another transaction claims the same message, this waits for its end.
    package static func claim(
        messageID: String, consumer: String, in transaction: PostgresTransaction
    ) throws(PostgresError) -> Bool {
        let inserted = try transaction.execute(
            "INSERT INTO inbox (consumer, message_id) VALUES (\(consumer), \(messageID)) ON CONFLICT DO NOTHING")
        return inserted == 1
    }

    /// Those of the messages that are new to the consumer. Messages that another transaction claims are waited for, in one
    /// order, so that two transactions never wait for each other.
    package static func claim(
        messageIDs: [String], consumer: String, in transaction: PostgresTransaction
    ) throws(PostgresError) -> Set<String> {
        let ids = Set(messageIDs).sorted()
        let rows = try transaction.query(
            """
            INSERT INTO inbox (consumer, message_id) SELECT \(consumer), id FROM unnest(\(ids)) AS given (id)
            ON CONFLICT DO NOTHING RETURNING message_id
            """)
        var claimed: Set<String> = []
        for row in rows { claimed.insert(try row.get("message_id")) }
        return claimed
    }

    /// Forgets what was received longer ago than `age`, which must exceed the time in which a message may be delivered
    /// again. Returns how many were forgotten.
    @discardableResult
    package static func prune(olderThan age: Duration, client: PostgresClient) async throws -> Int {
        try await prune(age: age, client: client) { milliseconds in
            """
            DELETE FROM inbox WHERE (consumer, message_id) IN (
                SELECT consumer, message_id FROM inbox
                WHERE received_at < now() - \(milliseconds) * interval '1 millisecond'
                ORDER BY received_at LIMIT \(pruneBatch) FOR UPDATE SKIP LOCKED)
            """
        }
    }

    static func prune(
        age: Duration, client: PostgresClient, delete: (Double) -> SQL
    ) async throws -> Int {
        var total = 0
        while true {
            try Task.checkCancellation()
            let deleted = try await client.execute(delete(Double(age.wholeMilliseconds)))
            total += deleted
            guard deleted == pruneBatch else { return total }
        }
    }
}
