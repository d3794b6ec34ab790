import ArgumentParser
import Crypto
import Cryptography
import Encodings
import IdentityDomain

/// A wallet that somebody of the sandbox has, which signs as a browser's wallet of its family does.
struct SandboxWallet {
    enum Family: String, CaseIterable, ExpressibleByArgument {
        case solana, ethereum, cosmos

        /// Whose wallets an asset (CAIP-19) is paid to. Nil for chains of which the sandbox has no wallets.
        init?(asset: String) {
            switch asset.prefix(while: { $0 != ":" }) {
            case "solana": self = .solana
            case "eip155": self = .ethereum
            case "cosmos": self = .cosmos
            default: return nil
            }
        }
    }

    private enum Key {
        case ed25519(Curve25519.Signing.PrivateKey)
        case ethereum([UInt8])
        case cosmos([UInt8])
    }

    private struct NoSignature: Error {}

    /// CAIP-10: on the main chain of the family.
    let name: String
    /// In base64, of Cosmos; nil of the others, which sign so that nobody needs it.
    let publicKey: String?
    private let address: String
    private let key: Key

    /// Nil where the secret is none of the family's curve.
    init?(_ family: Family, secret: [UInt8]) {
        let chain: String
        switch family {
        case .solana:
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
            self.key = .ed25519(key)
            chain = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"
            address = Base58.encode(Array(key.publicKey.rawRepresentation))
            publicKey = nil
        case .ethereum:
            guard let publicKey = Secp256k1.publicKey(of: secret) else { return nil }
            key = .ethereum(secret)
            chain = "eip155:1"
            address = "0x" + Hexadecimal.encode(LegacyHash.keccak256(Array(publicKey.dropFirst())).suffix(20))
            self.publicKey = nil
        case .cosmos:
            guard let publicKey = Secp256k1.publicKey(of: secret).flatMap(Secp256k1.compressed) else { return nil }
            key = .cosmos(secret)
            chain = "cosmos:cosmoshub-4"
            let hash = LegacyHash.ripemd160(Array(SHA256.hash(data: publicKey)))
            address = Bech32(prefix: "cosmos", bytes: hash).text
            self.publicKey = StrictBase64.encode(publicKey)
        }
        name = "\(chain):\(address)"
    }

    /// A new one, and its secret.
    static func make(_ family: Family) -> (SandboxWallet, secret: [UInt8]) {
        while true {
            let secret = (0..<Secp256k1.secretSize).map { _ in UInt8.random(in: .min ... .max) }
            // Nearly every secret is one.
            if let wallet = SandboxWallet(family, secret: secret) { return (wallet, secret) }
        }
    }

    /// In the form that the family's signatures have: base58, 0x hexadecimal, base64.
    func sign(_ message: String) throws -> String {
        switch key {
        case .ed25519(let key): return Base58.encode(Array(try key.signature(for: Array(message.utf8))))
        case .ethereum(let secret):
            guard let made = Secp256k1.sign(SignedBytes.eip191(message), with: secret) else { throw NoSignature() }
            return "0x" + Hexadecimal.encode(made.signature + [made.recoveryID + 27])
        case .cosmos(let secret):
            let digest = Array(SHA256.hash(data: SignedBytes.adr036(message, signer: address)))
            guard let made = Secp256k1.sign(digest, with: secret) else { throw NoSignature() }
            return StrictBase64.encode(made.signature)
        }
    }
}
