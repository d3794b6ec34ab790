import BountyDomain
import Crypto
import Events
import FoundationEssentials
import NIOCore
import Postgres

/// The bounty service's tables. Every method runs in the caller's transaction, so that a change of state, its event and its
/// outbox row are one.
struct BountyStore {
    let transaction: PostgresTransaction
    let traceparent: Traceparent?

    /// What is known of the text, its row locked until the transaction ends, so that deliveries about one text are handled
    /// one after the other. A text that was never seen gets a row older than anything.
    func lockHistory(of source: BountyRecord.Source) throws -> TextHistory {
        try transaction.execute(
            """
            INSERT INTO texts (kind, id, updated_at, body_digest) VALUES (\(source.kind.rawValue), \(source.id), 'epoch', '')
            ON CONFLICT (kind, id) DO NOTHING
            """)
        let rows = try transaction.query(
            """
            SELECT updated_at, body_digest, is_deleted FROM texts
            WHERE kind = \(source.kind.rawValue) AND id = \(source.id) FOR UPDATE
            """)
        return TextHistory(
            updatedAt: try rows[0].get("updated_at"), bodyDigest: try rows[0].get("body_digest"),
            isDeleted: try rows[0].get("is_deleted"))
    }

    func save(_ history: TextHistory, of source: BountyRecord.Source) throws {
        try transaction.execute(
            """
            UPDATE texts
            SET updated_at = \(history.updatedAt), body_digest = \(history.bodyDigest), is_deleted = \(history.isDeleted)
            WHERE kind = \(source.kind.rawValue) AND id = \(source.id)
            """)
    }

    /// The bounties made of a text that are not cancelled, in the order in which they were made.
    func bounties(of source: BountyRecord.Source) throws -> [BountyRecord] {
        let rows = try transaction.query(
            """
            SELECT record FROM bounties
            WHERE source_kind = \(source.kind.rawValue) AND source_id = \(source.id)
              AND state <> \(BountyRecord.State.cancelled.rawValue)
            ORDER BY slot
            """)
        return try rows.map { row in
            try JSONDecoder.wire().decode(BountyRecord.self, from: Data(try row.get("record", as: String.self).utf8))
        }
    }

    /// Takes the step: its event, the state after it, and its way to the stream.
    func record(_ event: BountyEvent) throws {
        let eventID = UUID.version7()
        let bounty = event.bounty
        let cloudEvent = try event.cloudEvent(id: eventID, traceparent: traceparent?.child())
        try transaction.execute(
            """
            INSERT INTO bounty_events (bounty_id, version, event_id, type, data, traceparent)
            VALUES (\(bounty.id), \(bounty.version), \(eventID), \(event.type),
                    \(String(decoding: cloudEvent.data, as: UTF8.self)), \(cloudEvent.traceparent?.description))
            """)
        let record = String(decoding: try JSONEncoder.wire().encode(bounty), as: UTF8.self)
        if bounty.version == 1 {
            try insert(bounty, record: record)
        } else {
            try transaction.execute(
                """
                UPDATE bounties SET version = \(bounty.version), state = \(bounty.state.rawValue), record = \(record)
                WHERE id = \(bounty.id) AND version = \(bounty.version - 1)
                """)
        }
        try Outbox.append(
            OutboxMessage(
                aggregate: bounty.id.wireText, subject: event.streamSubject, messageID: eventID.wireText,
                headers: Dictionary(cloudEvent.headers.map { ($0.name, $0.value) }) { first, _ in first },
                payload: ByteBuffer(bytes: cloudEvent.data)),
            in: transaction)
    }

    private func insert(_ bounty: BountyRecord, record: String) throws {
        try transaction.execute(
            """
            INSERT INTO bounties (id, version, state, source_kind, source_id, record, slot)
            VALUES (\(bounty.id), \(bounty.version), \(bounty.state.rawValue), \(bounty.source.kind.rawValue),
                    \(bounty.source.id), \(record),
                    (SELECT count(*) FROM bounties
                     WHERE source_kind = \(bounty.source.kind.rawValue) AND source_id = \(bounty.source.id)))
            """)
    }
}
