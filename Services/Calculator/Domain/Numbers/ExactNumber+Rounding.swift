import BigNumber

extension ExactNumber {
    /// The number with at most `digits` significant digits, and whether it is still the same.
    func rounded(
        toDigits digits: Int, _ rounding: Rounding, _ meter: Meter
    ) throws(CalculationError) -> (value: DecimalNumber, isExact: Bool) {
        if let decimal {
            if decimal.mantissa.small == nil {
                try meter.pay(Work.division(numerator.bitWidth, numerator.bitWidth / 2))
            }
            return decimal.rounded(toDigits: digits, rounding)
        }
        // A quotient of two digits more than needed or a few, so that what follows it is less than its last digit.
        let scale = digits + 3 - (numerator.decimalDigitsEstimate - denominator.decimalDigitsEstimate)
        let tens = BigInteger.powerOfTen(abs(scale))
        try meter.pay(
            Work.power(tens.bitWidth) + Work.multiplication(tens.bitWidth, numerator.bitWidth)
                + Work.division(numerator.bitWidth + tens.bitWidth, denominator.bitWidth))
        let (quotient, remainder) =
            scale >= 0
            ? (numerator * tens).quotientAndRemainder(dividingBy: denominator)
            : numerator.quotientAndRemainder(dividingBy: denominator * tens)
        return DecimalNumber(quotient, exponent: exponent - scale)
            .rounded(toDigits: digits, rounding, more: !remainder.isZero)
    }

    /// The number as a decimal, where its digits have an end. Of denominators that fit in a machine word.
    func finiteDecimal(_ meter: Meter) throws(CalculationError) -> DecimalNumber? {
        let (withoutTwos, twos) = denominator.removing(factor: 2)
        let (rest, fives) = withoutTwos.removing(factor: 5)
        guard rest.isOne else { return nil }
        let places = max(twos, fives)
        let factor = BigInteger(2).power(places - twos) * BigInteger(5).power(places - fives)
        try meter.pay(Work.multiplication(numerator.bitWidth, factor.bitWidth))
        return DecimalNumber(numerator * factor, exponent: exponent - places)
    }

    /// The number as a multiple of 10^-`places`.
    func rounded(toPlaces places: Int, _ rounding: Rounding, _ meter: Meter) throws(CalculationError) -> ExactNumber {
        let shift = exponent + places
        if denominator.isOne, shift >= 0 || isZero { return self }
        if adjustedExponentEstimate.upperBound + places < -1 {
            let isUp = rounding.goesUp(after: .lessThanHalf, isNegative: signum < 0, lastDigitIsOdd: false)
            return isUp ? ExactNumber(reduced: BigInteger(signum), .one, exponent: -places) : .zero
        }
        try meter.admit(passingDigits: abs(shift) + digits)
        let tens = BigInteger.powerOfTen(abs(shift))
        try meter.pay(
            Work.power(tens.bitWidth) + Work.multiplication(tens.bitWidth, numerator.bitWidth)
                + Work.multiplication(tens.bitWidth, denominator.bitWidth)
                + Work.division(numerator.bitWidth + tens.bitWidth, denominator.bitWidth))
        let dividend = shift > 0 ? numerator * tens : numerator
        let divisor = shift > 0 ? denominator : denominator * tens
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let isUp = rounding.goesUp(
            after: .init(remainder, of: divisor), isNegative: signum < 0, lastDigitIsOdd: quotient.isOdd)
        return ExactNumber(reduced: isUp ? quotient + BigInteger(signum) : quotient, .one, exponent: -places)
    }

    /// What is left after division by `divisor`, which is not zero; with the sign of the dividend, and smaller than the
    /// divisor.
    func remainder(dividingBy divisor: ExactNumber, _ meter: Meter) throws(CalculationError) -> ExactNumber {
        if isZero || adjustedExponentEstimate.upperBound < divisor.adjustedExponentEstimate.lowerBound { return self }
        let least = min(exponent, divisor.exponent)
        guard let (a, aBits) = try scaledNumerator(to: least, meter),
            let (b, bBits) = try divisor.scaledNumerator(to: least, meter)
        else { throw meter.tooManyDigits() }
        let (d, e) = (denominator, divisor.denominator)
        try meter.admit(passingDigits: Self.digits(aBits + e.bitWidth, bBits + d.bitWidth))
        try meter.pay(
            Work.multiplication(aBits, e.bitWidth) + Work.multiplication(bBits, d.bitWidth)
                + Work.multiplication(d.bitWidth, e.bitWidth)
                + Work.division(aBits + e.bitWidth, bBits + d.bitWidth))
        let rest = (a * e).quotientAndRemainder(dividingBy: b * d).remainder
        let common = try Self.gcd(rest, d * e, meter)
        if rest.isZero { return .zero }
        return ExactNumber(
            reduced: rest.exactQuotient(dividingBy: common), (d * e).exactQuotient(dividingBy: common),
            exponent: least)
    }
}
