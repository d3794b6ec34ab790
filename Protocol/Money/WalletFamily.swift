/// A kind of wallet: how its addresses look and how it signs.
package enum WalletFamily: String, Sendable, Hashable, Codable, CaseIterable {
    case solana, ethereum, cosmos

    /// The CAIP-2 namespace of the chains that such a wallet holds accounts on.
    package var chainNamespace: String {
        switch self {
        case .solana: "solana"
        case .ethereum: "eip155"
        case .cosmos: "cosmos"
        }
    }
}
