/// Estimates of what GMP's and MPFR's operations take, in nanoseconds, from the size of their operands.
///
/// From measurements of 30 to 1,000,000 digits with GMP 6.2 and MPFR 4.2; rather too much than too little.
enum Work {
    /// Of any operation, however small.
    static let step = 30

    private static func limbs(_ bits: Int) -> Int { bits / 64 + 1 }

    /// Limbs up to which GMP multiplies as at school.
    private static let schoolLimbs = 40

    static func multiplication(_ leftBits: Int, _ rightBits: Int) -> Int {
        let fewer = limbs(min(leftBits, rightBits))
        let more = limbs(max(leftBits, rightBits))
        if fewer <= schoolLimbs { return step + fewer * more }
        let doublings = Int.bitWidth - (fewer / schoolLimbs).leadingZeroBitCount
        return step + more * 2 * schoolLimbs * doublings
    }

    static func addition(_ leftBits: Int, _ rightBits: Int) -> Int { step + limbs(max(leftBits, rightBits)) }

    /// Of the dividend by the divisor.
    static func division(_ dividendBits: Int, _ divisorBits: Int) -> Int {
        3 * multiplication(max(0, dividendBits - divisorBits), divisorBits) + limbs(dividendBits)
    }

    static func greatestCommonDivisor(_ leftBits: Int, _ rightBits: Int) -> Int {
        let fewer = min(leftBits, rightBits)
        return division(max(leftBits, rightBits), fewer) + 16 * multiplication(fewer, fewer)
    }

    /// Of a text with numbers in it, however long they are.
    static func reading(bytes: Int) -> Int {
        step * (bytes / 4 + 1) + (bytes > shortText ? conversion(bits(ofDigits: bytes)) : 0)
    }

    /// Bytes up to which numbers are read in no time.
    private static let shortText = 20

    /// Between binary and decimal digits.
    static func conversion(_ bits: Int) -> Int { 4 * multiplication(bits, bits) }

    static func root(_ bits: Int) -> Int { 8 * multiplication(bits, bits) }

    /// Of `base` to a power, or ten to one, from the size of the result.
    static func power(_ resultBits: Int) -> Int { 2 * multiplication(resultBits, resultBits) }

    /// Of exponential function and logarithms.
    static func elementary(digits: Int) -> Int {
        let bits = bits(ofDigits: digits)
        return 20_000 + 150 * multiplication(bits, bits)
    }

    /// Bits of a number of so many decimal digits, at most.
    static func bits(ofDigits digits: Int) -> Int { digits * 3322 / 1000 + 1 }
}
