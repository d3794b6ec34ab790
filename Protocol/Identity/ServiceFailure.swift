package import JetStream

/// Why a service refuses. Over NATS `Nats-Service-Error-Code` is the status, and `Nats-Service-Error` is `reason: detail`.
package struct ServiceFailure: Error, Sendable, Equatable {
    /// As of HTTP.
    package let status: Int
    /// Stable, for programs: kebab case.
    package let reason: String
    /// For people; holds no credential.
    package let detail: String

    package init(_ status: Int, _ reason: String, _ detail: String) {
        self.status = status
        self.reason = reason
        self.detail = detail
    }

    package var serviceError: NATSServiceError {
        NATSServiceError(code: status, description: "\(reason): \(detail)")
    }

    /// Nil where it is none of the service's own: a failure of the service or of the way there.
    package init?(_ error: NATSError) {
        guard case .service(let code, let description) = error,
            (400..<500).contains(code) || code == 501 || code == 502,
            let colon = description.firstRange(of: ": ")
        else { return nil }
        self.init(
            code, String(description[..<colon.lowerBound]), String(description[colon.upperBound...]))
    }
}

/// A refusal of the identity service.
package typealias IdentityFailure = ServiceFailure

extension ServiceFailure {
    package static let notSignedIn = ServiceFailure(401, "not-signed-in", "sign in with GitHub first")
    package static let sessionEnded = ServiceFailure(401, "session-ended", "the session has ended; sign in again")

    package static func invalid(_ reason: String, _ detail: String) -> ServiceFailure {
        ServiceFailure(422, reason, detail)
    }
}
