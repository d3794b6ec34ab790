package import FoundationEssentials

extension UUID {
    /// A time-ordered id (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then 74 random bits.
    ///
    /// Ids of the same millisecond have no order among themselves.
    package static func version7(at time: Date = .now) -> UUID {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
        var bytes = [UInt8](repeating: 0, count: 16)
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * index)) }
        for index in 6..<16 { bytes[index] = .random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
