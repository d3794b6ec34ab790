import Events
package import FoundationEssentials
package import JetStream
import NIOCore
package import Postgres

/// The events of bounties as the source of truth: projections are compared with them and restored, and a stream that was lost is
/// published again.
package struct EventHistory: Sendable {
    /// Bounties of one step.
    static let batch = 200

    private let database: PostgresClient

    /// - Parameter database: The bounty service's.
    package init(database: PostgresClient) { self.database = database }

    /// What differs from the events.
    package struct Difference: Sendable, Equatable, CustomStringConvertible {
        package var bounty: UUID
        package var what: String

        package var description: String { "\(bounty.wireText)  \(what)" }
    }

    /// Compares each bounty, and its payout orders, with what its events say.
    ///
    /// - Parameters:
    ///   - restores: Whether what differs is written as the events say. Safe while services run.
    ///   - report: Called for each difference.
    /// - Returns: How many bounties there are.
    package func rebuild(restores: Bool, report: (Difference) -> Void) async throws -> Int {
        var count = 0
        var cursor: UUID?
        while true {
            let ids = try await ids(after: cursor)
            for id in ids {
                let found = try await database.transaction { transaction in
                    try BountyReplay(id: id, transaction: transaction).run(restores: restores)
                }
                for what in found { report(Difference(bounty: id, what: what)) }
            }
            count += ids.count
            cursor = ids.last
            guard ids.count == Self.batch else { return count }
        }
    }

    /// Of events and of bounties: one without the other is a difference too.
    private func ids(after cursor: UUID?) async throws -> [UUID] {
        let rows = try await database.query(
            """
            SELECT id FROM (SELECT bounty_id AS id FROM bounty_events UNION SELECT id FROM bounties) AS all_ids
            WHERE \(cursor == nil) OR id > \(cursor) ORDER BY id LIMIT \(Self.batch)
            """)
        return try rows.map { try $0.get("id") }
    }

    /// Publishes all events of bounties again, each bounty's in order, with the ids that they had. Readers drop what they have.
    /// - Returns: How many events were stored; those that the stream still has count, too.
    package func republish(to client: NATSClient) async throws -> Int {
        var count = 0
        var cursor: (id: UUID, version: Int)?
        while true {
            let rows = try await database.query(
                """
                SELECT bounty_id, version, event_id, type, data, traceparent FROM bounty_events
                WHERE \(cursor == nil) OR (bounty_id, version) > (\(cursor?.id), \(cursor?.version ?? 0))
                ORDER BY bounty_id, version LIMIT \(Self.batch)
                """)
            for row in rows {
                if let message = try Self.message(of: row) { try await client.store(message) }
                cursor = (try row.get("bounty_id"), try row.get("version"))
            }
            count += rows.count
            guard rows.count == Self.batch else { return count }
        }
    }

    /// As the outbox had it. Nil for a type that this version of the program does not know.
    private static func message(of row: PostgresRow) throws -> NATSOutgoingMessage? {
        let data = Array(try row.get("data", as: String.self).utf8)
        let id: UUID = try row.get("event_id")
        guard let event = try BountyEvent(type: try row.get("type"), data: data) else { return nil }
        let traceparent = try row.get("traceparent", as: String?.self).flatMap { Traceparent($0) }
        var envelope = try event.cloudEvent(id: id, traceparent: traceparent)
        envelope.data = data
        var headers = NATSHeaders(envelope.headers)
        headers.replaceOrAdd(HeaderName.messageID, id.wireText)
        return NATSOutgoingMessage(
            subject: event.streamSubject, headers: headers, payload: ByteBuffer(bytes: envelope.data))
    }
}

/// One bounty's events, played again.
private struct BountyReplay {
    let id: UUID
    let transaction: PostgresTransaction

    /// What the projections have otherwise.
    func run(restores: Bool) throws -> [String] {
        let store = BountyStore(transaction: transaction, traceparent: nil)
        let known = try store.lock(id)
        let rows = try transaction.query(
            "SELECT version, type, data FROM bounty_events WHERE bounty_id = \(id) ORDER BY version")
        guard !rows.isEmpty else { return ["has no events"] }
        var differences: [String] = []
        var record: BountyRecord?
        var payouts: [UUID: PayoutRecord] = [:]
        for (index, row) in rows.enumerated() {
            let version: Int = try row.get("version")
            if version != index + 1 { differences.append("version \(index + 1) is missing; \(version) follows") }
            let data = Array(try row.get("data", as: String.self).utf8)
            guard let event = try BountyEvent(type: try row.get("type"), data: data) else { continue }
            if event.bounty.version != version || event.bounty.id != id {
                differences.append("event \(version) is about another version or bounty")
            }
            record = event.bounty
            if let payout = event.payout { payouts[payout.id] = payout }
        }
        guard let record else { return differences }
        if known != record {
            differences.append(Self.difference(known, record))
            if restores { try store.restore(record) }
        }
        for payout in payouts.values.sorted(by: { $0.issuedAt < $1.issuedAt })
        where try store.payout(payout.id) != payout {
            differences.append("payout order \(payout.id.wireText) differs")
            if restores { try store.restore(payout) }
        }
        return differences
    }

    private static func difference(_ known: BountyRecord?, _ record: BountyRecord) -> String {
        guard let known else { return "is missing; its events say version \(record.version), \(record.state)" }
        if known.version != record.version || known.state != record.state {
            return "is version \(known.version), \(known.state); its events say \(record.version), \(record.state)"
        }
        return "has other members than its events say"
    }
}

extension BountyStore {
    /// Writes the state that the events say.
    func restore(_ bounty: BountyRecord) throws {
        try transaction.execute(
            """
            INSERT INTO texts (kind, id, updated_at, body_digest)
            VALUES (\(bounty.source.kind.rawValue), \(bounty.source.id), 'epoch', '') ON CONFLICT DO NOTHING
            """)
        let json = String(decoding: try JSONEncoder.wire().encode(bounty), as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO bounties (id, version, state, source_kind, source_id, record, slot)
            VALUES (\(bounty.id), \(bounty.version), \(bounty.state.rawValue), \(bounty.source.kind.rawValue),
                    \(bounty.source.id), \(json),
                    (SELECT coalesce(max(slot) + 1, 0) FROM bounties
                     WHERE source_kind = \(bounty.source.kind.rawValue) AND source_id = \(bounty.source.id)))
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, record = excluded.record
            """)
        try IssueWrites.touch(IssueWrites.Place(bounty.repository, bounty.issue), in: transaction)
    }
}
