/// What an expression does with the numbers before it, in postfix order.
enum Operation: Sendable {
    /// A literal, or the value of a variable.
    case constant(ExactNumber)
    case unary(Unary)
    case binary(Binary)

    enum Unary: Sendable, Hashable {
        case negate, abs, floor, ceil, round, sqrt, exp, ln, log10
    }

    enum Binary: Sendable, Hashable {
        case add, subtract, multiply, divide, remainder, power
        case min, max, roundToPlaces
        case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
    }
}

/// The functions of expressions.
enum Function: String, CaseIterable, Sendable {
    case min, max, abs, sum, floor, ceil, round, sqrt, exp, ln, log10

    /// How many arguments it takes.
    var arguments: ClosedRange<Int> {
        switch self {
        case .min, .max, .sum: 1...Int.max
        case .round: 1...2
        case .abs, .floor, .ceil, .sqrt, .exp, .ln, .log10: 1...1
        }
    }

    /// What is done with an argument and all those before it, from the second one on.
    var fold: Operation.Binary? {
        switch self {
        case .min: .min
        case .max: .max
        case .sum: .add
        case .abs, .floor, .ceil, .round, .sqrt, .exp, .ln, .log10: nil
        }
    }

    /// What is done in the end, with so many arguments.
    func operation(arguments: Int) -> Operation? {
        switch self {
        case .min, .max, .sum: nil
        case .abs: .unary(.abs)
        case .floor: .unary(.floor)
        case .ceil: .unary(.ceil)
        case .round: arguments == 1 ? .unary(.round) : .binary(.roundToPlaces)
        case .sqrt: .unary(.sqrt)
        case .exp: .unary(.exp)
        case .ln: .unary(.ln)
        case .log10: .unary(.log10)
        }
    }
}
