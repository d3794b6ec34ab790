import BigNumber

extension Evaluator {
    func negated(_ value: Value) throws(CalculationError) -> Value {
        switch value {
        case .exact(let number): .exact(-number)
        case .enclosed(let enclosure): .enclosed(-enclosure)
        case .truth: throw notANumber()
        }
    }

    func magnitude(_ value: Value) throws(CalculationError) -> Value {
        switch value {
        case .exact(let number): .exact(number.signum < 0 ? -number : number)
        case .enclosed(let enclosure): .enclosed(working.magnitude(enclosure))
        case .truth: throw notANumber()
        }
    }

    func sum(_ left: Value, _ right: Value) throws(CalculationError) -> Value {
        switch try operands(left, right) {
        case .exact(let a, let b):
            if let sum = try a.adding(b, meter) { return .exact(sum) }
            return settled(try working.sum(working.enclosing(a), working.enclosing(b)))
        case .enclosed(let a, let b): return settled(try working.sum(a, b))
        }
    }

    func product(_ left: Value, _ right: Value) throws(CalculationError) -> Value {
        // Zero makes exact even what has no end.
        if isZero(left), isNumber(right) { return left }
        if isZero(right), isNumber(left) { return right }
        switch try operands(left, right) {
        case .exact(let a, let b):
            if let product = try a.multiplied(by: b, meter) { return .exact(product) }
            try admitMagnitude(a.adjustedExponentEstimate.upperBound + b.adjustedExponentEstimate.upperBound)
            return settled(try working.product(working.enclosing(a), working.enclosing(b)))
        case .enclosed(let a, let b): return settled(try working.product(a, b))
        }
    }

    func quotient(_ left: Value, _ right: Value) throws(CalculationError) -> Value {
        switch right {
        case .exact(let divisor):
            if divisor.isZero, isNumber(left) { throw divisionByZero() }
            return try product(left, .exact(divisor.reciprocal))
        case .enclosed(let divisor):
            if isZero(left), divisor.isPositive || divisor.isNegative { return left }
            guard case .enclosed(let a, let b) = try operands(left, right) else { throw notANumber() }
            return settled(try working.quotient(a, b))
        case .truth: throw notANumber()
        }
    }

    /// a - b × trunc(a / b): the sign is the dividend's, as in General Decimal Arithmetic.
    func remainder(_ left: Value, _ right: Value) throws(CalculationError) -> Value {
        if case .exact(let a) = left, case .exact(let b) = right {
            guard !b.isZero else { throw divisionByZero() }
            return .exact(try a.remainder(dividingBy: b, meter))
        }
        let whole = try rounded(quotient(left, right), toPlaces: 0, .down)
        return try sum(left, negated(product(right, whole)))
    }

    func extreme(_ left: Value, _ right: Value, isMaximum: Bool) throws(CalculationError) -> Value {
        switch try operands(left, right) {
        case .exact(let a, let b):
            let isLess = try a.compared(with: b, meter) < 0
            return .exact(isLess == isMaximum ? b : a)
        case .enclosed(let a, let b):
            return settled(isMaximum ? working.maximum(a, b) : working.minimum(a, b))
        }
    }

    /// Less than, equal to or greater than zero, as the left one is to the right one.
    func order(_ left: Value, _ right: Value) throws(CalculationError) -> Int {
        switch try operands(left, right) {
        case .exact(let a, let b): return try a.compared(with: b, meter)
        case .enclosed(let a, let b):
            guard case .enclosed(let difference) = settled(try working.sum(a, -b)) else { return 0 }
            if difference.isPositive { return 1 }
            if difference.isNegative { return -1 }
            throw working.undecided()
        }
    }

    func rounded(_ value: Value, toPlaces places: Int, _ rounding: Rounding) throws(CalculationError) -> Value {
        switch value {
        case .exact(let number): .exact(try number.rounded(toPlaces: places, rounding, meter))
        case .enclosed(let enclosure):
            .exact(ExactNumber(try working.rounded(enclosure, toPlaces: places, rounding)))
        case .truth: throw notANumber()
        }
    }

    /// The number of places to round to.
    func places(_ value: Value) throws(CalculationError) -> Int {
        guard case .exact(let number) = value, let places = number.wholeNumber(),
            abs(places) <= meter.limits.exponent
        else {
            throw CalculationError(.outsideDomain, "the places to round to are a whole number")
        }
        return places
    }
}

extension Evaluator {
    func operands(_ left: Value, _ right: Value) throws(CalculationError) -> Operands {
        switch (left, right) {
        case (.exact(let a), .exact(let b)): .exact(a, b)
        case (.exact(let a), .enclosed(let b)): .enclosed(try working.enclosing(a), b)
        case (.enclosed(let a), .exact(let b)): .enclosed(a, try working.enclosing(b))
        case (.enclosed(let a), .enclosed(let b)): .enclosed(a, b)
        case (.truth, _), (_, .truth): throw notANumber()
        }
    }

    /// Zero, where the number is proven to be.
    func settled(_ enclosure: Enclosure) -> Value {
        if enclosure.lower.value.signum > 0 || enclosure.upper.value.signum < 0 { return .enclosed(enclosure) }
        return enclosure.isProven(equalTo: .zero) ? .exact(.zero) : .enclosed(enclosure)
    }

    func isZero(_ value: Value) -> Bool {
        if case .exact(let number) = value { number.isZero } else { false }
    }

    func isNumber(_ value: Value) -> Bool {
        if case .truth = value { false } else { true }
    }

    /// What has too many digits to be exact may go on as an enclosure, unless it is huge or tiny as well: then it is
    /// what the limit of digits is for.
    func admitMagnitude(_ exponent: Int) throws(CalculationError) {
        guard abs(exponent) <= meter.limits.digits else { throw meter.tooManyDigits() }
    }

    func notANumber() -> CalculationError {
        CalculationError(.notANumber, "a comparison stands where a number is needed")
    }

    func divisionByZero() -> CalculationError { CalculationError(.divisionByZero, "division by zero") }
}
