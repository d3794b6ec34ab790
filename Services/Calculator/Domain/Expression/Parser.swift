/// Turns an expression into a program: Dijkstra's shunting yard, without recursion, so that no input is too deep for
/// the stack of the thread; how deep it may be is a limit with a name.
struct Parser {
    /// What waits for its right operand, or for a parenthesis.
    private enum Pending {
        case infix(Token.Infix, offset: Int)
        case negation(offset: Int)
        case parenthesis(offset: Int)
        case call(Function, offset: Int, arguments: Int)
    }

    private let variables: [String: ExactNumber]
    private var lexer: Lexer
    private var pending: [Pending] = []
    private var program = Program()

    /// - Throws: an error with the offset of what is wrong, in bytes.
    static func parse(
        _ text: UnsafeBufferPointer<UInt8>, variables: [String: ExactNumber], limits: CalculationLimits
    ) throws(SyntaxError) -> Program {
        var parser = Parser(variables: variables, lexer: Lexer(text, limits: limits))
        return try parser.parse()
    }

    private init(variables: [String: ExactNumber], lexer: Lexer) {
        self.variables = variables
        self.lexer = lexer
        pending.reserveCapacity(Program.usualSteps)
    }

    private mutating func parse() throws(SyntaxError) -> Program {
        while true {
            try parseOperand()
            if try parseOperators() { return program }
        }
    }

    /// Reads signs, opening parentheses and calls, up to a number or a variable.
    private mutating func parseOperand() throws(SyntaxError) {
        while true {
            let token = try lexer.next()
            switch token {
            case .number(let value): return program.append(ExactNumber(value), at: lexer.start)
            case .name(let range):
                if let variable = try parseName(range) { return program.append(variable, at: range.lowerBound) }
            case .infix(.plus): break
            case .infix(.minus): try push(.negation(offset: lexer.start))
            case .opening: try push(.parenthesis(offset: lexer.start))
            case .infix, .closing, .comma, .end: throw lexer.unexpected()
            }
        }
    }

    /// The value of a variable; or nil after the opening parenthesis of a call.
    private mutating func parseName(_ range: Range<Int>) throws(SyntaxError) -> ExactNumber? {
        let text = lexer.text[range]
        // No function and no variable has a name that long.
        let name = range.count <= Variables.maximumNameLength ? String(decoding: text, as: UTF8.self) : ""
        if let function = Function(rawValue: name) {
            guard case .opening = try lexer.next() else { throw lexer.unexpected() }
            try push(.call(function, offset: range.lowerBound, arguments: 1))
            return nil
        }
        guard let value = variables[name] else {
            let shown = name.isEmpty ? "of \(range.count) characters" : "'\(name)'"
            throw SyntaxError(
                offset: range.lowerBound,
                error: CalculationError(.unknownName, "unknown function or variable \(shown)"))
        }
        return value
    }

    /// Reads what follows an operand, up to an operator that needs another one, or to the end. True at the end.
    private mutating func parseOperators() throws(SyntaxError) -> Bool {
        while true {
            let token = try lexer.next()
            switch token {
            case .infix(let infix):
                reduce(to: infix)
                try push(.infix(infix, offset: lexer.start))
                return false
            case .comma:
                reduce(to: nil)
                guard case .call(let function, let offset, let arguments) = pending.popLast() else {
                    throw lexer.unexpected()
                }
                if arguments > 1, let fold = function.fold { program.append(.binary(fold), at: offset) }
                guard arguments < function.arguments.upperBound else { throw wrongCount(function, offset) }
                pending.append(.call(function, offset: offset, arguments: arguments + 1))
                return false
            case .closing:
                reduce(to: nil)
                try close()
            case .end:
                reduce(to: nil)
                guard pending.isEmpty else { throw lexer.unexpected() }
                return true
            case .number, .name, .opening: throw lexer.unexpected()
            }
        }
    }

    private mutating func close() throws(SyntaxError) {
        switch pending.popLast() {
        case .parenthesis: break
        case .call(let function, let offset, let arguments):
            if arguments > 1, let fold = function.fold { program.append(.binary(fold), at: offset) }
            if let operation = function.operation(arguments: arguments) { program.append(operation, at: offset) }
        case .infix, .negation, nil: throw lexer.unexpected()
        }
    }

    /// Gives the last operand to all that bind it more than the operator that follows; at the end, or where something
    /// closes, to all since it was opened.
    private mutating func reduce(to infix: Token.Infix?) {
        while let last = pending.last {
            switch last {
            case .infix(let left, let offset):
                if let infix {
                    // Of two powers the right one comes first.
                    let isRightFirst = infix == .power && left == .power
                    guard left.precedence >= infix.precedence, !isRightFirst else { return }
                }
                program.append(.binary(left.operation), at: offset)
            case .negation(let offset):
                if let infix, Token.Infix.signPrecedence < infix.precedence { return }
                program.append(.unary(.negate), at: offset)
            case .parenthesis, .call: return
            }
            pending.removeLast()
        }
    }

    private mutating func push(_ item: Pending) throws(SyntaxError) {
        guard pending.count < lexer.limits.depth else {
            throw SyntaxError(
                offset: lexer.start,
                error: CalculationError(
                    .tooDeep,
                    "more than \(lexer.limits.depth) parentheses, functions, signs and operators within each other"))
        }
        pending.append(item)
    }

    private func wrongCount(_ function: Function, _ offset: Int) -> SyntaxError {
        let most = function.arguments.upperBound
        return SyntaxError(
            offset: offset,
            error: CalculationError(
                .invalidExpression, "\(function.rawValue) takes at most \(most) argument\(most == 1 ? "" : "s")"))
    }
}
