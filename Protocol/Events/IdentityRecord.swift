package import FoundationEssentials

/// An account of GitHub and the wallets that are linked to it, as others see them: in events and in the gateway's answers.
package struct IdentityRecord: Codable, Sendable, Equatable {
    package struct Account: Codable, Sendable, Equatable {
        package var id: Int64
        /// A label, refreshed when the account signs in; nil where it was erased.
        package var login: String?

        package init(id: Int64, login: String?) {
            self.id = id
            self.login = login
        }
    }

    package var github: Account
    /// Of the account's events, from 1.
    package var version: Int
    /// Those that are active or pending, the oldest first.
    package var links: [LinkRecord]
    package var updatedAt: Date

    package init(github: Account, version: Int, links: [LinkRecord], updatedAt: Date) {
        self.github = github
        self.version = version
        self.links = links
        self.updatedAt = updatedAt
    }

    enum CodingKeys: String, CodingKey {
        case github, version, links
        case updatedAt = "updated_at"
    }
}

/// One wallet of an account.
package struct LinkRecord: Codable, Sendable, Equatable {
    package enum State: String, Codable, Sendable, CaseIterable {
        /// Proven, and in effect after the cooling-off period.
        case pending
        /// Payouts go to it.
        case active
        /// Stopped, replaced or unlinked: for good.
        case revoked
    }

    package var id: UUID
    /// CAIP-10; nil where it was erased.
    package var wallet: String?
    /// `solana`, `ethereum` or `cosmos`.
    package var family: String
    package var state: State
    /// When the wallet was proven.
    package var linkedAt: Date
    /// From when payouts go to it.
    package var effectiveAt: Date
    /// Since when they do not.
    package var revokedAt: Date?

    package init(
        id: UUID, wallet: String?, family: String, state: State, linkedAt: Date, effectiveAt: Date,
        revokedAt: Date? = nil
    ) {
        self.id = id
        self.wallet = wallet
        self.family = family
        self.state = state
        self.linkedAt = linkedAt
        self.effectiveAt = effectiveAt
        self.revokedAt = revokedAt
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UUID.self, forKey: .id)
        wallet = try container.decodeIfPresent(String.self, forKey: .wallet)
        family = try container.decode(String.self, forKey: .family)
        state = try container.decode(State.self, forKey: .state)
        linkedAt = try container.decode(Date.self, forKey: .linkedAt)
        effectiveAt = try container.decode(Date.self, forKey: .effectiveAt)
        revokedAt = try container.decodeIfPresent(Date.self, forKey: .revokedAt)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id.wireText, forKey: .id)
        try container.encodeIfPresent(wallet, forKey: .wallet)
        try container.encode(family, forKey: .family)
        try container.encode(state, forKey: .state)
        try container.encode(linkedAt, forKey: .linkedAt)
        try container.encode(effectiveAt, forKey: .effectiveAt)
        try container.encodeIfPresent(revokedAt, forKey: .revokedAt)
    }

    enum CodingKeys: String, CodingKey {
        case id, wallet, family, state
        case linkedAt = "linked_at"
        case effectiveAt = "effective_at"
        case revokedAt = "revoked_at"
    }
}
