import Crypto
import Cryptography

/// A chain built with the Cosmos SDK: how its addresses begin, and how its keys sign.
package struct CosmosChain: Sendable, Hashable {
    package enum KeyAlgorithm: String, Sendable, Hashable, CaseIterable {
        case secp256k1
        /// Ethermint's, as of Evmos and Injective.
        case ethsecp256k1
    }

    /// The reference of CAIP-2: `cosmoshub-4`.
    package let reference: String
    package let prefix: String
    package let algorithm: KeyAlgorithm

    private static let keySize = 20

    func key(of text: some StringProtocol) throws(WalletError) -> [UInt8] {
        guard let decoded = Bech32(text), let key = decoded.bytes, key.count == Self.keySize else {
            throw WalletError(.badAddress, "an address of \(reference) is 20 bytes in bech32")
        }
        guard decoded.prefix == prefix else {
            throw WalletError(.wrongPrefix, "addresses of \(reference) begin with \(prefix)1")
        }
        return key
    }

    func address(of key: [UInt8]) -> String { Bech32(prefix: prefix, bytes: key).text }
}

extension SigningScheme {
    /// The address' bytes of a public key of 33 bytes, in a family of Cosmos.
    func cosmosKey(ofPublicKey publicKey: [UInt8]) -> [UInt8]? {
        switch self {
        case .adr036: LegacyHash.ripemd160(Array(SHA256.hash(data: publicKey)))
        case .adr036Ethermint: Secp256k1.uncompressed(publicKey).map { EthereumAddress.key(ofPublicKey: $0) }
        case .ed25519, .eip191: nil
        }
    }
}

/// The chains of Cosmos that wallets may be of.
package struct CosmosChains: Sendable, Hashable, CustomStringConvertible {
    package static let standard = CosmosChains([
        CosmosChain(reference: "cosmoshub-4", prefix: "cosmos", algorithm: .secp256k1)
    ])

    package let chains: [CosmosChain]

    init(_ chains: [CosmosChain]) { self.chains = chains }

    /// - Parameter text: `cosmoshub-4=cosmos`, or with Ethermint's keys `evmos_9001-2=evmos/ethsecp256k1`; comma-separated.
    /// - Returns: Nil where it is anything else, or names a chain twice.
    package init?(_ text: String) {
        var chains: [CosmosChain] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let prefixPart = parts.last else { return nil }
            let words = prefixPart.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(words.count),
                let algorithm = words.count == 1 ? .secp256k1 : CosmosChain.KeyAlgorithm(rawValue: String(words[1])),
                (1...20).contains(words[0].utf8.count),
                words[0].utf8.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }),
                (1...32).contains(parts[0].utf8.count), !chains.contains(where: { $0.reference == parts[0] })
            else { return nil }
            chains.append(
                CosmosChain(reference: String(parts[0]), prefix: String(words[0]), algorithm: algorithm))
        }
        self.init(chains)
    }

    subscript(reference: String) -> CosmosChain? { chains.first { $0.reference == reference } }

    package var description: String {
        chains.map { chain in
            "\(chain.reference)=\(chain.prefix)"
                + (chain.algorithm == .secp256k1 ? "" : "/\(chain.algorithm.rawValue)")
        }.joined(separator: ",")
    }
}
