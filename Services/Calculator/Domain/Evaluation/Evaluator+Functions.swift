import BigNumber

extension Evaluator {
    func squareRoot(_ value: Value) throws(CalculationError) -> Value {
        if case .exact(let number) = value {
            if number.isZero { return value }
            if number.signum > 0, let root = try number.root(2, meter) { return .exact(root) }
        }
        return settled(try working.squareRoot(enclosure(value)))
    }

    func exponential(_ value: Value) throws(CalculationError) -> Value {
        // Of no other rational number is it rational (Hermite 1873).
        if isZero(value) { return .exact(.one) }
        return .enclosed(try working.exponential(enclosure(value)))
    }

    func naturalLogarithm(_ value: Value) throws(CalculationError) -> Value {
        if case .exact(let number) = value, try number.compared(with: .one, meter) == 0 { return .exact(.zero) }
        return settled(try working.logarithm(.naturalLogarithm, enclosure(value)))
    }

    func decimalLogarithm(_ value: Value) throws(CalculationError) -> Value {
        if case .exact(let number) = value, number.signum > 0, let power = try number.wholeDecimalLogarithm(meter) {
            return .exact(ExactNumber(DecimalNumber(power)))
        }
        return settled(try working.logarithm(.decimalLogarithm, enclosure(value)))
    }

    func power(_ base: Value, _ power: Value) throws(CalculationError) -> Value {
        guard isNumber(base), isNumber(power) else { throw notANumber() }
        if case .exact(let exponent) = power {
            if let whole = exponent.wholeNumber() { return try self.power(base, whole) }
            if case .exact(let number) = base, number.signum > 0, let result = try rationalPower(number, exponent) {
                return result
            }
        }
        if isZero(base) {
            let exponent = try enclosure(power)
            if exponent.isNegative { throw divisionByZero() }
            guard exponent.isPositive else { throw working.undecided() }
            return base
        }
        if case .exact(let number) = base, try number.compared(with: .one, meter) == 0 { return base }
        return .enclosed(try exponentialPower(enclosure(base), enclosure(power)))
    }

    /// base^power as exp(power × ln(base)).
    private func exponentialPower(_ base: Enclosure, _ power: Enclosure) throws(CalculationError) -> Enclosure {
        if base.isNegative {
            throw CalculationError(.outsideDomain, "a negative number has real powers only with whole exponents")
        }
        let logarithm = try working.logarithm(.naturalLogarithm, base)
        return try working.exponential(working.product(power, logarithm))
    }

    private func power(_ base: Value, _ power: Int) throws(CalculationError) -> Value {
        switch base {
        case .exact(let number):
            if number.isZero, power < 0 { throw divisionByZero() }
            if let result = try number.power(power, meter) { return .exact(result) }
            let adjusted = number.adjustedExponentEstimate
            let (magnitude, overflow) = max(abs(adjusted.lowerBound), abs(adjusted.upperBound))
                .multipliedReportingOverflow(by: power)
            // Around one the estimate says nothing; whether the result is too large is seen when it is enclosed.
            let isAroundOne = adjusted.lowerBound <= 0 && adjusted.upperBound >= -1
            if !isAroundOne { try admitMagnitude(overflow ? .max : magnitude) }
            let result = settled(try working.power(working.enclosing(number), power))
            if case .enclosed(let enclosure) = result {
                try admitMagnitude(enclosure.lower.value.adjustedExponentEstimate.lowerBound)
            }
            return result
        case .enclosed(let enclosure): return settled(try working.power(enclosure, power))
        case .truth: throw notANumber()
        }
    }

    /// A power of a number greater than zero that is a root of a whole power: exact where the root is rational; an
    /// algebraic number where the root is of a low degree. Else nil.
    private func rationalPower(_ base: ExactNumber, _ power: ExactNumber) throws(CalculationError) -> Value? {
        // Exponents of more digits have a denominator that no rational number has a root of, in this memory.
        guard power.exponent <= 0, -power.exponent <= Self.maximumPlaces else { return nil }
        let tens = BigInteger.powerOfTen(-power.exponent)
        let common = try ExactNumber.gcd(power.numerator, tens, meter)
        let (p, q) = (
            power.numerator.exactQuotient(dividingBy: common),
            power.denominator * tens.exactQuotient(dividingBy: common)
        )
        guard let degree = q.small, let p = p.small else { return nil }
        // A root other than one is at least two, or at most a half, and so many bits has the number itself.
        let bits = max(base.numerator.bitWidth, base.denominator.bitWidth) + 4 * abs(base.exponent)
        if degree <= bits, let root = try base.root(degree, meter) { return try self.power(.exact(root), p) }
        guard degree <= Self.maximumDegree, abs(p) <= Self.maximumDegree else { return nil }
        let result = try exponentialPower(working.enclosing(base), working.enclosing(power))
        return settled(Enclosure(result.lower, result.upper, RootBound(base).power(p).root(degree)))
    }

    /// Digits after the point of exponents that rational roots are looked for with.
    private static let maximumPlaces = 18
    /// Degree up to which roots are kept as algebraic numbers: the proof of a higher one takes too many digits.
    private static let maximumDegree = 10_000

    private func enclosure(_ value: Value) throws(CalculationError) -> Enclosure {
        switch value {
        case .exact(let number): try working.enclosing(number)
        case .enclosed(let enclosure): enclosure
        case .truth: throw notANumber()
        }
    }
}
