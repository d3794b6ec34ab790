package import FoundationEssentials

/// A payout order as others see it: in events and in the gateway's answers. Field names are the JSON's.
///
/// ``canonical`` and ``signature`` are the order itself, and verify on their own; the other members say the same in parts, or,
/// as ``state`` does, what became of it.
package struct PayoutRecord: Codable, Sendable, Equatable {
    package enum State: String, Codable, Sendable, CaseIterable {
        case issued
        /// The treasury executed it, and said by which transaction.
        case acknowledged
    }

    package var id: UUID
    package var bounty: UUID
    package var recipient: BountyRecord.Account
    /// CAIP-10: pinned for good.
    package var account: String
    /// CAIP-19.
    package var asset: String
    /// Of the smallest unit.
    package var units: String
    package var issuedAt: Date
    package var keyID: String
    /// The text that is signed: canonical JSON (RFC 8785).
    package var canonical: String
    /// Ed25519, in base64.
    package var signature: String
    package var state: State
    /// By which it was executed, once acknowledged.
    package var transaction: String?

    package init(
        id: UUID, bounty: UUID, recipient: BountyRecord.Account, account: String, asset: String, units: String,
        issuedAt: Date, keyID: String, canonical: String, signature: String, state: State = .issued,
        transaction: String? = nil
    ) {
        self.id = id
        self.bounty = bounty
        self.recipient = recipient
        self.account = account
        self.asset = asset
        self.units = units
        self.issuedAt = issuedAt
        self.keyID = keyID
        self.canonical = canonical
        self.signature = signature
        self.state = state
        self.transaction = transaction
    }

    enum CodingKeys: String, CodingKey {
        case id, bounty, recipient, account, asset, units, canonical, signature, state, transaction
        case issuedAt = "issued_at"
        case keyID = "key_id"
    }
}
