import BigNumber

/// The number of digits that enclosures are computed with, in one attempt; and who pays.
struct WorkingPrecision {
    typealias End = Enclosure.End

    let digits: Int
    let meter: Meter
    private let bits: Int

    init(digits: Int, meter: Meter) {
        self.digits = digits
        self.meter = meter
        bits = Work.bits(ofDigits: digits)
    }

    /// Why an attempt ends that more digits may bring to success.
    func undecided() -> CalculationError {
        CalculationError(.undecided, "\(meter.limits.workingDigits) digits do not tell how the value is to be rounded")
    }

    func enclosing(_ number: ExactNumber) throws(CalculationError) -> Enclosure {
        let below = try number.rounded(toDigits: digits, .floor, meter)
        let bound = RootBound(number)
        if below.isExact {
            let end = End(value: below.value, isOpen: false)
            return Enclosure(end, end, bound)
        }
        let above = try number.rounded(toDigits: digits, .ceiling, meter)
        return Enclosure(End(value: below.value, isOpen: true), End(value: above.value, isOpen: true), bound)
    }

    // MARK: Ends, each rounded to its own side

    enum Side {
        case below, above
        var rounding: Rounding { self == .below ? .floor : .ceiling }
        var elementary: ElementaryFunction.Side { self == .below ? .below : .above }
    }

    private func end(_ exact: DecimalNumber, isOpen: Bool, _ side: Side) throws(CalculationError) -> End {
        if !exact.isZero { try meter.admit(exponent: exact.adjustedExponentEstimate.lowerBound) }
        let (value, isExact) = exact.rounded(toDigits: digits, side.rounding)
        return End(value: value, isOpen: isOpen || !isExact)
    }

    func sum(_ left: End, _ right: End, _ side: Side) throws(CalculationError) -> End {
        try meter.pay(4 * Work.multiplication(bits, bits))
        let isOpen = left.isOpen || right.isOpen
        let (a, b) = (left.value, right.value)
        if a.isZero { return try end(b, isOpen: isOpen, side) }
        if b.isZero { return try end(a, isOpen: isOpen, side) }
        let (large, small) =
            a.adjustedExponentEstimate.upperBound >= b.adjustedExponentEstimate.upperBound ? (a, b) : (b, a)
        // A summand below all digits that count, of the sum and of the larger summand, only moves the sum off what the
        // larger one is: any other of its sign that is below them does, too.
        let speck = min(large.exponent, large.adjustedExponentEstimate.lowerBound - digits) - 2
        guard small.adjustedExponentEstimate.upperBound < speck else { return try end(a + b, isOpen: isOpen, side) }
        let replacement = DecimalNumber(BigInteger(small.signum), exponent: speck)
        return try end(large + replacement, isOpen: isOpen, side)
    }

    func product(_ left: End, _ right: End, _ side: Side) throws(CalculationError) -> End {
        try meter.pay(4 * Work.multiplication(bits, bits))
        return try end(left.value * right.value, isOpen: Self.isOpen(left, right), side)
    }

    /// A product is an end that is not reached if either factor is one, unless the other is a zero that is reached.
    private static func isOpen(_ left: End, _ right: End) -> Bool {
        if left.value.isZero && !left.isOpen || right.value.isZero && !right.isOpen { return false }
        return left.isOpen || right.isOpen
    }

    /// Of a divisor that is not zero.
    func quotient(_ left: End, _ right: End, _ side: Side) throws(CalculationError) -> End {
        try meter.pay(8 * Work.multiplication(bits, bits))
        if left.value.isZero { return left }
        let (a, b) = (left.value.mantissa, right.value.mantissa)
        let scale = max(0, digits + 3 - a.decimalDigitsEstimate + b.decimalDigitsEstimate)
        let (quotient, rest) = (a * BigInteger.powerOfTen(scale)).quotientAndRemainder(dividingBy: b)
        // The rest of a negative quotient is negative, too: it adds to the magnitude.
        let (value, isExact) = DecimalNumber(quotient, exponent: left.value.exponent - right.value.exponent - scale)
            .rounded(toDigits: digits, side.rounding, more: !rest.isZero)
        try meter.admit(exponent: value.adjustedExponentEstimate.lowerBound)
        return End(value: value, isOpen: left.isOpen || right.isOpen || !isExact)
    }

    /// Of a number that is not negative.
    func squareRoot(_ radicand: End, _ side: Side) throws(CalculationError) -> End {
        try meter.pay(Work.root(2 * bits) + Work.power(2 * bits))
        if radicand.value.isZero { return radicand }
        var scale = max(0, 2 * (digits + 3) - radicand.value.mantissa.decimalDigitsEstimate)
        if !(radicand.value.exponent - scale).isMultiple(of: 2) { scale += 1 }
        let (root, isWhole) = (radicand.value.mantissa * BigInteger.powerOfTen(scale)).root(2)
        let (value, isExact) = DecimalNumber(root, exponent: (radicand.value.exponent - scale) / 2)
            .rounded(toDigits: digits, side.rounding, more: !isWhole)
        return End(value: value, isOpen: radicand.isOpen || !isExact)
    }

    /// Of a number greater than zero, where the function is a logarithm.
    func value(
        of function: ElementaryFunction, at argument: End, _ side: Side
    ) throws(CalculationError) -> End {
        try meter.pay(Work.elementary(digits: digits))
        let bound = function.bound(
            atMantissa: argument.value.mantissa, exponent: argument.value.exponent, digits: digits,
            side: side.elementary)
        guard let bound else { throw meter.exponentOutOfRange() }
        let value = DecimalNumber(bound.mantissa, exponent: bound.exponent)
        if !value.isZero { try meter.admit(exponent: value.adjustedExponentEstimate.lowerBound) }
        return End(value: value, isOpen: argument.isOpen || !bound.isExact)
    }
}
