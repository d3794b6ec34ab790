import BigNumber

extension DecimalNumber {
    /// The number with at most `digits` significant digits, and whether it is still the same.
    ///
    /// - Parameter more: whether something follows that is not in the mantissa: the true magnitude is greater, by less
    ///   than one in the last place. Then the mantissa must have more than `digits` digits.
    func rounded(
        toDigits digits: Int, _ rounding: Rounding, more: Bool = false
    ) -> (value: DecimalNumber, isExact: Bool) {
        let count = mantissa.decimalDigitCount
        guard count > digits else {
            precondition(!more, "rounding needs a digit more than it keeps")
            return (self, true)
        }
        return dropping(count - digits, rounding, more: more)
    }

    /// The number as a multiple of 10^-`places`, and whether it is still the same.
    func rounded(toPlaces places: Int, _ rounding: Rounding) -> (value: DecimalNumber, isExact: Bool) {
        let dropped = -places - exponent
        guard dropped > 0, !isZero else { return (self, true) }
        if dropped > mantissa.decimalDigitsEstimate + 1 {
            let isUp = rounding.goesUp(after: .lessThanHalf, isNegative: signum < 0, lastDigitIsOdd: false)
            return (isUp ? DecimalNumber(BigInteger(signum), exponent: -places) : .zero, false)
        }
        return dropping(dropped, rounding, more: false)
    }

    /// Without the last `count` digits of the mantissa.
    private func dropping(
        _ count: Int, _ rounding: Rounding, more: Bool
    ) -> (value: DecimalNumber, isExact: Bool) {
        let unit = BigInteger.powerOfTen(count)
        let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: unit)
        let rest = Rounding.Rest(remainder, of: unit, more: more)
        let isUp = rounding.goesUp(after: rest, isNegative: signum < 0, lastDigitIsOdd: quotient.isOdd)
        let result = isUp ? quotient + BigInteger(signum) : quotient
        return (DecimalNumber(result, exponent: exponent + count), rest == .zero)
    }
}

extension Rounding.Rest {
    /// Of a division that left `remainder`, whose sign does not count.
    init(_ remainder: BigInteger, of divisor: BigInteger, more: Bool = false) {
        if remainder.isZero {
            self = more ? .lessThanHalf : .zero
            return
        }
        let order = (remainder + remainder).comparedMagnitude(with: divisor)
        self = order < 0 ? .lessThanHalf : order > 0 || more ? .moreThanHalf : .half
    }
}
