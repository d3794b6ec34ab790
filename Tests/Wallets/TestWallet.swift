import CSecp256k1
package import Crypto
import Cryptography
import Encodings
package import IdentityDomain

/// A wallet whose key a test has, so that it can sign as a browser's wallet does.
package struct TestWallet: Sendable {
    private enum Key: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case secp256k1([UInt8])
    }

    package static let cosmosChains = CosmosChains("cosmoshub-4=cosmos,osmosis-1=osmo,evmos_9001-2=evmos/ethsecp256k1")

    /// CAIP-10.
    package let name: String
    package let signing: SigningScheme
    private let key: Key

    package static func solana(_ key: Curve25519.Signing.PrivateKey = .init()) -> TestWallet {
        TestWallet(
            name: "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:\(Base58.encode(Array(key.publicKey.rawRepresentation)))",
            signing: .ed25519, key: .ed25519(key))
    }

    package static func ethereum(_ secret: [UInt8] = randomSecret(), chain: Int = 1) -> TestWallet {
        let address = LegacyHash.keccak256(Array(publicKey(secret, compressed: false).dropFirst())).suffix(20)
        return TestWallet(
            name: "eip155:\(chain):0x\(Hexadecimal.encode(address))", signing: .eip191, key: .secp256k1(secret))
    }

    package static func cosmos(
        _ secret: [UInt8] = randomSecret(), chain: String = "cosmoshub-4", prefix: String = "cosmos"
    ) -> TestWallet {
        let key = publicKey(secret, compressed: true)
        let hash = LegacyHash.ripemd160(Array(SHA256.hash(data: key)))
        return TestWallet(
            name: "cosmos:\(chain):\(Bech32(prefix: prefix, bytes: hash).text)", signing: .adr036,
            key: .secp256k1(secret))
    }

    package static func evmos(_ secret: [UInt8] = randomSecret()) -> TestWallet {
        let hash = LegacyHash.keccak256(Array(publicKey(secret, compressed: false).dropFirst())).suffix(20)
        return TestWallet(
            name: "cosmos:evmos_9001-2:\(Bech32(prefix: "evmos", bytes: Array(hash)).text)",
            signing: .adr036Ethermint, key: .secp256k1(secret))
    }

    package var address: String { String(name[name.index(after: name.lastIndex(of: ":") ?? name.startIndex)...]) }

    /// In base64, of Cosmos; nil of the others.
    package var publicKey: String? {
        guard case .secp256k1(let secret) = key, signing != .eip191 else { return nil }
        return StrictBase64.encode(Self.publicKey(secret, compressed: true))
    }

    /// As the family's wallets give it.
    package func sign(_ text: String) throws -> String {
        switch (signing, key) {
        case (.ed25519, .ed25519(let key)): return Base58.encode(Array(try key.signature(for: Array(text.utf8))))
        case (.eip191, .secp256k1(let secret)):
            let signature = Self.sign(SignedBytes.eip191(text), secret)
            return "0x" + Hexadecimal.encode(signature.compact + [signature.recoveryID + 27])
        case (.adr036, .secp256k1(let secret)):
            let digest = Array(SHA256.hash(data: SignedBytes.adr036(text, signer: address)))
            return StrictBase64.encode(Self.sign(digest, secret).compact)
        case (.adr036Ethermint, .secp256k1(let secret)):
            let digest = LegacyHash.keccak256(SignedBytes.adr036(text, signer: address))
            return StrictBase64.encode(Self.sign(digest, secret).compact)
        default: preconditionFailure("a key of the wrong curve")
        }
    }

    // MARK: - secp256k1

    private nonisolated(unsafe) static let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_SIGN))

    package static func randomSecret() -> [UInt8] { (0..<32).map { _ in .random(in: 1...254) } }

    package static func publicKey(_ secret: [UInt8], compressed: Bool) -> [UInt8] {
        var key = secp256k1_pubkey()
        precondition(secp256k1_ec_pubkey_create(required(context), &key, secret) == 1, "not a secret key")
        var size = compressed ? 33 : 65
        var bytes = [UInt8](repeating: 0, count: size)
        let flags = UInt32(compressed ? SECP256K1_EC_COMPRESSED : SECP256K1_EC_UNCOMPRESSED)
        secp256k1_ec_pubkey_serialize(required(context), &bytes, &size, &key, flags)
        return bytes
    }

    package static func sign(_ digest: [UInt8], _ secret: [UInt8]) -> (compact: [UInt8], recoveryID: UInt8) {
        var signature = secp256k1_ecdsa_recoverable_signature()
        precondition(
            secp256k1_ecdsa_sign_recoverable(required(context), &signature, digest, secret, nil, nil) == 1,
            "not a secret key")
        var compact = [UInt8](repeating: 0, count: 64)
        var recoveryID: Int32 = 0
        secp256k1_ecdsa_recoverable_signature_serialize_compact(required(context), &compact, &recoveryID, &signature)
        return (compact, UInt8(recoveryID))
    }

    private static func required<Pointer>(_ pointer: Pointer?) -> Pointer {
        guard let pointer else { preconditionFailure("the library gave nothing") }
        return pointer
    }
}
