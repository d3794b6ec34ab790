import CSecp256k1

/// Making signatures: for wallets that are played, in development. Services only check them.
extension Secp256k1 {
    package static let secretSize = 32

    /// One for the life of the process. Calls that sign only read it, on any thread.
    nonisolated(unsafe) private static let signingContext = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_SIGN))

    /// Uncompressed; nil where the secret is none: not 32 bytes, zero, or beyond the curve's order.
    package static func publicKey(of secret: [UInt8]) -> [UInt8]? {
        guard let signingContext, secret.count == secretSize else { return nil }
        var key = secp256k1_pubkey()
        guard secp256k1_ec_pubkey_create(signingContext, &key, secret) == 1 else { return nil }
        return serialized(key, compressed: false)
    }

    /// Deterministic (RFC 6979), with the lower s.
    /// - Returns: 64 bytes and the parity of the signature's point; nil where the secret is none.
    package static func sign(_ digest: [UInt8], with secret: [UInt8]) -> (signature: [UInt8], recoveryID: UInt8)? {
        guard let signingContext, secret.count == secretSize, digest.count == digestSize else { return nil }
        var signature = secp256k1_ecdsa_recoverable_signature()
        guard secp256k1_ecdsa_sign_recoverable(signingContext, &signature, digest, secret, nil, nil) == 1 else {
            return nil
        }
        var compact = [UInt8](repeating: 0, count: signatureSize)
        var recoveryID: Int32 = 0
        secp256k1_ecdsa_recoverable_signature_serialize_compact(signingContext, &compact, &recoveryID, &signature)
        return (compact, UInt8(recoveryID))
    }
}
