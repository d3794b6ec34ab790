package import Events
package import FoundationEssentials
package import Postgres
import ServiceRuntime

/// What is to be done outside of the transaction that found it to be done, and its answer applied in another: questions to
/// GitHub, steps of a settlement. Rows of the `work` table.
package enum Work {
    /// Asks for it, if the transaction commits. Asked for again before it is done, it is one, with the latest payload, and is
    /// due at the earlier time; asked for while it is being done, it is done once more.
    ///
    /// - Parameters:
    ///   - key: What it is about, unique in its kind.
    ///   - payload: JSON that the handler of the kind reads.
    ///   - delay: Until it is due.
    package static func enqueue(
        kind: String, key: String, payload: some Encodable, after delay: Duration = .zero,
        traceparent: Traceparent? = nil, in transaction: PostgresTransaction
    ) throws {
        try enqueue(
            kind: kind, key: key, json: String(decoding: try JSONEncoder.wire().encode(payload), as: UTF8.self),
            after: delay, traceparent: traceparent, in: transaction)
    }

    /// With a payload that is JSON text already.
    static func enqueue(
        kind: String, key: String, json: String, after delay: Duration, traceparent: Traceparent?,
        in transaction: PostgresTransaction
    ) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO work (kind, key, payload, traceparent, next_attempt_at)
            VALUES (\(kind), \(key), \(json), \(traceparent?.description),
                    clock_timestamp() + \(Double(delay.wholeMilliseconds)) * interval '1 millisecond')
            ON CONFLICT (kind, key) DO UPDATE SET revision = work.revision + 1, payload = excluded.payload,
                traceparent = excluded.traceparent, attempts = 0,
                next_attempt_at = CASE WHEN work.lease IS NULL
                    THEN least(work.next_attempt_at, excluded.next_attempt_at) ELSE work.next_attempt_at END
            """)
    }
}

/// One thing to do, leased to who has it.
package struct WorkItem: Sendable {
    package let kind: String
    package let key: String
    /// JSON.
    package let payload: String
    package let traceparent: Traceparent?
    /// Failed ones.
    package let attempts: Int
    package let createdAt: Date
    let revision: Int
    let lease: UUID

    /// - Throws: `DecodingError`, where the payload is not of this type.
    package func decode<Payload: Decodable>(_: Payload.Type = Payload.self) throws -> Payload {
        try JSONDecoder.wire().decode(Payload.self, from: Data(payload.utf8))
    }
}

/// Does the work of one kind.
package protocol WorkHandler: Sendable {
    var kind: String { get }

    /// Finds out or brings about what the item asks for, outside of any transaction, and answers what is to be written then.
    /// May be called again for what was done before: a process may die between doing and writing.
    ///
    /// - Throws: ``WorkPostponed`` where something that is needed is missing, which is no failed attempt; any other error is
    ///   one, and the fifth ends in the dead letters. A database or broker that is away counts as missing.
    func handle(_ item: WorkItem) async throws -> WorkOutcome
}

/// What came of an item.
package enum WorkOutcome: Sendable {
    /// Done. The closure writes the answer, in the transaction that removes the item, and answers what is to be done once that
    /// has committed.
    case change(@Sendable (PostgresTransaction) throws -> @Sendable () -> Void)

    /// Done. The closure writes the answer, in the transaction that removes the item.
    package static func apply(_ write: @escaping @Sendable (PostgresTransaction) throws -> Void) -> WorkOutcome {
        .change { transaction in
            try write(transaction)
            return {}
        }
    }

    /// Done, with nothing to write.
    package static let done = WorkOutcome.apply { _ in }
}

/// Something that is needed is missing; the item waits, and nothing counts as failed.
package struct WorkPostponed: Error, CustomStringConvertible {
    package let reason: String
    package let delay: Duration

    package init(_ reason: String, for delay: Duration) {
        self.reason = reason
        self.delay = delay
    }

    package var description: String { reason }
}
