import BountyProtocol
import Events
import FoundationEssentials
import Postgres

extension BountyStore {
    static func find(_ id: UUID, _ database: PostgresClient) async throws -> BountyRecord? {
        try await database.query("SELECT record FROM bounties WHERE id = \(id)").first
            .map { try decoded($0, BountyRecord.self) }
    }

    /// Bounties that are being settled, and in which the account has a share.
    func settling(for recipient: Int64) throws -> [UUID] {
        let share = #"[{"recipient": {"id": \#(recipient)}}]"#
        return try transaction.query(
            """
            SELECT id FROM bounties
            WHERE state = \(BountyRecord.State.settling.rawValue) AND record -> 'shares' @> \(share)::text::jsonb
            ORDER BY id
            """
        ).map { try $0.get("id") }
    }

    // MARK: - Payout orders

    /// Before the first order is signed with it, so that every order can be verified with what is published.
    func register(_ key: PayoutPublicKey) throws {
        guard let bytes = key.bytes else { preconditionFailure("a public key is made of its bytes") }
        try transaction.execute(
            "INSERT INTO payout_keys (id, public_key) VALUES (\(key.id), \(bytes)) ON CONFLICT (id) DO NOTHING")
    }

    /// - Throws: A unique violation, where the recipient has an order for the bounty.
    func insert(_ payout: PayoutRecord) throws {
        try transaction.execute(
            """
            INSERT INTO payout_orders (id, bounty_id, recipient_id, account, key_id, canonical, signature, record, issued_at)
            VALUES (\(payout.id), \(payout.bounty), \(payout.recipient.id), \(payout.account), \(payout.keyID),
                    \(payout.canonical), \(payout.signature), \(try Self.text(payout)), \(payout.issuedAt))
            """)
    }

    /// Puts back what an event says of an order, where it is not there or is not as the event has it.
    func restore(_ payout: PayoutRecord) throws {
        guard try self.payout(payout.id) == nil else { return try update(payout) }
        try insert(payout)
    }

    /// - Parameter payout: The order as it was issued, and what became of it.
    func update(_ payout: PayoutRecord) throws {
        try transaction.execute(
            "UPDATE payout_orders SET record = \(try Self.text(payout)) WHERE id = \(payout.id)")
    }

    func payout(_ id: UUID) throws -> PayoutRecord? {
        try transaction.query("SELECT record FROM payout_orders WHERE id = \(id)").first
            .map { try Self.decoded($0, PayoutRecord.self) }
    }

    private static func text(_ payout: PayoutRecord) throws -> String {
        String(decoding: try JSONEncoder.wire().encode(payout), as: UTF8.self)
    }

    private static func decoded<Value: Decodable>(_ row: PostgresRow, _: Value.Type) throws -> Value {
        try JSONDecoder.wire().decode(Value.self, from: Data(try row.get("record", as: String.self).utf8))
    }
}
