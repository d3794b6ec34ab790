import BigInt

/// A whole number of an asset's smallest units, from 0 to 2^256 - 1.
///
/// Encoded as a decimal string of units, as JSON numbers lose digits past 2^53.
package struct Amount: Sendable, Hashable {
    /// An unsigned 256-bit word is the widest amount that the supported chains have.
    package static let maximumBits = 256
    /// Characters in an amount as written. The grammar's candidates are no longer; 2^256 has 78 digits.
    package static let maximumTextLength = 100

    package static let zero = Amount(value: 0)
    package static let maximum = Amount(value: (BigUInt(1) << maximumBits) - 1)

    let value: BigUInt

    private init(value: BigUInt) {
        self.value = value
    }

    init(checking value: BigUInt) throws(AmountError) {
        guard value.bitWidth <= Self.maximumBits else { throw .over256Bits }
        self.value = value
    }

    package init(units: UInt64) {
        value = BigUInt(units)
    }

    /// Parses units as `units` writes them: digits only, and no leading zero, so that each amount has one spelling.
    package init(units text: some StringProtocol) throws(AmountError) {
        guard text.unicodeScalars.count <= Self.maximumTextLength else { throw .tooLong }
        guard !text.isEmpty else { throw .empty }
        if let other = text.unicodeScalars.first(where: { !$0.isASCIIDigit }) { throw .unexpectedCharacter(other) }
        guard text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0") else { throw .leadingZero }
        try self.init(checking: BigUInt(String(text)) ?? 0)
    }

    /// The number of smallest units, in decimal digits.
    package var units: String { value.description }

    package var isZero: Bool { value.isZero }

    /// The sum, or nil if it has more than 256 bits.
    package func adding(_ other: Amount) -> Amount? {
        try? Amount(checking: value + other.value)
    }
}

extension Amount: Comparable {
    package static func < (left: Amount, right: Amount) -> Bool {
        left.value < right.value
    }
}

extension Amount: CustomStringConvertible {
    package var description: String { units }
}

extension Amount: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(units: container.decode(String.self))
        } catch let error as AmountError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.sentence)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(units)
    }
}
