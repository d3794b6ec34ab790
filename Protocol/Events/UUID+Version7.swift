package import FoundationEssentials

extension UUID {
    private static let maximumMilliseconds: UInt64 = (1 << 48) - 1

    /// A time-ordered id (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 random bits.
    ///
    /// Ids of the same millisecond have no order among themselves. A time outside of the 48 bits counts as their end.
    package static func version7(at time: Date = .now) -> UUID {
        let exact = time.timeIntervalSince1970 * 1000
        let milliseconds = exact > 0 ? UInt64(min(exact, Double(maximumMilliseconds))) : 0
        var bytes = [UInt8](repeating: 0, count: 16)
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * index)) }
        for index in 6..<16 { bytes[index] = .random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
