package import HTTPTypes

/// An error answer: RFC 9457 problem details, with the members that API clients rely on.
///
/// `detail` is for the caller; a cause that is not theirs to see goes to the log and never here.
package struct Problem: Error, Sendable, Equatable {
    package var status: HTTPResponse.Status
    /// Kebab case, the last part of the problem's `type`.
    package var code: String
    package var title: String
    package var detail: String
    /// What is wrong with single fields: a JSON pointer (RFC 6901) into the body, or `?name` for a query parameter.
    package var errors: [FieldError]
    /// Where in an expression it is: its first character, a Unicode scalar, has position 1.
    package var position: Int?
    package var headers: HTTPFields

    package struct FieldError: Sendable, Equatable, Encodable {
        package var pointer: String
        package var detail: String

        package init(pointer: String, detail: String) {
            self.pointer = pointer
            self.detail = detail
        }
    }

    package init(
        _ status: HTTPResponse.Status, _ code: String, title: String, detail: String, errors: [FieldError] = [],
        position: Int? = nil, headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
        self.position = position
        self.headers = headers
    }
}

// MARK: - The problems that any server of ours can answer with

extension Problem {
    package static func notFound(_ detail: String) -> Problem {
        Problem(.notFound, "not-found", title: "Not found", detail: detail)
    }

    package static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]) -> Problem {
        let allow = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        return Problem(
            .methodNotAllowed, "method-not-allowed", title: "Method not allowed",
            detail: "\(method.rawValue) is not allowed here, only \(allow)", headers: [.allow: allow])
    }

    package static func contentTooLarge(limit: Int) -> Problem {
        Problem(
            .contentTooLarge, "content-too-large", title: "Content too large",
            detail: "the body is longer than the limit of \(limit) bytes")
    }

    package static func unsupportedMediaType(expected: String) -> Problem {
        Problem(
            .unsupportedMediaType, "unsupported-media-type", title: "Unsupported media type",
            detail: "the content type must be \(expected)", headers: [.accept: expected])
    }

    package static func notAcceptable(offered: String) -> Problem {
        Problem(
            .notAcceptable, "not-acceptable", title: "Not acceptable",
            detail: "this is answered as \(offered), which the header Accept does not allow")
    }

    /// What is no HTTP, or not enough of it.
    package static func malformedRequest(_ detail: String) -> Problem {
        Problem(
            .badRequest, "malformed-request", title: "Malformed request", detail: detail,
            headers: [.connection: "close"])
    }

    package static func requestTimeout(_ detail: String) -> Problem {
        Problem(
            .requestTimeout, "request-timeout", title: "Request timeout", detail: detail,
            headers: [.connection: "close"])
    }

    static func headersTooLarge(limit: Int, count: Int) -> Problem {
        Problem(
            .requestHeaderFieldsTooLarge, "headers-too-large", title: "Headers too large",
            detail: "the target and the headers may have \(limit) bytes together, and \(count) headers",
            headers: [.connection: "close"])
    }

    /// - Parameter retryAfter: Whole seconds.
    package static func tooManyRequests(_ detail: String, retryAfter: Int) -> Problem {
        Problem(
            .tooManyRequests, "too-many-requests", title: "Too many requests", detail: detail,
            headers: [.retryAfter: String(retryAfter)])
    }

    package static func missingHeader(_ name: String, expectation: String) -> Problem {
        Problem(
            .badRequest, "missing-header", title: "Missing or malformed header",
            detail: "the header \(name) must be \(expectation)")
    }

    package static func invalidParameter(_ name: String, expectation: String) -> Problem {
        Problem(
            .badRequest, "invalid-parameter", title: "Invalid query parameter",
            detail: "the query parameter \(name) must be \(expectation)",
            errors: [FieldError(pointer: "?\(name)", detail: "must be \(expectation)")])
    }

    /// - Parameter retryAfter: Whole seconds.
    package static func unavailable(_ detail: String, retryAfter: Int) -> Problem {
        Problem(
            .serviceUnavailable, "unavailable", title: "Temporarily unavailable", detail: detail,
            headers: [.retryAfter: String(retryAfter)])
    }

    package static let internalError = Problem(
        .internalServerError, "internal-error", title: "Internal error",
        detail: "something went wrong on our side; the request id finds it in the log")
}
