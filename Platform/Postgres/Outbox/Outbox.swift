package import FoundationEssentials

/// The messages of this database that are still to be published. Each service's own migrations make its tables:
///
/// ```sql
/// CREATE TABLE outbox (
///     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
///     aggregate text NOT NULL,
///     subject text NOT NULL,
///     message_id text NOT NULL UNIQUE,
///     headers jsonb NOT NULL,
///     payload bytea NOT NULL,
///     created_at timestamptz NOT NULL DEFAULT now()
/// );
/// CREATE TABLE outbox_lease (
///     only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
///     holder text NOT NULL,
///     expires_at timestamptz NOT NULL
/// );
/// ```
package enum Outbox {
    /// Appends messages, to be published if the transaction commits.
    ///
    /// The caller sees to it that transactions of one aggregate follow one another (by a unique version, or a lock of
    /// its row) before it appends: ids are given when rows are written, so that two open transactions of an aggregate
    /// could commit in the other order.
    package static func append(
        _ messages: [OutboxMessage], in transaction: PostgresTransaction
    ) throws(PostgresError) {
        guard !messages.isEmpty else { return }
        let rows = messages.map { message -> SQL in
            let headers = PostgresJSON(message.headers)
            return "(\(message.aggregate), \(message.subject), \(message.messageID), \(headers), \(message.payload))"
        }
        try transaction.execute(
            "INSERT INTO outbox (aggregate, subject, message_id, headers, payload) VALUES \(rows.joined())")
    }

    package static func append(_ message: OutboxMessage, in transaction: PostgresTransaction) throws(PostgresError) {
        try append([message], in: transaction)
    }

    /// How many messages wait, and since when the oldest does.
    package static func backlog(_ client: PostgresClient) async throws -> (count: Int, oldest: Date?) {
        let rows = try await client.query("SELECT count(*) AS count, min(created_at) AS oldest FROM outbox")
        return (try rows[0].get("count"), try rows[0].get("oldest"))
    }
}
