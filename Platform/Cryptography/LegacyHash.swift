import CBotan

/// Hash functions of blockchains that swift-crypto does not have.
package enum LegacyHash {
    /// Keccak-256 as Ethereum has it: the original padding, not that of SHA3-256 (FIPS 202).
    package static func keccak256(_ bytes: [UInt8]) -> [UInt8] { digest("Keccak-1600(256)", size: 32, of: bytes) }

    /// RIPEMD-160 (ISO/IEC 10118-3).
    package static func ripemd160(_ bytes: [UInt8]) -> [UInt8] { digest("RIPEMD-160", size: 20, of: bytes) }

    private static func digest(_ name: String, size: Int, of bytes: [UInt8]) -> [UInt8] {
        var hash: botan_hash_t?
        var digest = [UInt8](repeating: 0, count: size)
        let status = botan_hash_init(&hash, name, 0)
        precondition(status == 0, "botan has no \(name): \(status)")
        defer { botan_hash_destroy(hash) }
        let outcome = (botan_hash_update(hash, bytes, bytes.count), botan_hash_final(hash, &digest))
        precondition(outcome == (0, 0), "\(name) failed: \(outcome)")
        return digest
    }
}
