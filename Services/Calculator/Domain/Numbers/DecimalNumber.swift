package import BigNumber

/// A number with an end to its decimal digits: `mantissa` × 10^`exponent`, exact.
///
/// One number has many representations; equality and order are those of the numbers.
package struct DecimalNumber: Sendable {
    package let mantissa: BigInteger
    package let exponent: Int

    package init(_ mantissa: BigInteger, exponent: Int = 0) {
        self.mantissa = mantissa
        self.exponent = mantissa.isZero ? 0 : exponent
    }

    package init(_ value: Int) {
        self.init(BigInteger(value))
    }

    static let zero = DecimalNumber(0)
    static let one = DecimalNumber(1)

    var isZero: Bool { mantissa.isZero }
    var signum: Int { mantissa.signum }
    var bitWidth: Int { mantissa.bitWidth }

    static prefix func - (value: DecimalNumber) -> DecimalNumber {
        DecimalNumber(-value.mantissa, exponent: value.exponent)
    }

    /// The exponent in scientific notation: of 0.012 it is -2. Meaningless of zero.
    var adjustedExponent: Int { exponent + mantissa.decimalDigitCount - 1 }

    /// Bounds of ``adjustedExponent`` that cost nothing.
    var adjustedExponentEstimate: ClosedRange<Int> {
        let most = exponent + mantissa.decimalDigitsEstimate - 1
        return (most - 1)...most
    }
}

extension DecimalNumber {
    /// The mantissa of the same number with a smaller exponent.
    func mantissa(at smaller: Int) -> BigInteger {
        smaller == exponent ? mantissa : mantissa * BigInteger.powerOfTen(exponent - smaller)
    }

    /// Digits of the mantissa, at most, that the sum or the order of two numbers has to look at.
    static func alignedDigits(_ left: DecimalNumber, _ right: DecimalNumber) -> Int {
        let least = min(left.exponent, right.exponent)
        let a = left.exponent - least + left.mantissa.decimalDigitsEstimate
        let b = right.exponent - least + right.mantissa.decimalDigitsEstimate
        return max(a, b) + 1
    }

    /// The exact sum. Its digits must be bounded by the caller.
    static func + (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber {
        if left.isZero { return right }
        if right.isZero { return left }
        let least = min(left.exponent, right.exponent)
        return DecimalNumber(left.mantissa(at: least) + right.mantissa(at: least), exponent: least)
    }

    static func - (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber { left + -right }

    static func * (left: DecimalNumber, right: DecimalNumber) -> DecimalNumber {
        DecimalNumber(left.mantissa * right.mantissa, exponent: left.exponent + right.exponent)
    }

    /// Less than, equal to or greater than zero. Numbers whose exponents are far apart are never written out.
    func compared(with other: DecimalNumber) -> Int {
        let signs = (signum, other.signum)
        if signs.0 != signs.1 { return signs.0 < signs.1 ? -1 : 1 }
        if signs.0 == 0 { return 0 }
        if exponent != other.exponent {
            let (mine, others) = (adjustedExponentEstimate, other.adjustedExponentEstimate)
            if mine.upperBound < others.lowerBound { return -signs.0 }
            if mine.lowerBound > others.upperBound { return signs.0 }
        }
        let least = min(exponent, other.exponent)
        return mantissa(at: least).compared(with: other.mantissa(at: least))
    }
}

extension DecimalNumber: Comparable, Hashable {
    package static func == (left: DecimalNumber, right: DecimalNumber) -> Bool { left.compared(with: right) == 0 }
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool { left.compared(with: right) < 0 }

    package func hash(into hasher: inout Hasher) {
        let (fives, count) = mantissa.removing(factor: 10)
        hasher.combine(fives)
        hasher.combine(exponent + count)
    }
}
