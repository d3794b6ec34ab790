import Events
import HTTP
import HTTPTypes
import NIOCore
import Wire
import WireClient

/// The calculator as the gateway's API uses it: a call with a deadline, its errors as problems.
struct Calculations: Sendable {
    /// For one call, from the gateway to the answer.
    static let deadline = TimeAmount.seconds(10)
    /// Seconds after which a caller may try again.
    private static let retryAfter = 1

    let client: RPCClient

    func call<Method: WireMethod>(
        _ method: Method.Type, _ request: () throws(PayloadError) -> Method.Request, trace: Traceparent?
    ) async throws -> Method.Response {
        do {
            let trace = trace.flatMap { TraceContext(traceparent: $0.description) }
            return try await client.call(method, try request(), deadline: .now() + Self.deadline, trace: trace)
        } catch let error as PayloadError {
            throw Self.problem(error.rpcError)
        } catch let error as RPCError {
            throw Self.problem(error)
        }
    }

    static func problem(_ error: RPCError) -> any Error {
        switch error.code {
        case .invalidArgument, .outOfRange:
            let detail = error.position.map { "\(error.message) at position \($0)" } ?? error.message
            return Problem(
                .unprocessableContent, error.reason.isEmpty ? "invalid-calculation" : error.reason,
                title: title(of: error.reason), detail: detail,
                errors: error.pointer.isEmpty ? [] : [.init(pointer: error.pointer, detail: detail)],
                position: error.position.map { Int($0) })
        case .deadlineExceeded:
            return Problem(
                .gatewayTimeout, "deadline-exceeded", title: "Deadline exceeded",
                detail: "the calculation did not end within \(deadline.nanoseconds / 1_000_000_000) seconds")
        case .unavailable, .resourceExhausted:
            return Problem.unavailable("the calculator cannot take the call now", retryAfter: retryAfter)
        default:
            return error
        }
    }

    /// `division-by-zero` is `Division by zero`.
    private static func title(of reason: String) -> String {
        let words = reason.isEmpty ? "invalid calculation" : reason.replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
