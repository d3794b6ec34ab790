import BountyDomain
import Events
import FoundationEssentials
import NIOCore
import Postgres

/// Writes steps of bounties. Every method runs in the caller's transaction, so that a change of state, its event, its outbox row
/// and what follows from it are one.
struct BountyStore {
    /// Kinds of work that follow from a step.
    enum FollowUp {
        /// Key: the bounty. Enqueued with the award.
        static let settlement = "settlement"
        /// Key: the issue. Enqueued with a signature, as what happened before it may count for the bounty now.
        static let claims = "claims"
    }

    struct Step {
        var event: BountyEvent
        var traceparent: Traceparent?
    }

    let transaction: PostgresTransaction
    let traceparent: Traceparent?

    /// The bounty as it is, its row locked until the transaction ends; nil where there is none.
    func lock(_ id: UUID) throws -> BountyRecord? {
        try transaction.query("SELECT record FROM bounties WHERE id = \(id) FOR UPDATE").first.map(Self.record)
    }

    static func record(of row: PostgresRow) throws -> BountyRecord {
        try JSONDecoder.wire().decode(BountyRecord.self, from: Data(try row.get("record", as: String.self).utf8))
    }

    /// Takes the step: its event, the state after it, its way to the stream, and what follows from it.
    func record(_ event: BountyEvent) throws { try record([Step(event: event, traceparent: traceparent)]) }

    /// Takes steps in this order.
    ///
    /// - Throws: ``VersionConflict`` where a bounty is not at the version before its step.
    func record(_ steps: [Step]) throws {
        guard !steps.isEmpty else { return }
        try appendEvents(steps)
        try writeStates(steps.map(\.event))
        let places = Dictionary(steps.map { ($0.event.bounty.place.key, $0.event.bounty) }) { $1 }
        try IssueWrites.touch(places.values.map { IssueWrites.Place($0.repository, $0.issue) }, in: transaction)
        for step in steps { try followUp(step) }
    }

    private func appendEvents(_ steps: [Step]) throws {
        var rows: [SQL] = []
        var messages: [OutboxMessage] = []
        for step in steps {
            let eventID = UUID.version7()
            let bounty = step.event.bounty
            let event = try step.event.cloudEvent(id: eventID, traceparent: step.traceparent?.child())
            rows.append(
                """
                (\(bounty.id), \(bounty.version), \(eventID), \(event.type),
                 \(String(decoding: event.data, as: UTF8.self)), \(event.traceparent?.description))
                """)
            messages.append(
                OutboxMessage(
                    aggregate: bounty.id.wireText, subject: step.event.streamSubject, messageID: eventID.wireText,
                    headers: Dictionary(event.headers.map { ($0.name, $0.value) }) { first, _ in first },
                    payload: ByteBuffer(bytes: event.data)))
        }
        try transaction.execute(
            "INSERT INTO bounty_events (bounty_id, version, event_id, type, data, traceparent) VALUES \(rows.joined())")
        try Outbox.append(messages, in: transaction)
    }

    /// Of several steps of one bounty, only the state after the last is written.
    private func writeStates(_ events: [BountyEvent]) throws {
        var order: [UUID] = []
        var before: [UUID: Int] = [:]
        var after: [UUID: BountyRecord] = [:]
        var moved: Set<UUID> = []
        for event in events {
            let bounty = event.bounty
            if before[bounty.id] == nil {
                order.append(bounty.id)
                before[bounty.id] = bounty.version - 1
            } else if after[bounty.id]?.version != bounty.version - 1 {
                throw VersionConflict()
            }
            after[bounty.id] = bounty
            if case .moved = event { moved.insert(bounty.id) }
        }
        let final = order.compactMap { after[$0] }
        try insert(final.filter { before[$0.id] == 0 })
        try update(final.filter { before[$0.id] != 0 }, from: before)
        for bounty in final where moved.contains(bounty.id) { try move(bounty) }
    }

