import CalculatorDomain
import Wire

extension CalculationError {
    /// What the caller is told. Limits are `OUT_OF_RANGE`, as asking for less helps and asking again does not.
    var rpcError: RPCError {
        let status: StatusCode =
            switch kind {
            case .invalid: .invalidArgument
            case .limit: .outOfRange
            case .deadline: .deadlineExceeded
            case .cancelled: .cancelled
            }
        return RPCError(
            status, message, reason: code.rawValue, position: position.map { UInt32(clamping: $0) }, pointer: pointer)
    }
}

extension RoundingRule {
    var domain: CalculatorDomain.Rounding {
        switch self {
        case .halfEven: .halfEven
        case .halfUp: .halfUp
        case .halfDown: .halfDown
        case .up: .up
        case .down: .down
        case .ceiling: .ceiling
        case .floor: .floor
        }
    }
}
