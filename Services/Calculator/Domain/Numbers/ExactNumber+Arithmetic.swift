import BigNumber

/// Each operation pays for itself first. Where a result would have more digits than the limit it is nil: the caller
/// says whether that is an error, or goes on with an ``Enclosure``.
extension ExactNumber {
    func adding(_ other: ExactNumber, _ meter: Meter) throws(CalculationError) -> ExactNumber? {
        if let sum = addingSmall(other) { return sum }
        if isZero { return other }
        if other.isZero { return self }
        let least = min(exponent, other.exponent)
        guard let (a, aBits) = try scaledNumerator(to: least, meter),
            let (b, bBits) = try other.scaledNumerator(to: least, meter)
        else { return nil }
        if denominator.isOne, other.denominator.isOne {
            try meter.pay(Work.addition(aBits, bBits))
            return try ExactNumber(reduced: a + b, .one, exponent: least).admitted(meter)
        }
        return try Self.sum(a, denominator, b, other.denominator, exponent: least, meter)
    }

    /// The sum of decimals that fit in machine words, as most are, for what the evaluator has paid for any step.
    private func addingSmall(_ other: ExactNumber) -> ExactNumber? {
        guard denominator.isOne, other.denominator.isOne, let a = numerator.small, let b = other.numerator.small else {
            return nil
        }
        let gap = exponent - other.exponent
        guard abs(gap) < Self.smallPowersOfTen.count else { return nil }
        let power = Self.smallPowersOfTen[abs(gap)]
        let (scaled, isTooLarge) = (gap > 0 ? a : b).multipliedReportingOverflow(by: power)
        let (sum, overflow) = scaled.addingReportingOverflow(gap > 0 ? b : a)
        guard !isTooLarge, !overflow else { return nil }
        return ExactNumber(reduced: BigInteger(sum), .one, exponent: min(exponent, other.exponent))
    }

    private static let smallPowersOfTen: [Int] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// a/b + c/d, after Knuth, The Art of Computer Programming, volume 2, 4.5.1: divisors stay as small as they can.
    private static func sum(
        _ a: BigInteger, _ b: BigInteger, _ c: BigInteger, _ d: BigInteger, exponent: Int, _ meter: Meter
    ) throws(CalculationError) -> ExactNumber? {
        let bits = max(a.bitWidth + d.bitWidth, c.bitWidth + b.bitWidth) + 1
        guard digits(bits, b.bitWidth + d.bitWidth) <= meter.limits.digits else { return nil }
        let common = try gcd(b, d, meter)
        try meter.pay(
            Work.multiplication(a.bitWidth, d.bitWidth) + Work.multiplication(c.bitWidth, b.bitWidth)
                + Work.multiplication(b.bitWidth, d.bitWidth))
        if common.isOne { return ExactNumber(reduced: a * d + c * b, b * d, exponent: exponent) }
        let restOfD = d.exactQuotient(dividingBy: common)
        let sum = a * restOfD + c * b.exactQuotient(dividingBy: common)
        let factor = try gcd(sum, common, meter)
        let denominator = b.exactQuotient(dividingBy: factor) * restOfD
        return ExactNumber(reduced: sum.exactQuotient(dividingBy: factor), denominator, exponent: exponent)
    }

    func multiplied(by other: ExactNumber, _ meter: Meter) throws(CalculationError) -> ExactNumber? {
        let bits = numerator.bitWidth + other.numerator.bitWidth
        let exponent = self.exponent + other.exponent
        if denominator.isOne, other.denominator.isOne {
            guard Self.digits(bits, 0) <= meter.limits.digits else { return nil }
            try meter.pay(Work.multiplication(numerator.bitWidth, other.numerator.bitWidth))
            return try ExactNumber(reduced: numerator * other.numerator, .one, exponent: exponent).admitted(meter)
        }
        guard Self.digits(bits, denominator.bitWidth + other.denominator.bitWidth) <= meter.limits.digits else {
            return nil
        }
        let crosswise = try Self.gcd(numerator, other.denominator, meter)
        let otherwise = try Self.gcd(other.numerator, denominator, meter)
        try meter.pay(
            Work.multiplication(numerator.bitWidth, other.numerator.bitWidth)
                + Work.multiplication(denominator.bitWidth, other.denominator.bitWidth))
        return try ExactNumber(
            reduced: numerator.exactQuotient(dividingBy: crosswise)
                * other.numerator.exactQuotient(dividingBy: otherwise),
            denominator.exactQuotient(dividingBy: otherwise) * other.denominator.exactQuotient(dividingBy: crosswise),
            exponent: exponent
        ).admitted(meter)
    }

