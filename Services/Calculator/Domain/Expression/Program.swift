/// An expression in postfix order: what to do, one after the other.
///
/// Grammar, from what binds least:
///
///     expression = sum [ ( "<" | "<=" | ">" | ">=" | "=" | "==" | "!=" ) sum ]
///     sum        = product { ( "+" | "-" ) product }
///     product    = signed { ( "*" | "/" | "%" ) signed }
///     signed     = { "+" | "-" } power
///     power      = operand [ "^" signed ]
///     operand    = number | variable | function "(" expression { "," expression } ")" | "(" expression ")"
struct Program: Sendable {
    struct Step: Sendable {
        let operation: Operation
        /// Where it stands in the expression, in bytes: an operator, or the name of a function.
        let offset: Int
    }

    private(set) var steps: [Step] = []

    init() {
        // A short expression needs no more: growing from one on would take longer than reading it.
        steps.reserveCapacity(Self.usualSteps)
    }

    /// Of expressions that people write.
    static let usualSteps = 16

    mutating func append(_ operation: Operation, at offset: Int) {
        steps.append(Step(operation: operation, offset: offset))
    }

    mutating func append(_ number: ExactNumber, at offset: Int) {
        append(.constant(number), at: offset)
    }
}
