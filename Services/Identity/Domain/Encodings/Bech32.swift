/// Bech32 (BIP-173), as Cosmos writes addresses. Not its later variant bech32m.
package struct Bech32: Sendable, Equatable {
    /// Of the whole text.
    package static let maximumLength = 90

    /// The human-readable part, in lower case.
    package let prefix: String
    /// Values of 5 bits, without the checksum.
    package let values: [UInt8]

    private static let checksumLength = 6
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let valueOf: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// Nil where the text breaks any rule of BIP-173: length, case, characters, separator, checksum.
    package init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        guard (8...Self.maximumLength).contains(characters.count), characters.allSatisfy({ 33...126 ~= $0 }) else {
            return nil
        }
        let hasLower = characters.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
        let hasUpper = characters.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        guard !(hasLower && hasUpper) else { return nil }
        let lower = characters.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        guard let separator = lower.lastIndex(of: UInt8(ascii: "1")), separator > 0,
            lower.count - separator - 1 >= Self.checksumLength
        else { return nil }
        var values: [UInt8] = []
        for character in lower[(separator + 1)...] {
            guard let value = Self.valueOf[Int(character)] else { return nil }
            values.append(value)
        }
        let prefix = Array(lower[..<separator])
        guard Self.polymod(Self.expanded(prefix) + values) == 1 else { return nil }
        self.prefix = String(decoding: prefix, as: UTF8.self)
        self.values = Array(values.dropLast(Self.checksumLength))
    }

    /// - Parameter prefix: Lower-case ASCII.
    package init(prefix: String, bytes: [UInt8]) {
        self.prefix = prefix
        values = Self.regrouped(bytes, from: 8, to: 5, pads: true) ?? []
    }

    package var text: String {
        let expanded = Self.expanded(Array(prefix.utf8)) + values
        let checksum = Self.polymod(expanded + [UInt8](repeating: 0, count: Self.checksumLength)) ^ 1
        let tail = (0..<Self.checksumLength).map { UInt8(truncatingIfNeeded: checksum >> (5 * (5 - $0))) & 31 }
        return prefix + "1" + String(decoding: (values + tail).map { Self.alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The data as bytes; nil where what pads it is more than 4 bits, or not zero.
    package var bytes: [UInt8]? { Self.regrouped(values, from: 5, to: 8, pads: false) }

    private static func expanded(_ prefix: [UInt8]) -> [UInt8] {
        prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 }
    }

    private static func polymod(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
        return values.reduce(1) { checksum, value in
            let top = checksum >> 25
            var next = (checksum & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for bit in 0..<5 where top >> bit & 1 == 1 { next ^= generator[bit] }
            return next
        }
    }

    private static func regrouped(_ values: [UInt8], from: Int, to: Int, pads: Bool) -> [UInt8]? {
        var accumulator = 0
        var bits = 0
        var result: [UInt8] = []
        for value in values {
            accumulator = (accumulator << from | Int(value)) & 0xFFF
            bits += from
            while bits >= to {
                bits -= to
                result.append(UInt8(accumulator >> bits & (1 << to - 1)))
            }
        }
        let rest = accumulator & (1 << bits - 1)
        if pads {
            if bits > 0 { result.append(UInt8(rest << (to - bits))) }
        } else if bits >= from || rest != 0 {
            return nil
        }
        return result
    }
}
