import Events
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Wire
import WireClient

/// The calculator as the gateway's API uses it: calls with deadlines, their errors as problems.
struct Calculations: Sendable {
    /// For one request, where the client names no other time.
    static let standardLimit = TimeAmount.seconds(10)
    /// Seconds after which a caller may try again.
    private static let retryAfter = 1

    let clients: RPCClients

    func call<Method: WireMethod>(
        _ method: Method.Type, _ terms: CallTerms, _ request: () throws(PayloadError) -> Method.Request
    ) async throws -> Method.Response {
        do {
            return try await send(method, terms, try request())
        } catch let error as PayloadError {
            throw Self.problem(error.rpcError, limit: terms.limit)
        } catch let error as RPCError {
            throw Self.problem(error, limit: terms.limit)
        }
    }

    /// The same with errors as they come.
    func send<Method: WireMethod>(
        _ method: Method.Type, _ terms: CallTerms, _ request: Method.Request
    ) async throws(RPCError) -> Method.Response {
        try await clients.current.call(method, request, deadline: terms.deadline, trace: terms.trace)
    }

    static func problem(_ error: RPCError, limit: TimeAmount = standardLimit) -> any Error {
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
                detail: "the calculation did not end within \(seconds(limit)) seconds")
        case .resourceExhausted where error.reason == answerTooLarge:
            return Problem(
                .unprocessableContent, answerTooLarge, title: title(of: answerTooLarge),
                detail: "the results are too long for one answer: ask for less, or for fewer digits")
        case .unavailable, .resourceExhausted:
            return Problem.unavailable("the calculator cannot take the call now", retryAfter: retryAfter)
        case .cancelled:
            return Problem.clientIsGone
        default:
            return error
        }
    }

    /// Of the RPC server, for an answer longer than a frame.
    private static let answerTooLarge = "answer-too-large"

    /// `2.5`, `10`
    private static func seconds(_ amount: TimeAmount) -> String {
        let (seconds, rest) = amount.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard rest > 0 else { return "\(seconds)" }
        var fraction = String(String(1_000_000_000 + rest).dropFirst())
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(seconds).\(fraction)"
    }

    /// `division-by-zero` is `Division by zero`.
    private static func title(of reason: String) -> String {
        let words = reason.isEmpty ? "invalid calculation" : reason.replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// How long one request may take, and what it belongs to.
struct CallTerms: Sendable {
    let limit: TimeAmount
    let trace: TraceContext?
    private let end: NIODeadline?

    /// - Parameter restarts: Whether each call has the whole time to itself: of an upload, which takes as long as the client
    ///   takes to send it.
    /// - Throws: 400 for a malformed `Request-Timeout`.
    init(_ request: Request, restarts: Bool = false) throws(Problem) {
        limit = try RequestTimeout.of(request) ?? Calculations.standardLimit
        trace = request.traceparent.flatMap { TraceContext(traceparent: $0.description) }
        end = restarts ? nil : .now() + limit
    }

    /// Of a call that begins now.
    var deadline: NIODeadline { end ?? .now() + limit }
}

extension Problem {
    /// What nobody reads any more. The status is nginx's.
    static let clientIsGone = Problem(
        .init(code: 499, reasonPhrase: "Client Closed Request"), "client-closed-request",
        title: "Client closed request",
        detail: "the client closed the connection")
}
