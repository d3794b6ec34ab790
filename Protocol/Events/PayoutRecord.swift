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

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UUID.self, forKey: .id)
        bounty = try container.decode(UUID.self, forKey: .bounty)
        recipient = try container.decode(BountyRecord.Account.self, forKey: .recipient)
        account = try container.decode(String.self, forKey: .account)
        asset = try container.decode(String.self, forKey: .asset)
        units = try container.decode(String.self, forKey: .units)
        issuedAt = try container.decode(Date.self, forKey: .issuedAt)
        keyID = try container.decode(String.self, forKey: .keyID)
        canonical = try container.decode(String.self, forKey: .canonical)
        signature = try container.decode(String.self, forKey: .signature)
        state = try container.decode(State.self, forKey: .state)
        transaction = try container.decodeIfPresent(String.self, forKey: .transaction)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id.wireText, forKey: .id)
        try container.encode(bounty.wireText, forKey: .bounty)
        try container.encode(recipient, forKey: .recipient)
        try container.encode(account, forKey: .account)
        try container.encode(asset, forKey: .asset)
        try container.encode(units, forKey: .units)
        try container.encode(issuedAt, forKey: .issuedAt)
        try container.encode(keyID, forKey: .keyID)
        try container.encode(canonical, forKey: .canonical)
        try container.encode(signature, forKey: .signature)
        try container.encode(state, forKey: .state)
        try container.encodeIfPresent(transaction, forKey: .transaction)
    }

    enum CodingKeys: String, CodingKey {
        case id, bounty, recipient, account, asset, units, canonical, signature, state, transaction
        case issuedAt = "issued_at"
        case keyID = "key_id"
    }
}
