import BigNumber

/// Interval arithmetic.
extension WorkingPrecision {
    func sum(_ left: Enclosure, _ right: Enclosure) throws(CalculationError) -> Enclosure {
        Enclosure(
            try sum(left.lower, right.lower, .below), try sum(left.upper, right.upper, .above),
            combine(left, right) { $0.adding($1) })
    }

    func product(_ left: Enclosure, _ right: Enclosure) throws(CalculationError) -> Enclosure {
        if left.isNotPositive && !left.isNotNegative { return try -product(-left, right) }
        if !left.isNotNegative {
            // Both signs on the left.
            if right.isNotNegative || right.isNotPositive { return try product(right, left) }
            return Enclosure(
                least(
                    try product(left.lower, right.upper, .below), try product(left.upper, right.lower, .below)),
                greatest(
                    try product(left.lower, right.lower, .above), try product(left.upper, right.upper, .above)),
                combine(left, right) { $0.multiplied(by: $1) })
        }
        return Enclosure(
            try product(right.isNotNegative ? left.lower : left.upper, right.lower, .below),
            try product(right.isNotPositive ? left.lower : left.upper, right.upper, .above),
            combine(left, right) { $0.multiplied(by: $1) })
    }

    func quotient(_ left: Enclosure, _ right: Enclosure) throws(CalculationError) -> Enclosure {
        if right.upper.value.signum < 0 { return try quotient(-left, -right) }
        guard right.lower.value.signum > 0 else { throw undecided() }
        return Enclosure(
            try quotient(left.lower, left.isNotNegative ? right.upper : right.lower, .below),
            try quotient(left.upper, left.isNotPositive ? right.upper : right.lower, .above),
            combine(left, right) { $0.multiplied(by: $1.reciprocal) })
    }

    func magnitude(_ value: Enclosure) -> Enclosure {
        if value.isNotNegative { return value }
        if value.isNotPositive { return -value }
        return Enclosure(
            End(value: .zero, isOpen: false), greatest(-value.lower, value.upper), value.rootBound)
    }

    func minimum(_ left: Enclosure, _ right: Enclosure) -> Enclosure {
        Enclosure(
            least(left.lower, right.lower), leastUpper(left.upper, right.upper),
            combine(left, right) { $0.either($1) })
    }

    func maximum(_ left: Enclosure, _ right: Enclosure) -> Enclosure { -minimum(-left, -right) }

    func squareRoot(_ radicand: Enclosure) throws(CalculationError) -> Enclosure {
        guard radicand.isNotNegative else {
            throw radicand.isNegative
                ? CalculationError(.outsideDomain, "a square root is of a number that is not negative") : undecided()
        }
        return Enclosure(
            try squareRoot(radicand.lower, .below), try squareRoot(radicand.upper, .above),
            radicand.rootBound?.root(2))
    }

    func exponential(_ power: Enclosure) throws(CalculationError) -> Enclosure {
        // Three times as much is beyond every limit of exponents, and MPFR's own are far away.
        let most = DecimalNumber(3 * meter.limits.exponent)
        guard power.lower.value < most, -power.upper.value < most else { throw meter.exponentOutOfRange() }
        guard power.upper.value < most, -power.lower.value < most else { throw undecided() }
        return Enclosure(
            try value(of: .exponential, at: power.lower, .below), try value(of: .exponential, at: power.upper, .above),
            nil)
    }

    func logarithm(_ function: ElementaryFunction, _ number: Enclosure) throws(CalculationError) -> Enclosure {
        guard number.lower.value.signum > 0 else {
            throw number.upper.value.signum > 0
                ? undecided()
                : CalculationError(.outsideDomain, "a logarithm is of a number greater than zero")
        }
        return Enclosure(
            try value(of: function, at: number.lower, .below), try value(of: function, at: number.upper, .above), nil)
    }

    /// A whole power, by repeated squaring.
    func power(_ base: Enclosure, _ power: Int) throws(CalculationError) -> Enclosure {
        if power < 0 {
            let one = try enclosing(.one)
            return try quotient(one, self.power(base, -power))
        }
        if base.isNotPositive && !base.isNotNegative {
            let result = try self.power(-base, power)
            return power.isMultiple(of: 2) ? result : -result
        }
        if !base.isNotNegative {
            guard power.isMultiple(of: 2) else {
                return Enclosure(
                    -(try self.power(-base.lower, power, .above)), try self.power(base.upper, power, .above),
                    base.rootBound?.power(power))
            }
            return try self.power(magnitude(base), power)
        }
        return Enclosure(
            try self.power(base.lower, power, .below), try self.power(base.upper, power, .above),
            base.rootBound?.power(power))
    }

    /// Of an end that is not negative and a power greater than zero.
    private func power(_ base: End, _ power: Int, _ side: Side) throws(CalculationError) -> End {
        var result: End?
        var square = base
        var rest = power
        while true {
            if rest & 1 == 1 {
                if let factor = result { result = try product(factor, square, side) } else { result = square }
            }
            rest >>= 1
            guard rest > 0 else { return result ?? End(value: .one, isOpen: false) }
            square = try product(square, square, side)
        }
    }

    // MARK: Ends against each other

    /// The one that reaches lower; of two at the same place, the one that reaches it.
    private func least(_ left: End, _ right: End) -> End {
        let order = left.value.compared(with: right.value)
        return order < 0 || order == 0 && !left.isOpen ? left : right
    }

    private func greatest(_ left: End, _ right: End) -> End { -least(-left, -right) }

    /// The upper end of a minimum: the lower one of two upper ends; at the same place, one that is not reached.
    private func leastUpper(_ left: End, _ right: End) -> End {
        let order = left.value.compared(with: right.value)
        return order < 0 || order == 0 && left.isOpen ? left : right
    }

    private func combine(
        _ left: Enclosure, _ right: Enclosure, _ body: (RootBound, RootBound) -> RootBound
    ) -> RootBound? {
        guard let a = left.rootBound, let b = right.rootBound else { return nil }
        return body(a, b)
    }
}
