import BigNumber

extension ExactNumber {
    /// The number to a whole power; nil where the result has too many digits. Not of zero to a negative power.
    func power(_ power: Int, _ meter: Meter) throws(CalculationError) -> ExactNumber? {
        if power == 0 { return .one }
        if power < 0 { return try reciprocal.power(-power, meter) }
        if isZero || power == 1 { return self }
        guard let n = Self.bits(numerator, toPower: power), let d = Self.bits(denominator, toPower: power),
            Self.digits(n, d) <= meter.limits.digits
        else { return nil }
        let (exponent, overflow) = self.exponent.multipliedReportingOverflow(by: power)
        guard !overflow, abs(exponent) < .max / 4 else { throw meter.exponentOutOfRange() }
        try meter.pay(Work.power(n) + Work.power(d))
        return try ExactNumber(
            reduced: numerator.power(power), denominator.power(power), exponent: exponent
        ).admitted(meter)
    }

    /// Bits of a number to a power: not too few, and a sixteenth too many at most. Nil where they cannot be counted.
    private static func bits(_ base: BigInteger, toPower power: Int) -> Int? {
        // One and minus one, the numerators of powers of ten, stay what they are.
        if base.bitWidth <= 1 { return 0 }
        let sample = base.bitWidth > 1000 ? base.bitWidth * 16 : base.power(16).bitWidth
        let (bits, overflow) = sample.multipliedReportingOverflow(by: power)
        return overflow || bits > .max / 4 ? nil : bits / 16 + 1
    }

    /// The root, where it is rational. Of numbers greater than zero.
    func root(_ degree: Int, _ meter: Meter) throws(CalculationError) -> ExactNumber? {
        if degree == 1 { return self }
        try meter.pay(4 * Work.division(numerator.bitWidth, 1) + 4 * Work.division(denominator.bitWidth, 1))
        // A power of ten may hide in the exponent, in the numerator and in the denominator: count twos and fives apart.
        var n = numerator
        var d = denominator
        var twos = exponent
        var fives = exponent
        func remove(_ prime: Int, from value: inout BigInteger) -> Int {
            let (rest, count) = value.removing(factor: prime)
            value = rest
            return count
        }
        twos += remove(2, from: &n) - remove(2, from: &d)
        fives += remove(5, from: &n) - remove(5, from: &d)
        guard twos % degree == 0, fives % degree == 0 else { return nil }
        try meter.pay(Work.root(n.bitWidth) + Work.root(d.bitWidth))
        let (rootOfN, nIsExact) = n.root(degree)
        guard nIsExact else { return nil }
        let (rootOfD, dIsExact) = d.root(degree)
        guard dIsExact else { return nil }
        (twos, fives) = (twos / degree, fives / degree)
        // What is left of the one beyond the other is no more than there was in numerator and denominator.
        let tens = min(twos, fives)
        try meter.admit(passingDigits: max(twos, fives) - tens)
        let rest = twos > fives ? BigInteger(2).power(twos - tens) : BigInteger(5).power(fives - tens)
        return try ExactNumber(reduced: rootOfN * rest, .one, exponent: tens)
            .multiplied(by: ExactNumber(reduced: .one, rootOfD, exponent: 0), meter)
    }

    /// The logarithm to the base ten, where it is whole. Of numbers greater than zero.
    func wholeDecimalLogarithm(_ meter: Meter) throws(CalculationError) -> Int? {
        guard numerator.isOne || denominator.isOne else { return nil }
        try meter.pay(4 * Work.division(numerator.bitWidth + denominator.bitWidth, 1))
        let (n, inNumerator) = numerator.removing(factor: 10)
        let (d, inDenominator) = denominator.removing(factor: 10)
        return n.isOne && d.isOne ? exponent + inNumerator - inDenominator : nil
    }
}
