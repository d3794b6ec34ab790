import Events
import HTTP
import HTTPTypes
import IdentityProtocol
import JetStream

/// What goes wrong between us and a service behind us, as it is told to clients.
enum ServiceProblem {
    /// Seconds after which a client may try again where a limit is used up.
    private static let limitRetryAfter = "60"

    /// Runs the call; its errors become problems.
    static func translating<Value>(
        of service: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        do { return try await body() } catch { throw problem(for: error, of: service) }
    }

    static func problem(for error: any Error, of service: String) -> any Error {
        switch error {
        case let failure as ServiceFailure: problem(failure)
        case NATSError.service(code: NATSServiceError.overloadedCode, _), NATSError.noResponders,
            NATSError.disconnected, NATSError.overloaded:
            Problem.unavailable("the \(service) service cannot answer now", retryAfter: 1)
        case NATSError.timeout, NATSError.service(code: 504, _):
            Problem(
                .gatewayTimeout, "deadline-exceeded", title: "Deadline exceeded",
                detail: "the \(service) service did not answer in time")
        default: error
        }
    }

    private static func problem(_ failure: ServiceFailure) -> Problem {
        var headers = HTTPFields()
        if failure.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        if failure.status == 429 { headers[.retryAfter] = limitRetryAfter }
        let words = failure.reason.replacing("-", with: " ")
        return Problem(
            HTTPResponse.Status(code: failure.status), failure.reason,
            title: words.prefix(1).uppercased() + words.dropFirst(), detail: failure.detail, headers: headers)
    }
}

/// What goes wrong between us and the identity service.
enum IdentityProblem {
    static func translating<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        try await ServiceProblem.translating(of: ServiceName.identity, body)
    }

    static func problem(for error: any Error) -> any Error {
        ServiceProblem.problem(for: error, of: ServiceName.identity)
    }
}
