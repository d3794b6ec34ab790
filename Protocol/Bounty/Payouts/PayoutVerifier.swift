import Crypto
package import Events
import FoundationEssentials

/// Checks payout orders with the published keys. Pure: keeps nothing, asks nobody.
package struct PayoutVerifier: Sendable {
    private let keys: [String: Curve25519.Signing.PublicKey]

    /// What is no key, or has not the id that follows from it, is left out.
    package init(_ published: [PayoutPublicKey]) {
        var keys: [String: Curve25519.Signing.PublicKey] = [:]
        for key in published where key.algorithm == PayoutPublicKey.ed25519 {
            guard let bytes = Data(base64Encoded: key.publicKey), PayoutPublicKey.id(of: Array(bytes)) == key.id,
                let parsed = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            else { continue }
            keys[key.id] = parsed
        }
        self.keys = keys
    }

    package var keyCount: Int { keys.count }

    /// - Returns: The order, as it was signed.
    /// - Throws: ``PayoutError``.
    package func verify(_ record: PayoutRecord) throws(PayoutError) -> PayoutOrder {
        guard let order = PayoutOrder(canonical: record.canonical) else { throw .notCanonical }
        guard let key = keys[order.keyID] else { throw .unknownKey(order.keyID) }
        guard let signature = Data(base64Encoded: record.signature),
            key.isValidSignature(signature, for: PayoutOrder.signedBytes(record.canonical))
        else { throw .badSignature }
        // What is executed may be read from the members: they must say what was signed.
        let differing: [(String, Bool)] = [
            ("id", record.id != order.id), ("bounty", record.bounty != order.bounty),
            ("recipient", record.recipient.id != order.recipient), ("account", record.account != order.account),
            ("asset", record.asset != order.asset), ("units", record.units != order.units),
            ("issued_at", record.issuedAt != order.issuedAt), ("key_id", record.keyID != order.keyID),
        ]
        if let first = differing.first(where: \.1) { throw .otherMember(first.0) }
        return order
    }
}

/// Why a payout order is not to be executed.
package enum PayoutError: Error, Sendable, Equatable, CustomStringConvertible {
    case notCanonical
    case unknownKey(String)
    case badSignature
    /// A member says something else than the text that was signed.
    case otherMember(String)

    package var description: String {
        switch self {
        case .notCanonical: "canonical is not the canonical JSON of a payout order"
        case .unknownKey(let id): "the key \(id) is not among those given"
        case .badSignature: "the signature is not the key's over this text"
        case .otherMember(let name): "\(name) is not what was signed"
        }
    }
}