    private func insert(_ bounties: [BountyRecord]) throws {
        guard !bounties.isEmpty else { return }
        let rows = try bounties.enumerated().map { index, bounty -> SQL in
            """
            (\(index), \(bounty.id), \(bounty.version), \(bounty.state.rawValue), \(bounty.source.kind.rawValue),
             \(bounty.source.id), \(try Self.json(bounty)))
            """
        }
        try transaction.execute(
            """
            INSERT INTO bounties (id, version, state, source_kind, source_id, record, slot)
            SELECT new.id, new.version, new.state, new.source_kind, new.source_id, new.record::jsonb,
                (SELECT coalesce(max(known.slot) + 1, 0) FROM bounties AS known
                 WHERE known.source_kind = new.source_kind AND known.source_id = new.source_id)
                + row_number() OVER (PARTITION BY new.source_kind, new.source_id ORDER BY new.place) - 1
            FROM (VALUES \(rows.joined())) AS new (place, id, version, state, source_kind, source_id, record)
            """)
    }

    private func update(_ bounties: [BountyRecord], from before: [UUID: Int]) throws {
        guard !bounties.isEmpty else { return }
        let rows = try bounties.map { bounty -> SQL in
            "(\(bounty.id), \(before[bounty.id] ?? 0), \(bounty.version), \(bounty.state.rawValue), \(try Self.json(bounty)))"
        }
        let updated = try transaction.execute(
            """
            UPDATE bounties SET version = new.version, state = new.state, record = new.record::jsonb
            FROM (VALUES \(rows.joined())) AS new (id, known, version, state, record)
            WHERE bounties.id = new.id AND bounties.version = new.known
            """)
        guard updated == bounties.count else { throw VersionConflict() }
    }

    /// Its text may have another id now. The slot stays one that no other bounty of the text has.
    private func move(_ bounty: BountyRecord) throws {
        let (kind, id) = (bounty.source.kind.rawValue, bounty.source.id)
        try transaction.execute(
            """
            UPDATE bounties SET source_kind = \(kind), source_id = \(id), slot =
                (SELECT coalesce(max(slot) + 1, 0) FROM bounties WHERE source_kind = \(kind) AND source_id = \(id))
            WHERE id = \(bounty.id) AND NOT (source_kind = \(kind) AND source_id = \(id))
            """)
    }

    private func followUp(_ step: Step) throws {
        let bounty = step.event.bounty
        switch step.event {
        case .awarded:
            try Work.enqueue(
                kind: FollowUp.settlement, key: bounty.id.wireText, payload: SettlementWork(bounty: bounty.id),
                traceparent: step.traceparent?.child(), in: transaction)
        case .signed:
            let key = bounty.place.key
            let rows = try transaction.query(
                """
                SELECT EXISTS (SELECT 1 FROM claims
                    WHERE repository_id = \(key.repository) AND number = \(key.number)) AS found
                """)
            guard try rows[0].get("found") else { return }
            try Work.enqueue(
                kind: FollowUp.claims, key: "\(key.repository)/\(key.number)", payload: IssueWork(key),
                traceparent: step.traceparent?.child(), in: transaction)
        case .proposed, .changed, .moved, .divided, .shareWaiting, .shareOrdered, .settled, .sharePaid, .paid,
            .expired, .cancelled:
            break
        }
    }

    private static func json(_ bounty: BountyRecord) throws -> String {
        String(decoding: try JSONEncoder.wire().encode(bounty), as: UTF8.self)
    }
}

/// A bounty is not as it was when the step was decided: to be decided again.
struct VersionConflict: Error, CustomStringConvertible {
    var description: String { "a bounty changed meanwhile" }
}

/// The payload of ``BountyStore/FollowUp/settlement``.
struct SettlementWork: Codable, Sendable {
    /// A UUID in lower case.
    var bounty: String

    init(bounty: UUID) { self.bounty = bounty.wireText }
}

/// The payload of ``BountyStore/FollowUp/claims``.
struct IssueWork: Codable, Sendable {
    var repository: Int64
    var number: Int64

    init(_ key: IssueKey) { (repository, number) = (key.repository, key.number) }

    var key: IssueKey { IssueKey(repository: repository, number: number) }
}
