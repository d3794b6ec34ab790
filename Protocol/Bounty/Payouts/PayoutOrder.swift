import Events
package import FoundationEssentials

/// An order to pay one share of one bounty, once. It stands on its own: who has it and the public keys needs nobody else.
///
/// Its text is ``canonical``: JSON as RFC 8785 has it, an object of texts (`account`, `asset`, `bounty`, `id`, `issued_at`,
/// `key_id`, `recipient`, `units`). What is signed, with Ed25519 (RFC 8032), is `bursar-payout-order-v1`, a line feed, and
/// that text.
package struct PayoutOrder: Sendable, Equatable {
    /// Keeps a signature of an order from being one of anything else.
    package static let context = "bursar-payout-order-v1\n"

    package var id: UUID
    package var bounty: UUID
    /// The GitHub id of who is paid.
    package var recipient: Int64
    /// CAIP-10: where to.
    package var account: String
    /// CAIP-19.
    package var asset: String
    /// Of the smallest unit, in digits.
    package var units: String
    package var issuedAt: Date
    package var keyID: String

    package init(
        id: UUID, bounty: UUID, recipient: Int64, account: String, asset: String, units: String, issuedAt: Date,
        keyID: String
    ) {
        self.id = id
        self.bounty = bounty
        self.recipient = recipient
        self.account = account
        self.asset = asset
        self.units = units
        self.issuedAt = issuedAt
        self.keyID = keyID
    }

    package var canonical: String {
        CanonicalJSON.object([
            "account": .text(account), "asset": .text(asset), "bounty": .text(bounty.wireText),
            "id": .text(id.wireText),
            "issued_at": .text(issuedAt.wireText), "key_id": .text(keyID), "recipient": .text(String(recipient)),
            "units": .text(units),
        ]).serialized
    }

    /// Nil unless each member is what an order can have, and the text is what ``canonical`` makes of its order, byte for byte.
    package init?(canonical text: String) {
        struct Members: Decodable {
            var account: String
            var asset: String
            var bounty: UUID
            var id: UUID
            var issued_at: Date
            var key_id: String
            var recipient: String
            var units: String
        }
        guard let members = try? JSONDecoder.wire().decode(Members.self, from: Data(text.utf8)),
            let recipient = Int64(members.recipient), recipient > 0,
            !members.units.isEmpty, members.units.utf8.first != UInt8(ascii: "0"),
            members.units.utf8.allSatisfy(Self.isDigit),
            members.key_id.utf8.count == 16,
            members.key_id.utf8.allSatisfy({ Self.isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
            ),
            // What is shown on a terminal, and names of CAIP.
            (members.account + members.asset).utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { return nil }
        self.init(
            id: members.id, bounty: members.bounty, recipient: recipient, account: members.account,
            asset: members.asset, units: members.units, issuedAt: members.issued_at, keyID: members.key_id)
        // By bytes: texts that are equal to Swift may differ in how accents are written.
        guard canonical.utf8.elementsEqual(text.utf8) else { return nil }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    package static func signedBytes(_ canonical: String) -> [UInt8] { Array((context + canonical).utf8) }
}
