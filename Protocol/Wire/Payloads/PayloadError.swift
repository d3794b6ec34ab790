/// Why a payload is not one. The call is answered with an error, and the connection lives on.
package enum PayloadError: Error, Sendable, Equatable, CustomStringConvertible {
    case truncated
    case trailing
    case notUTF8(String)
    case invalid(String)
    case overLimit(String, maximum: Int)

    package var description: String {
        switch self {
        case .truncated: "the payload ends early"
        case .trailing: "the payload has bytes after its end"
        case .notUTF8(let field): "\(field) is not UTF-8"
        case .invalid(let field): "\(field) has a value it cannot have"
        case .overLimit(let field, let maximum): "\(field) is over its limit of \(maximum)"
        }
    }

    /// What the caller is answered.
    package var rpcError: RPCError {
        switch self {
        case .overLimit: RPCError(.invalidArgument, description, reason: "over-limit")
        case .truncated, .trailing, .notUTF8, .invalid: RPCError(.invalidArgument, description, reason: "malformed")
        }
    }
}
