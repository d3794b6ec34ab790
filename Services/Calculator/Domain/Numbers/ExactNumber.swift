import BigNumber

/// A rational number: `numerator` / `denominator` × 10^`exponent`, exact.
///
/// The denominator is greater than zero and has no factor in common with the numerator. A power of ten may still be in
/// either of them: the exponent keeps decimals decimals, however large or small they are.
struct ExactNumber: Sendable {
    let numerator: BigInteger
    let denominator: BigInteger
    let exponent: Int

    /// Of a numerator and a denominator that are as the type says.
    init(reduced numerator: BigInteger, _ denominator: BigInteger, exponent: Int) {
        self.numerator = numerator
        self.denominator = denominator
        self.exponent = numerator.isZero ? 0 : exponent
    }

    init(_ decimal: DecimalNumber) {
        self.init(reduced: decimal.mantissa, .one, exponent: decimal.exponent)
    }

    static let zero = ExactNumber(.zero)
    static let one = ExactNumber(.one)

    var isZero: Bool { numerator.isZero }
    var signum: Int { numerator.signum }

    /// Whether it takes no more memory than the value itself.
    var isSmall: Bool { numerator.small != nil && denominator.small != nil }

    static prefix func - (value: ExactNumber) -> ExactNumber {
        ExactNumber(reduced: -value.numerator, value.denominator, exponent: value.exponent)
    }

    /// The same number where it is known to be a decimal.
    var decimal: DecimalNumber? { denominator.isOne ? DecimalNumber(numerator, exponent: exponent) : nil }

    /// Decimal digits of numerator and denominator, at most.
    var digits: Int { numerator.decimalDigitsEstimate + (denominator.isOne ? 0 : denominator.decimalDigitsEstimate) }

    /// Bounds of the exponent in scientific notation that cost nothing. Meaningless of zero.
    var adjustedExponentEstimate: ClosedRange<Int> {
        let (n, d) = (numerator.decimalDigitsEstimate, denominator.decimalDigitsEstimate)
        // 10^(n-2) <= numerator < 10^n, and so for the denominator; but one is one.
        if denominator.isOne { return (exponent + n - 2)...(exponent + n - 1) }
        return (exponent + n - d - 2)...(exponent + n - d + 1)
    }

    /// The number, where it is whole and fits in a machine word.
    func wholeNumber() -> Int? {
        guard denominator.isOne, exponent > -19 else {
            return nil
        }
        if isZero { return 0 }
        if exponent > 18 { return nil }
        if exponent >= 0 { return (numerator * BigInteger.powerOfTen(exponent)).small }
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: BigInteger.powerOfTen(-exponent))
        return remainder.isZero ? quotient.small : nil
    }
}
