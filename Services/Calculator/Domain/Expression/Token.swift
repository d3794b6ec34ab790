/// What an expression is made of.
enum Token {
    case number(DecimalNumber)
    /// A function's or a variable's name: where it begins and ends.
    case name(Range<Int>)
    case opening, closing, comma
    case infix(Infix)
    /// After the last one.
    case end

    /// The signs between two operands. Plus and minus can be in front of one, too.
    enum Infix {
        case plus, minus, times, dividedBy, remainder, power
        case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual

        /// Who takes an operand between two: the greater one.
        var precedence: Int {
            switch self {
            case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: 1
            case .plus, .minus: 2
            case .times, .dividedBy, .remainder: 3
            case .power: 5
            }
        }

        /// A sign in front binds more than a product and less than a power: -2^2 is -4.
        static let signPrecedence = 4

        var operation: Operation.Binary {
            switch self {
            case .plus: .add
            case .minus: .subtract
            case .times: .multiply
            case .dividedBy: .divide
            case .remainder: .remainder
            case .power: .power
            case .less: .less
            case .lessOrEqual: .lessOrEqual
            case .greater: .greater
            case .greaterOrEqual: .greaterOrEqual
            case .equal: .equal
            case .notEqual: .notEqual
            }
        }
    }
}
