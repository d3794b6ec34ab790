extension Calculator {
    /// The value of an expression (see ``Program`` for the grammar), rounded to the precision.
    ///
    /// Rational numbers are exact in between. What is not rational is enclosed, and computed again with twice as many
    /// digits until all of the enclosure rounds to the same result (Ziv 1991), or a limit ends it.
    package func evaluate(
        _ request: EvaluateRequest, budget: Budget = .unlimited
    ) throws(CalculationError) -> Evaluation {
        try check(precision: request.precision)
        let names = Self.bytes(request.variables)
        try checkExpression(bytes: names + request.expression.utf8.count, pointer: "/expression")
        let meter = Meter(limits, budget)
        try meter.begin()
        try meter.pay(Work.reading(bytes: names))
        let variables = try Variables.parse(request.variables, limits: limits)
        let task = Task(precision: request.precision, rounding: request.rounding, variables: variables)
        return try evaluate(request.expression, task, meter, pointer: "/expression")
    }

    /// The values of many expressions. What is wrong with one of them is its own error, with a limit of work of its own;
    /// deadline, cancellation and the budget's work are those of all.
    package func batch(
        _ request: BatchRequest, budget: Budget = .unlimited
    ) throws(CalculationError) -> BatchAnswer {
        try check(precision: request.precision)
        guard request.expressions.count <= limits.expressions else {
            throw CalculationError(
                .tooMany, "there are more than \(limits.expressions) expressions", pointer: "/expressions")
        }
        let names = Self.bytes(request.variables)
        try checkExpression(bytes: names, pointer: "/variables")
        try checkRequest(bytes: request.expressions.reduce(names) { $0 + $1.utf8.count }, pointer: "/expressions")
        let whole = Meter(limits, budget)
        try whole.begin()
        try whole.pay(Work.reading(bytes: names))
        let variables = try Variables.parse(request.variables, limits: limits)
        let task = Task(precision: request.precision, rounding: request.rounding, variables: variables)
        var results: [Result<Evaluation, CalculationError>] = []
        results.reserveCapacity(request.expressions.count)
        var budget = budget
        budget.work = budget.work.map { $0 - whole.work }
        for (index, expression) in request.expressions.enumerated() {
            let pointer = "/expressions/\(index)"
            let meter = Meter(limits, budget)
            do throws(CalculationError) {
                try meter.begin()
                try checkExpression(bytes: names + expression.utf8.count, pointer: pointer)
                results.append(.success(try evaluate(expression, task, meter, pointer: pointer)))
            } catch {
                let isOfTheCall = error.code == .tooMuchWork && meter.work <= limits.work
                if error.kind == .deadline || error.kind == .cancelled || isOfTheCall { throw error }
                results.append(.failure(error))
            }
            budget.work = budget.work.map { $0 - meter.work }
        }
        return BatchAnswer(results: results)
    }

    private static func bytes(_ variables: [String: String]) -> Int {
        variables.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }

    private struct Task {
        let precision: Int
        let rounding: Rounding
        let variables: [String: ExactNumber]
    }

    private func evaluate(
        _ expression: String, _ task: Task, _ meter: Meter, pointer: String
    ) throws(CalculationError) -> Evaluation {
        try meter.pay(Work.reading(bytes: expression.utf8.count))
        var expression = expression
        let program = expression.withUTF8 { text -> Result<Program, SyntaxError> in
            do throws(SyntaxError) {
                return .success(try Parser.parse(text, variables: task.variables, limits: limits))
            } catch {
                return .failure(error)
            }
        }
        switch program {
        case .success(let program):
            do throws(CalculationError) {
                return try evaluate(program, task, meter)
            } catch {
                // Where the clock ran out is nobody's fault.
                if error.kind == .deadline || error.kind == .cancelled { throw error }
                throw error.at(position: Self.position(of: meter.offset, in: expression), pointer: pointer)
            }
        case .failure(let failure):
            throw failure.error.at(position: Self.position(of: failure.offset, in: expression), pointer: pointer)
        }
    }

    /// Digits beyond the precision in the first attempt: enough, but for one in a thousand million results.
    private static let guardDigits = 12

    private func evaluate(
        _ program: Program, _ task: Task, _ meter: Meter
    ) throws(CalculationError) -> Evaluation {
        var digits = task.precision + Self.guardDigits
        while true {
            do throws(CalculationError) {
                let working = WorkingPrecision(digits: digits, meter: meter)
                var evaluator = Evaluator(rounding: task.rounding, working: working)
                let value = try evaluator.run(program)
                return try answer(value, task, working)
            } catch {
                guard error.code == .undecided, digits < limits.workingDigits else { throw error }
            }
            digits = min(2 * digits, limits.workingDigits)
        }
    }

    private func answer(
        _ value: Value, _ task: Task, _ working: WorkingPrecision
    ) throws(CalculationError) -> Evaluation {
        let rounded: (value: DecimalNumber, isExact: Bool)
        switch value {
        case .exact(let number):
            rounded = try number.rounded(toDigits: task.precision, task.rounding, working.meter)
        case .enclosed(let enclosure):
            rounded = try working.rounded(enclosure, toDigits: task.precision, task.rounding)
        case .truth(let isTrue): return Evaluation(result: isTrue ? "true" : "false", isExact: true, digits: nil)
        }
        // In between, a number may be a digit or two beyond the limit; what is answered is a literal that can be read.
        if !rounded.value.isZero { try working.meter.admit(exponent: rounded.value.adjustedExponent) }
        return Evaluation(
            result: rounded.value.text, isExact: rounded.isExact, digits: rounded.isExact ? nil : task.precision)
    }

    /// The position of a byte: Unicode scalars up to it, and one.
    private static func position(of offset: Int, in expression: String) -> Int {
        1 + expression.utf8.prefix(offset).count { $0 & 0xC0 != 0x80 }
    }
}

extension Calculator {
    func check(precision: Int) throws(CalculationError) {
        let allowed = CalculationLimits.precision
        guard allowed.contains(precision) else {
            throw CalculationError(
                .invalidPrecision, "the precision is from \(allowed.lowerBound) to \(allowed.upperBound) digits",
                pointer: "/precision")
        }
    }

    private func checkExpression(bytes: Int, pointer: String) throws(CalculationError) {
        guard bytes <= limits.expressionBytes else {
            throw CalculationError(
                .tooLong, "an expression with its variables has at most \(limits.expressionBytes) bytes",
                pointer: pointer)
        }
    }

    func checkRequest(bytes: Int, pointer: String) throws(CalculationError) {
        guard bytes <= limits.requestBytes else {
            throw CalculationError(
                .tooLong, "the texts of one request have at most \(limits.requestBytes) bytes together",
                pointer: pointer)
        }
    }
}