    /// 1 divided by the number, which is not zero.
    var reciprocal: ExactNumber {
        let sign = BigInteger(signum)
        return ExactNumber(reduced: denominator * sign, numerator * sign, exponent: -exponent)
    }

    /// Less than, equal to or greater than zero. Numbers of very different size are never written out.
    func compared(with other: ExactNumber, _ meter: Meter) throws(CalculationError) -> Int {
        let signs = (signum, other.signum)
        if signs.0 != signs.1 { return signs.0 < signs.1 ? -1 : 1 }
        if signs.0 == 0 { return 0 }
        let (mine, others) = (adjustedExponentEstimate, other.adjustedExponentEstimate)
        if mine.upperBound < others.lowerBound { return -signs.0 }
        if mine.lowerBound > others.upperBound { return signs.0 }
        let least = min(exponent, other.exponent)
        guard let (a, aBits) = try scaledNumerator(to: least, meter),
            let (b, bBits) = try other.scaledNumerator(to: least, meter)
        else { throw meter.tooManyDigits() }
        try meter.pay(
            Work.multiplication(aBits, other.denominator.bitWidth) + Work.multiplication(bBits, denominator.bitWidth))
        return (a * other.denominator).compared(with: b * denominator)
    }
}

extension ExactNumber {
    /// Decimal digits of a numerator and a denominator of so many bits, at most.
    static func digits(_ numeratorBits: Int, _ denominatorBits: Int) -> Int {
        BigInteger.decimalDigits(ofBits: numeratorBits)
            + (denominatorBits == 0 ? 0 : BigInteger.decimalDigits(ofBits: denominatorBits))
    }

    /// The greatest common divisor, paid for.
    static func gcd(_ a: BigInteger, _ b: BigInteger, _ meter: Meter) throws(CalculationError) -> BigInteger {
        if a.isOne || b.isOne { return .one }
        try meter.pay(Work.greatestCommonDivisor(a.bitWidth, b.bitWidth))
        return a.greatestCommonDivisor(with: b)
    }

    /// The numerator of the same number with a smaller exponent, and its bits. Nil where it has too many digits.
    func scaledNumerator(
        to smaller: Int, _ meter: Meter
    ) throws(CalculationError) -> (numerator: BigInteger, bits: Int)? {
        if smaller == exponent { return (numerator, numerator.bitWidth) }
        let gap = exponent - smaller
        guard gap + digits <= meter.limits.digits else { return nil }
        let bits = numerator.bitWidth + Work.bits(ofDigits: gap)
        try meter.pay(Work.power(Work.bits(ofDigits: gap)) + Work.multiplication(numerator.bitWidth, bits))
        let scaled = numerator * BigInteger.powerOfTen(gap)
        return (scaled, scaled.bitWidth)
    }

    /// The number itself, unless its size is beyond the limit of exponents.
    func admitted(_ meter: Meter) throws(CalculationError) -> ExactNumber {
        // Most exponents are small, and digits are limited: only others need a look.
        if abs(exponent) > meter.limits.exponent / 2, !isZero {
            let adjusted = adjustedExponentEstimate
            try meter.admit(exponent: max(abs(adjusted.lowerBound), abs(adjusted.upperBound)) - 2)
        }
        return self
    }
}
