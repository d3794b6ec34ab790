import BigNumber

/// Ziv's question: do both ends of the enclosure, and so all between them, round to the same decimal?
extension WorkingPrecision {
    /// The number with at most `digits` significant digits, and whether it is known to be the same.
    func rounded(
        _ number: Enclosure, toDigits digits: Int, _ rounding: Rounding
    ) throws(CalculationError) -> (value: DecimalNumber, isExact: Bool) {
        try decide(number, rounding) { value in
            // A digit in front of those that are kept makes sure that the speck behind is one too many.
            value.value.isZero
                ? nil : Self.besides(value, digits: digits + 2).rounded(toDigits: digits, rounding)
        }
    }

    /// The number as a multiple of 10^-`places`. Known to be exactly the number, or not; the result itself is exact.
    func rounded(
        _ number: Enclosure, toPlaces places: Int, _ rounding: Rounding
    ) throws(CalculationError) -> DecimalNumber {
        try decide(number, rounding) { value in
            // So large a number does not have the digits that would be rounded.
            guard value.value.exponent + places < self.digits else { return nil }
            let digits = value.value.exponent + places + value.value.mantissa.decimalDigitsEstimate + 2
            return Self.besides(value, digits: digits).rounded(toPlaces: places, rounding)
        }.value
    }

    private enum Speck: Int { case below = -1, none, above }

    private struct Approach {
        let value: DecimalNumber
        let speck: Speck
    }

    /// The end, or a number between it and whatever is next to it that has at least so many digits.
    private static func besides(_ end: Approach, digits: Int) -> DecimalNumber {
        guard end.speck != .none else { return end.value }
        let scale = max(2, digits - end.value.mantissa.decimalDigitsEstimate + 1)
        return DecimalNumber(
            end.value.mantissa * BigInteger.powerOfTen(scale) + BigInteger(end.speck.rawValue),
            exponent: end.value.exponent - scale)
    }

    private func decide(
        _ number: Enclosure, _ rounding: Rounding,
        _ round: (Approach) -> (value: DecimalNumber, isExact: Bool)?
    ) throws(CalculationError) -> (value: DecimalNumber, isExact: Bool) {
        try meter.pay(4 * Work.conversion(Work.bits(ofDigits: digits)))
        let (lower, upper) = (number.lower, number.upper)
        guard let below = round(Approach(value: lower.value, speck: lower.isOpen ? .above : .none)),
            let above = round(Approach(value: upper.value, speck: upper.isOpen ? .below : .none))
        else { throw undecided() }
        if below.value == above.value {
            let isExact = below.isExact && above.isExact && lower.value == upper.value
            return (below.value, isExact || number.isProven(equalTo: below.value))
        }
        // Ends that are worlds apart tell nothing, and their middle would have as many digits.
        guard below.value.canBeAdded(to: above.value) else { throw undecided() }
        // The number may be on the boundary itself: what both sides round to, or the middle between them.
        let middle = (below.value + above.value) * DecimalNumber(BigInteger(5), exponent: -1)
        for candidate in [below.value, above.value, middle] where number.isProven(equalTo: candidate) {
            if let result = round(Approach(value: candidate, speck: .none)) { return result }
        }
        throw undecided()
    }
}
