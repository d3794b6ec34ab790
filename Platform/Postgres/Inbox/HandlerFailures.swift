package import FoundationEssentials
import ServiceRuntime

/// Failed attempts at handling a message, counted here because the broker's delivery count also grows by restarts and
/// outages. Each service's own migrations make its table:
///
/// ```sql
/// CREATE TABLE handler_failures (
///     consumer text NOT NULL,
///     message_id text NOT NULL,
///     attempts integer NOT NULL CHECK (attempts > 0),
///     last_error text NOT NULL,
///     next_attempt_at timestamptz NOT NULL,
///     updated_at timestamptz NOT NULL DEFAULT now(),
///     PRIMARY KEY (consumer, message_id)
/// );
/// CREATE INDEX handler_failures_updated_at ON handler_failures (updated_at);
/// ```
package enum HandlerFailures {
    /// What is known about a message that failed.
    package struct Failure: Sendable, Equatable {
        package let attempts: Int
        package let lastError: String
        package let nextAttempt: Date
    }

    /// Unicode scalars of an error that are kept: enough to know it by.
    package static let maximumErrorLength = 2_000

    /// Counts a failed attempt, in a transaction of its own, as the handler's was rolled back. Returns how many there
    /// were by now.
    package static func record(
        messageID: String, consumer: String, error: String, retryAfter delay: Duration, client: PostgresClient
    ) async throws -> Int {
        let text = String(
            String.UnicodeScalarView(error.unicodeScalars.filter { $0 != "\0" }.prefix(maximumErrorLength)))
        let milliseconds = Double(delay.wholeMilliseconds)
        let rows = try await client.query(
            """
            INSERT INTO handler_failures AS known (consumer, message_id, attempts, last_error, next_attempt_at)
            VALUES (\(consumer), \(messageID), 1, \(text), now() + \(milliseconds) * interval '1 millisecond')
            ON CONFLICT (consumer, message_id) DO UPDATE SET attempts = known.attempts + 1,
                last_error = excluded.last_error, next_attempt_at = excluded.next_attempt_at, updated_at = now()
            RETURNING attempts
            """)
        return try rows[0].get("attempts")
    }

    /// What was recorded; nil where the message never failed.
    package static func find(
        messageID: String, consumer: String, client: PostgresClient
    ) async throws -> Failure? {
        let rows = try await client.query(
            """
            SELECT attempts, last_error, next_attempt_at FROM handler_failures
            WHERE consumer = \(consumer) AND message_id = \(messageID)
            """)
        return try rows.first.map { row in
            Failure(
                attempts: try row.get("attempts"), lastError: try row.get("last_error"),
                nextAttempt: try row.get("next_attempt_at"))
        }
    }

    /// Forgets the failures of a message, in the transaction of its effect or of its dead letter.
    package static func clear(
        messageID: String, consumer: String, in transaction: PostgresTransaction
    ) throws(PostgresError) {
        try transaction.execute(
            "DELETE FROM handler_failures WHERE consumer = \(consumer) AND message_id = \(messageID)")
    }

    /// Forgets the failures of several messages.
    package static func clear(
        messageIDs: [String], consumer: String, in transaction: PostgresTransaction
    ) throws(PostgresError) {
        guard !messageIDs.isEmpty else { return }
        try transaction.execute(
            "DELETE FROM handler_failures WHERE consumer = \(consumer) AND message_id = ANY (\(messageIDs))")
    }

    /// Forgets those that nothing happened to for longer than `age`: messages that were purged from their stream.
    @discardableResult
    package static func prune(olderThan age: Duration, client: PostgresClient) async throws -> Int {
        try await Inbox.prune(age: age, client: client) { milliseconds in
            """
            DELETE FROM handler_failures WHERE (consumer, message_id) IN (
                SELECT consumer, message_id FROM handler_failures
                WHERE updated_at < now() - \(milliseconds) * interval '1 millisecond'
                ORDER BY updated_at LIMIT \(Inbox.pruneBatch) FOR UPDATE SKIP LOCKED)
            """
        }
    }
}
