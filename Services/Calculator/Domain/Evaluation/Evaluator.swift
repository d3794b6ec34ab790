import BigNumber

/// Runs a program once, with a number of digits for what is not rational.
///
/// Errors have no position: it is where the meter was set to last. ``CalculationError/Code/undecided`` means that more
/// digits may help.
struct Evaluator {
    let rounding: Rounding
    let working: WorkingPrecision
    private var stack: [Value] = []
    private var liveDigits = 0

    var meter: Meter { working.meter }

    init(rounding: Rounding, working: WorkingPrecision) {
        self.rounding = rounding
        self.working = working
        stack.reserveCapacity(Program.usualSteps)
    }

    mutating func run(_ program: Program) throws(CalculationError) -> Value {
        for step in program.steps {
            meter.offset = step.offset
            try meter.pay(Work.step)
            switch step.operation {
            case .constant(let number): try push(.exact(number))
            case .unary(let operation): try push(apply(operation, pop()))
            case .binary(let operation):
                let right = pop()
                let left = pop()
                try push(apply(operation, left, right))
            }
        }
        return pop()
    }

    private mutating func push(_ value: Value) throws(CalculationError) {
        liveDigits += digits(of: value)
        guard liveDigits <= meter.limits.liveDigits else {
            throw CalculationError(
                .tooManyDigits, "the numbers up to here have more than \(meter.limits.liveDigits) digits together")
        }
        stack.append(value)
    }

    private mutating func pop() -> Value {
        guard let value = stack.popLast() else { preconditionFailure("a program has an operand for each operation") }
        liveDigits -= digits(of: value)
        return value
    }

    private func digits(of value: Value) -> Int {
        switch value {
        // The stack is no deeper than expressions may be: small numbers on it do not count.
        case .exact(let number): number.isSmall ? 0 : number.digits
        case .enclosed: 2 * working.digits
        case .truth: 0
        }
    }

    private func apply(_ operation: Operation.Unary, _ operand: Value) throws(CalculationError) -> Value {
        switch operation {
        case .negate: try negated(operand)
        case .abs: try magnitude(operand)
        case .floor: try rounded(operand, toPlaces: 0, .floor)
        case .ceil: try rounded(operand, toPlaces: 0, .ceiling)
        case .round: try rounded(operand, toPlaces: 0, rounding)
        case .sqrt: try squareRoot(operand)
        case .exp: try exponential(operand)
        case .ln: try naturalLogarithm(operand)
        case .log10: try decimalLogarithm(operand)
        }
    }

    private func apply(
        _ operation: Operation.Binary, _ left: Value, _ right: Value
    ) throws(CalculationError) -> Value {
        switch operation {
        case .add: try sum(left, right)
        case .subtract: try sum(left, negated(right))
        case .multiply: try product(left, right)
        case .divide: try quotient(left, right)
        case .remainder: try remainder(left, right)
        case .power: try power(left, right)
        case .min: try extreme(left, right, isMaximum: false)
        case .max: try extreme(left, right, isMaximum: true)
        case .roundToPlaces: try rounded(left, toPlaces: places(right), rounding)
        case .less: .truth(try order(left, right) < 0)
        case .lessOrEqual: .truth(try order(left, right) <= 0)
        case .greater: .truth(try order(left, right) > 0)
        case .greaterOrEqual: .truth(try order(left, right) >= 0)
        case .equal: .truth(try order(left, right) == 0)
        case .notEqual: .truth(try order(left, right) != 0)
        }
    }
}
