import CSecp256k1

/// ECDSA on secp256k1 (SEC 2, section 2.4.1) by libsecp256k1: checking signatures.
///
/// Signatures are 64 bytes, r and s, and only those with the lower of the two possible s count (EIP-2, BIP-146), so that
/// nobody can make a second signature of one that he saw.
package enum Secp256k1 {
    /// Bytes of r and s.
    package static let signatureSize = 64
    /// Bytes of what is signed.
    package static let digestSize = 32
    package static let compressedKeySize = 33
    package static let uncompressedKeySize = 65

    /// One for the life of the process. Calls that verify only read it, on any thread.
    nonisolated(unsafe) private static let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_VERIFY))

    /// - Parameter publicKey: 33 or 65 bytes (SEC 1, section 2.3.3).
    /// - Returns: False also for what is no signature or no key.
    package static func isValid(signature: [UInt8], digest: [UInt8], publicKey: [UInt8]) -> Bool {
        guard let context, digest.count == digestSize, var signature = parsed(signature),
            var key = parsedKey(publicKey)
        else { return false }
        return secp256k1_ecdsa_verify(context, &signature, digest, &key) == 1
    }

    /// The public key that made a signature, uncompressed.
    /// - Parameter recoveryID: 0 or 1: the parity of the signature's point. 2 and 3, which no wallet makes, are refused.
    /// - Returns: Nil where the signature is none, or s is not the lower one.
    package static func recover(signature: [UInt8], recoveryID: UInt8, digest: [UInt8]) -> [UInt8]? {
        guard let context, digest.count == digestSize, recoveryID < 2, parsed(signature) != nil else { return nil }
        var recoverable = secp256k1_ecdsa_recoverable_signature()
        var key = secp256k1_pubkey()
        guard
            secp256k1_ecdsa_recoverable_signature_parse_compact(context, &recoverable, signature, Int32(recoveryID))
                == 1,
            secp256k1_ecdsa_recover(context, &key, &recoverable, digest) == 1
        else { return nil }
        return serialized(key, compressed: false)
    }

    /// The other forms of a public key; nil where it is none.
    package static func compressed(_ publicKey: [UInt8]) -> [UInt8]? {
        parsedKey(publicKey).flatMap { serialized($0, compressed: true) }
    }

    package static func uncompressed(_ publicKey: [UInt8]) -> [UInt8]? {
        parsedKey(publicKey).flatMap { serialized($0, compressed: false) }
    }

    /// Nil unless r and s are in range and s is the lower one.
    private static func parsed(_ signature: [UInt8]) -> secp256k1_ecdsa_signature? {
        guard let context, signature.count == signatureSize else { return nil }
        var parsed = secp256k1_ecdsa_signature()
        guard secp256k1_ecdsa_signature_parse_compact(context, &parsed, signature) == 1,
            secp256k1_ecdsa_signature_normalize(context, nil, &parsed) == 0
        else { return nil }
        return parsed
    }

    private static func parsedKey(_ bytes: [UInt8]) -> secp256k1_pubkey? {
        // The library also takes the hybrid form of SEC 1, which would be a second text for one key.
        guard let context,
            bytes.count == compressedKeySize || (bytes.count == uncompressedKeySize && bytes[0] == 4)
        else { return nil }
        var key = secp256k1_pubkey()
        return secp256k1_ec_pubkey_parse(context, &key, bytes, bytes.count) == 1 ? key : nil
    }

    static func serialized(_ key: secp256k1_pubkey, compressed: Bool) -> [UInt8]? {
        guard let context else { return nil }
        var key = key
        var size = compressed ? compressedKeySize : uncompressedKeySize
        var bytes = [UInt8](repeating: 0, count: size)
        let flags = UInt32(compressed ? SECP256K1_EC_COMPRESSED : SECP256K1_EC_UNCOMPRESSED)
        guard secp256k1_ec_pubkey_serialize(context, &bytes, &size, &key, flags) == 1, size == bytes.count else {
            return nil
        }
        return bytes
    }
}
