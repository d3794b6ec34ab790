import Crypto
import Encodings
package import Events
import FoundationEssentials
import IdentityProtocol

/// A key that signs payout orders: Ed25519, from a seed of 32 bytes.
package struct PayoutSigningKey: Sendable {
    package let publicKey: PayoutPublicKey
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 64 hexadecimal digits (RFC 8032, section 5.1.5).
    package init?(seed: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(seed), bytes.count == 32,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
        publicKey = PayoutPublicKey(bytes: Array(key.publicKey.rawRepresentation))
    }

    package var id: String { publicKey.id }

    /// The order with its text and signature, as others see it.
    /// - Parameters:
    ///   - order: Names this key.
    ///   - recipient: Who is paid, with the label that the order itself leaves out.
    package func sign(_ order: PayoutOrder, to recipient: BountyRecord.Account) throws -> PayoutRecord {
        precondition(order.keyID == id && order.recipient == recipient.id, "the order names another key or recipient")
        let canonical = order.canonical
        let signature = try key.signature(for: PayoutOrder.signedBytes(canonical))
        return PayoutRecord(
            id: order.id, bounty: order.bounty, recipient: recipient, account: order.account, asset: order.asset,
            units: order.units, issuedAt: order.issuedAt, keyID: order.keyID, canonical: canonical,
            signature: signature.base64EncodedString())
    }
}

/// A public key of payout orders as it is published.
package struct PayoutPublicKey: Codable, Sendable, Equatable {
    /// The first 8 bytes of the SHA-256 of the key, in hexadecimal digits.
    package var id: String
    /// `Ed25519`.
    package var algorithm: String
    /// 32 bytes in base64.
    package var publicKey: String

    package init(bytes: [UInt8]) {
        id = Self.id(of: bytes)
        algorithm = Self.ed25519
        publicKey = Data(bytes).base64EncodedString()
    }

    package static let ed25519 = "Ed25519"

    /// Nil where they are not base64.
    package var bytes: [UInt8]? { Data(base64Encoded: publicKey).map { Array($0) } }

    static func id(of bytes: [UInt8]) -> String {
        Hexadecimal.encode(SHA256.hash(data: bytes).prefix(8))
    }

    enum CodingKeys: String, CodingKey {
        case id, algorithm
        case publicKey = "public_key"
    }
}
