import CGMP
import CMPFR

/// The owner of one of MPFR's numbers.
struct BinaryFloat: ~Copyable {
    private var raw = __mpfr_struct()

    init(bits: mpfr_prec_t) {
        mpfr_init2(&raw, bits)
    }

    deinit {
        var raw = raw
        mpfr_clear(&raw)
    }

    /// Neither infinite nor, by underflow, zero where the value is not.
    var isFinite: Bool {
        var raw = raw
        return mpfr_number_p(&raw) != 0
    }

    /// Sets this to a bound of `mantissa` × 10^`exponent`. True if the bound is the number itself.
    mutating func set(_ mantissa: BigInteger, exponent: Int, side: ElementaryFunction.Side) -> Bool {
        let ternary = mantissa.withHeader { mpfr_set_z(&raw, $0, side.rounding) }
        guard exponent != 0, !mantissa.isZero else { return ternary == 0 }
        // Away from zero is up for positive numbers and down for negative ones: the scale errs to the same side.
        let outward = (side == .above) != mantissa.isNegative
        let scaleSide: ElementaryFunction.Side = (exponent > 0) == outward ? .above : .below
        var scale = BinaryFloat(bits: mpfr_get_prec(&raw))
        var scaleTernary = mpfr_ui_pow_ui(&scale.raw, 10, UInt(exponent.magnitude), scaleSide.rounding)
        let apply = exponent > 0 ? mpfr_mul : mpfr_div
        scaleTernary |= withUnsafeMutablePointer(to: &raw) { apply($0, $0, &scale.raw, side.rounding) }
        return ternary == 0 && scaleTernary == 0
    }

    /// Sets this to a bound of the function's value. Zero if the bound is the value itself.
    mutating func set(
        _ function: ElementaryFunction, of argument: borrowing BinaryFloat, side: ElementaryFunction.Side
    ) -> Int32 {
        var argument = argument.raw
        switch function {
        case .exponential: return mpfr_exp(&raw, &argument, side.rounding)
        case .naturalLogarithm: return mpfr_log(&raw, &argument, side.rounding)
        case .decimalLogarithm: return mpfr_log10(&raw, &argument, side.rounding)
        }
    }

    /// A bound of this number in decimal. Nil where it has none.
    borrowing func decimal(digits: Int, side: ElementaryFunction.Side) -> (mantissa: BigInteger, exponent: Int)? {
        var raw = raw
        if mpfr_zero_p(&raw) != 0 { return (.zero, 0) }
        var exponent: mpfr_exp_t = 0
        guard let text = mpfr_get_str(nil, &exponent, 10, digits, &raw, side.rounding) else { return nil }
        defer { mpfr_free_str(text) }
        var integer = __mpz_struct()
        guard __gmpz_init_set_str(&integer, text, 10) == 0 else {
            __gmpz_clear(&integer)
            return nil
        }
        // MPFR's digits follow a point, GMP has read them as a whole number.
        return (BigInteger(adopting: integer), exponent - digits)
    }
}
