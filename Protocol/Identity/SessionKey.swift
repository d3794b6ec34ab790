package import Crypto
import Encodings
import FoundationEssentials

/// A key that signs session tokens: Ed25519, from a seed of 32 bytes.
package struct SessionSigningKey: Sendable {
    package let id: SessionKeyID
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 64 hexadecimal digits (RFC 8032, section 5.1.5).
    package init?(seed: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(seed), bytes.count == 32,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
        id = SessionKeyID(of: Array(key.publicKey.rawRepresentation))
    }

    package var publicKey: SessionPublicKey {
        SessionPublicKey(id: id.text, publicKey: Base64URL.encode(key.publicKey.rawRepresentation))
    }

    func signature(of bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }

    /// Another key for another use, that nobody can tell this one from (HKDF, RFC 5869).
    package func derivedKey(for use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.rawRepresentation), info: Array(use.utf8), outputByteCount: 32)
    }
}

/// The first 8 bytes of the SHA-256 of a public key, in hexadecimal digits.
package struct SessionKeyID: Sendable, Hashable {
    package let text: String

    init(of publicKey: [UInt8]) {
        text = Hexadecimal.encode(SHA256.hash(data: publicKey).prefix(8))
    }
}

/// A public key as the identity service publishes it.
package struct SessionPublicKey: Codable, Sendable, Equatable {
    package var id: String
    /// 32 bytes in base64url.
    package var publicKey: String

    enum CodingKeys: String, CodingKey {
        case id
        case publicKey = "public_key"
    }
}
