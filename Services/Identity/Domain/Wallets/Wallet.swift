package import Money

/// An account on a chain, named as CAIP-10 says (`solana:5eykt4…:7S3P4H…`). Exists only in its canonical form.
package struct Wallet: Sendable, Hashable, CustomStringConvertible {
    package let family: WalletFamily
    package let chain: ChainID
    /// Canonical: Ethereum's with its checksum, Cosmos' in lower case.
    package let address: String
    /// What stays the same when one key is used on several chains of its family: 32 bytes of Solana, 20 of the others.
    /// Two wallets are the same to us when family and key are.
    package let key: [UInt8]
    package let signing: SigningScheme

    /// - Throws: ``WalletError``: says which part is wrong.
    package init(_ text: String, cosmosChains: CosmosChains) throws(WalletError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].utf8.count <= 128, let chain = ChainID("\(parts[0]):\(parts[1])") else {
            throw WalletError(.malformed, "a wallet is named as namespace:chain:address (CAIP-10)")
        }
        guard let family = WalletFamily.allCases.first(where: { $0.chainNamespace == chain.namespace }) else {
            throw WalletError(.unknownChain, "wallets are of solana, eip155 or cosmos, not of \(chain.namespace)")
        }
        self.family = family
        self.chain = chain
        switch family {
        case .solana:
            guard SolanaChain(reference: chain.reference) != nil else {
                throw WalletError(.unknownChain, "Solana's mainnet, devnet or testnet is expected, not \(chain)")
            }
            key = try SolanaAddress.key(of: parts[2])
            address = String(parts[2])
            signing = .ed25519
        case .ethereum:
            guard EthereumAddress.isChain(chain.reference) else {
                throw WalletError(.unknownChain, "a chain of eip155 is a number from 1 without leading zeros")
            }
            key = try EthereumAddress.key(of: parts[2])
            address = EthereumAddress.text(of: key)
            signing = .eip191
        case .cosmos:
            guard let cosmos = cosmosChains[chain.reference] else {
                throw WalletError(.unknownChain, "\(chain) is not one of the configured chains: \(cosmosChains)")
            }
            key = try cosmos.key(of: parts[2])
            address = cosmos.address(of: key)
            signing = cosmos.algorithm == .secp256k1 ? .adr036 : .adr036Ethermint
        }
    }

    /// CAIP-10.
    package var description: String { "\(chain):\(address)" }

    /// The same key, perhaps on another chain.
    package func isSame(as other: Wallet) -> Bool { family == other.family && key == other.key }
}

/// How a wallet signs a text.
package enum SigningScheme: String, Sendable, Hashable {
    /// Ed25519 over the text itself: `signMessage` of Solana's wallets.
    case ed25519
    /// secp256k1 with recovery: `personal_sign` (EIP-191).
    case eip191
    /// secp256k1 over the SHA-256 of an ADR-036 document: `signArbitrary`.
    case adr036
    /// The same with Ethermint's keys: Keccak-256, and addresses as Ethereum's.
    case adr036Ethermint = "adr036-ethsecp256k1"
}

/// Why a text names no wallet.
package struct WalletError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable { case malformed, unknownChain, badAddress, badChecksum, wrongPrefix }

    package let code: Code
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
