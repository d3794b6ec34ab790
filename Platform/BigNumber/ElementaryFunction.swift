import CMPFR

/// The increasing functions that MPFR computes, each rounded correctly in binary and bounded here in decimal.
package enum ElementaryFunction: Sendable {
    /// e to the power of the argument.
    case exponential
    /// Of arguments greater than zero.
    case naturalLogarithm
    /// Of arguments greater than zero.
    case decimalLogarithm

    /// On which side of the true value a bound lies.
    package enum Side: Sendable {
        case below, above
    }

    /// A bound of a function's value: `mantissa` × 10^`exponent`.
    package struct Bound: Sendable {
        package let mantissa: BigInteger
        package let exponent: Int
        /// Whether the bound is the value itself; where not, the value is strictly on the other side of the bound.
        package let isExact: Bool
    }

    /// A bound of the function at `mantissa` × 10^`exponent`, of `digits` decimal digits.
    ///
    /// - Parameter exponent: at most ``maximumExponent`` on either side of zero.
    /// - Returns: nil where the value is beyond what MPFR has: about 10^(10^18), or its inverse.
    ///
    /// Synchronous from start to end, as MPFR keeps its exponent range and its flags for each thread.
    package func bound(
        atMantissa mantissa: BigInteger, exponent: Int, digits: Int, side: Side
    ) -> Bound? {
        precondition(abs(exponent) <= Self.maximumExponent, "an argument's exponent is out of range")
        // The range that a thread starts with ends at 2^(2^30).
        mpfr_set_emin(mpfr_get_emin_min())
        mpfr_set_emax(mpfr_get_emax_max())
        // Some more bits than the digits need; how many only decides how close the bound is.
        let bits = mpfr_prec_t(digits) * 3322 / 1000 + 16
        var argument = BinaryFloat(bits: bits)
        let argumentIsExact = argument.set(mantissa, exponent: exponent, side: side)
        var value = BinaryFloat(bits: bits)
        let ternary = value.set(self, of: argument, side: side)
        guard value.isFinite, let (mantissa, exponent) = value.decimal(digits: digits, side: side) else { return nil }
        // An exact value of these functions is a small whole number (0, 1, a logarithm of a power of ten).
        return Bound(mantissa: mantissa, exponent: exponent, isExact: argumentIsExact && ternary == 0)
    }

    /// The exponent's limit: far within MPFR's range.
    package static let maximumExponent = 1_000_000_000_000
}

extension ElementaryFunction.Side {
    var rounding: mpfr_rnd_t { self == .below ? MPFR_RNDD : MPFR_RNDU }

    var opposite: Self { self == .below ? .above : .below }
}
