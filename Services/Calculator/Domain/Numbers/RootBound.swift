import BigNumber

/// How close to zero an algebraic number can be without being zero: the bound of Burnikel, Funke, Mehlhorn, Schirra and
/// Schmitt ("A Separation Bound for Real Algebraic Expressions", ESA 2001) for `+ - * /` and roots.
///
/// The number is U / L, quotient of two algebraic integers in a field of degree `degree`, whose conjugates are no larger
/// than 2^`upper` and 2^`lower`. The norm of U is a whole number, so that |U / L| ≥ 2^-((degree - 1) × upper + lower)
/// unless U is zero. Everything is rounded to the safe side: up.
struct RootBound: Sendable {
    private var upper: Double
    private var lower: Double
    private var degree: Double

    /// log2(10), rounded up; and down.
    private static let bitsOfTen = 3.3220
    private static let leastBitsOfTen = 3.3219

    init(_ number: ExactNumber) {
        upper = Double(number.numerator.bitWidth) + Self.bitsOfTen * Double(max(0, number.exponent))
        lower = Double(number.denominator.bitWidth) + Self.bitsOfTen * Double(max(0, -number.exponent))
        degree = 1
    }

    /// Zeros at the end of the mantissa would make the bound worse than it is.
    init(_ decimal: DecimalNumber) {
        let (mantissa, zeros) = decimal.mantissa.removing(factor: 10)
        self.init(ExactNumber(reduced: mantissa, .one, exponent: decimal.exponent + zeros))
    }

    func adding(_ other: RootBound) -> RootBound {
        var result = self
        result.upper = max(upper + other.lower, lower + other.upper) + 1
        result.lower += other.lower
        result.degree *= other.degree
        return result
    }

    func multiplied(by other: RootBound) -> RootBound {
        var result = self
        result.upper += other.upper
        result.lower += other.lower
        result.degree *= other.degree
        return result
    }

    var reciprocal: RootBound {
        var result = self
        swap(&result.upper, &result.lower)
        return result
    }

    /// Of a root of the number, written so that only one root is new: U^(1/k) of U L^(k-1), or L of U^(k-1) L.
    func root(_ root: Int) -> RootBound {
        let k = Double(root)
        var result = self
        if upper >= lower {
            result.upper = (upper + (k - 1) * lower) / k
        } else {
            result.lower = ((k - 1) * upper + lower) / k
        }
        result.degree *= k
        return result
    }

    func power(_ power: Int) -> RootBound {
        if power < 0 { return reciprocal.power(-power) }
        var result = self
        result.upper *= Double(power)
        result.lower *= Double(power)
        return result
    }

    /// Of either of the two.
    func either(_ other: RootBound) -> RootBound {
        var result = self
        result.upper = max(upper, other.upper)
        result.lower = max(lower, other.lower)
        result.degree *= other.degree
        return result
    }

    /// Whether a number of this bound must be zero if its magnitude is less than 10^`exponent`.
    func isZero(below exponent: Int) -> Bool {
        if exponent == .min { return true }
        // One part in 2^40 covers what adding and multiplying up to here has lost.
        let bits = ((degree - 1) * upper + lower) * (1 + 0x1p-40) + 1
        return exponent < 0 && -Double(exponent) * Self.leastBitsOfTen > bits
    }
}
