import Events
import FoundationEssentials
package import JetStream
import NIOCore
package import Postgres

/// The events of accounts as the source of truth.
package struct IdentityHistory: Sendable {
    /// Events of one step.
    private static let batch = 200

    private let database: PostgresClient

    package init(database: PostgresClient) { self.database = database }

    /// Publishes all events again, each account's in order, with the ids that they had; those that were erased are left out.
    /// Readers drop what they have.
    /// - Returns: How many events were stored; those that the stream still has count, too.
    package func republish(to client: NATSClient) async throws -> Int {
        var count = 0
        var cursor: (account: Int64, version: Int) = (.min, 0)
        while true {
            let rows = try await database.query(
                """
                SELECT github_id, version, event_id, type, data, traceparent FROM identity_events
                WHERE (github_id, version) > (\(cursor.account), \(cursor.version))
                ORDER BY github_id, version LIMIT \(Self.batch)
                """)
            for row in rows {
                cursor = (try row.get("github_id"), try row.get("version"))
                guard let message = try Self.message(of: row) else { continue }
                try await client.store(message)
                count += 1
            }
            guard rows.count == Self.batch else { return count }
        }
    }

    private static func message(of row: PostgresRow) throws -> NATSOutgoingMessage? {
        guard let text: String = try row.get("data", as: String?.self),
            let event = try IdentityEvent(type: try row.get("type"), data: Array(text.utf8))
        else { return nil }
        let id: UUID = try row.get("event_id")
        let traceparent = try row.get("traceparent", as: String?.self).flatMap { Traceparent($0) }
        let envelope = try event.cloudEvent(id: id, traceparent: traceparent)
        var headers = NATSHeaders(envelope.headers)
        headers.replaceOrAdd(HeaderName.messageID, id.wireText)
        return NATSOutgoingMessage(
            subject: event.streamSubject, headers: headers, payload: ByteBuffer(bytes: envelope.data))
    }
}
