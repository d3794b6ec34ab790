/// A whole number of any size, on GMP.
///
/// A value: operations make new ones. Where it fits in a machine word it is kept in one, without allocation, so that
/// `==` of two numbers need compare only numbers of the same kind.
///
/// GMP ends the process where memory runs out, so callers bound the size of operands and results beforehand; see
/// ``bitWidth`` and ``decimalDigitsEstimate``. No operation here waits or suspends.
package struct BigInteger: Sendable {
    @usableFromInline
    enum Storage: Sendable {
        case small(Int)
        /// Only what does not fit in `small`.
        case large(LargeInteger)
    }

    @usableFromInline let storage: Storage

    @inlinable
    init(storage: Storage) {
        self.storage = storage
    }

    @inlinable
    package init(_ value: Int) {
        storage = .small(value)
    }

    package static let zero = BigInteger(0)
    package static let one = BigInteger(1)

    /// The value, where it fits in a machine word.
    @inlinable package var small: Int? {
        if case .small(let value) = storage { value } else { nil }
    }

    @inlinable package var isZero: Bool {
        if case .small(0) = storage { true } else { false }
    }

    @inlinable package var isOne: Bool {
        if case .small(1) = storage { true } else { false }
    }

    /// -1, 0 or 1.
    @inlinable package var signum: Int {
        switch storage {
        case .small(let value): value.signum()
        case .large(let large): large.signum
        }
    }

    @inlinable package var isNegative: Bool { signum < 0 }

    package var isOdd: Bool {
        switch storage {
        case .small(let value): value & 1 == 1
        case .large(let large): large.isOdd
        }
    }

    /// Bits of the magnitude: 0 of zero, 1 of one, 8 of 255.
    @inlinable package var bitWidth: Int {
        switch storage {
        case .small(let value): Int.bitWidth - value.magnitude.leadingZeroBitCount
        case .large(let large): large.bitWidth
        }
    }

    /// Decimal digits of the magnitude: never too few, and at most one too many. 1 of zero.
    @inlinable package var decimalDigitsEstimate: Int { Self.decimalDigits(ofBits: bitWidth) }

    /// The most decimal digits that a number of so many bits has. log10(2) is a little less than 30103 / 100000.
    @inlinable
    package static func decimalDigits(ofBits bits: Int) -> Int {
        bits / 100_000 * 30103 + bits % 100_000 * 30103 / 100_000 + 1
    }
}
