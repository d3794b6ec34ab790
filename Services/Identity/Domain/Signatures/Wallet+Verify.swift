import Crypto
import Cryptography
import Encodings
import Money

extension Wallet {
    /// Checks that this wallet signed exactly this text.
    /// - Parameters:
    ///   - signature: As the family's wallets give it: base58 (Solana), 0x and hexadecimal digits (Ethereum), base64 (Cosmos).
    ///   - publicKey: Of Cosmos, in base64: its signatures do not tell it. Others must not have one.
    package func verify(_ signature: String, publicKey: String?, of text: String) throws(SignatureError) {
        guard family == .cosmos || publicKey == nil else {
            throw SignatureError(.malformedKey, "a public key is given with signatures of Cosmos only")
        }
        switch signing {
        case .ed25519: try verifyEd25519(signature, text)
        case .eip191: try verifyEIP191(signature, text)
        case .adr036, .adr036Ethermint: try verifyADR036(signature, publicKey, text)
        }
    }

    private func verifyEd25519(_ signature: String, _ text: String) throws(SignatureError) {
        guard let bytes = Base58.decode(signature), bytes.count == 64 else {
            throw SignatureError(.malformed, "a signature of Solana is 64 bytes in base58")
        }
        guard let publicKey = try? Curve25519.Signing.PublicKey(rawRepresentation: key),
            publicKey.isValidSignature(bytes, for: Array(text.utf8))
        else {
            throw SignatureError(
                .mismatch, "the signature is not this wallet's over the message; sign it with signMessage, unchanged")
        }
    }

    private func verifyEIP191(_ signature: String, _ text: String) throws(SignatureError) {
        guard signature.hasPrefix("0x"), let bytes = Hexadecimal.decode(signature.dropFirst(2)), !bytes.isEmpty else {
            throw SignatureError(.malformed, "a signature of Ethereum is 0x and hexadecimal digits")
        }
        guard bytes.count <= 65 else {
            throw SignatureError(
                .contractWallet, "this looks like the signature of a contract wallet; \(Self.noContracts)")
        }
        guard bytes.count == 65 else {
            throw SignatureError(.malformed, "a signature of Ethereum is 65 bytes: r, s and v")
        }
        let recoveryID: UInt8
        switch bytes[64] {
        case 0, 27: recoveryID = 0
        case 1, 28: recoveryID = 1
        default: throw SignatureError(.malformed, "the last byte of the signature must be 0, 1, 27 or 28")
        }
        let compact = Array(bytes[..<64])
        try Self.requireLowS(compact)
        let publicKey = Secp256k1.recover(
            signature: compact, recoveryID: recoveryID, digest: SignedBytes.eip191(text))
        guard let publicKey, EthereumAddress.key(ofPublicKey: publicKey) == key else {
            throw SignatureError(.mismatch, "the signature is not this wallet's over the message; \(Self.noContracts)")
        }
    }

    private static let noContracts =
        "contract wallets (EIP-1271) are not supported, use an account with a key of its own"

    private func verifyADR036(
        _ signature: String, _ publicKey: String?, _ text: String
    ) throws(SignatureError) {
        guard let compact = StrictBase64.decode(signature), compact.count == 64 else {
            throw SignatureError(.malformed, "a signature of Cosmos is 64 bytes in base64")
        }
        guard let publicKey else {
            throw SignatureError(.malformedKey, "signatures of Cosmos need their public key")
        }
        guard let keyBytes = StrictBase64.decode(publicKey), keyBytes.count == Secp256k1.compressedKeySize,
            Secp256k1.compressed(keyBytes) == keyBytes
        else { throw SignatureError(.malformedKey, "the public key is 33 bytes of secp256k1 in base64") }
        guard signing.cosmosKey(ofPublicKey: keyBytes) == key else {
            throw SignatureError(.otherKey, "the public key is not the one of this wallet's address")
        }
        try Self.requireLowS(compact)
        let digest = SignedBytes.adr036Digest(text, signer: address, scheme: signing)
        guard Secp256k1.isValid(signature: compact, digest: digest, publicKey: keyBytes) else {
            throw SignatureError(
                .mismatch, "the signature is not this wallet's over the message; sign it with signArbitrary (ADR-036)")
        }
    }

    private static func requireLowS(_ compact: [UInt8]) throws(SignatureError) {
        if compact[32...].lexicographicallyPrecedes(halfOrderSuccessor) { return }
        throw SignatureError(.highS, "the signature has the higher of its two possible values of s")
    }

    /// (n + 1) / 2 of secp256k1: the least s that is too high.
    private static let halfOrderSuccessor: [UInt8] =
        [0x7F] + [UInt8](repeating: 0xFF, count: 15) + [
            0x5D, 0x57, 0x6E, 0x73, 0x57, 0xA4, 0x50, 0x1D, 0xDF, 0xE9, 0x2F, 0x46, 0x68, 0x1B, 0x20, 0xA1,
        ]
}
