/// What one call may ask for and take. Running into a limit is an error that names it, never a hang or a crash.
package struct CalculationLimits: Sendable, Hashable {
    /// Digits that a result may be asked for.
    package static let precision = 1...10_000
    /// Digits where a request names none: those of IEEE 754's decimal128.
    package static let standardPrecision = 34

    /// Bytes of an expression with the values of its variables: a literal of a million digits fits.
    package var expressionBytes = 1_048_576
    /// Bytes of all texts of one call together, which is what a large batch or a million values need.
    package var requestBytes = 32 * 1_048_576
    /// Parentheses, functions, signs and powers within each other.
    package var depth = 1_000
    /// Variables of one expression.
    package var variables = 1_000
    /// Decimal digits of a number, numerator and denominator together: the largest division takes about a tenth of a
    /// second, the largest greatest common divisor less than one.
    package var digits = 1_000_000
    /// Decimal digits of all numbers that one call has at a time, its literals aside: about 14 MB.
    package var liveDigits = 32_000_000
    /// Decimal digits that rounding may need in between: four times the largest precision.
    package var workingDigits = 40_000
    /// Largest exponent of ten of a number, in scientific notation, positive or negative. The test cases of General
    /// Decimal Arithmetic go up to a thousand million.
    package var exponent = 9_999_999_999
    /// Estimated nanoseconds of arithmetic of one expression, or of one other call. Deadlines are usually shorter.
    package var work = 5_000_000_000
    /// Expressions of one batch.
    package var expressions = 10_000
    /// Values of one summary, those of its parts together.
    package var values = 1_000_000
    /// Values that parts without them stand for, together: far from where a machine word ends.
    package var count = 1_000_000_000_000_000
    /// Quantiles of one summary.
    package var quantiles = 1_000
    /// Weights of one allocation.
    package var weights = 100_000

    package static let standard = CalculationLimits()

    package init() {}
}
