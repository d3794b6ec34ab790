package import NIOCore

extension NATSClient {
    /// Asks whoever serves the subject, and waits for one answer.
    ///
    /// No thread and no subscription of its own: all answers come to one inbox. Headers such as `traceparent` are the
    /// caller's.
    /// - Parameter timeout: Default ``NATSConfiguration/requestTimeout``.
    /// - Throws: ``NATSError/noResponders(subject:)`` at once where nobody serves it,
    ///   ``NATSError/service(code:description:)`` where the answer is an error (ADR-32), and the others.
    package func request(
        _ message: NATSOutgoingMessage, timeout: Duration? = nil
    ) async throws(NATSError) -> NATSMessage {
        let answer = try await exchange(message, timeout: timeout ?? configuration.requestTimeout)
        let code = answer.headers[NATSHeaderName.serviceErrorCode]
        let description = answer.headers[NATSHeaderName.serviceError]
        guard code == nil, description == nil else {
            throw .service(
                code: code.flatMap { Int($0) } ?? NATSServiceError.internalCode, description: description ?? "")
        }
        return answer
    }
}

/// What a handler answers.
package struct NATSReply: Sendable {
    package var headers: NATSHeaders
    package var payload: ByteBuffer

    package init(headers: NATSHeaders = [:], payload: ByteBuffer = ByteBuffer()) {
        self.headers = headers
        self.payload = payload
    }
}

/// What a handler throws to answer with an error of its own: the headers of ADR-32. The caller sees both values.
package struct NATSServiceError: Error, Equatable, Sendable {
    /// The handler failed in a way that is nobody else's business.
    package static let internalCode = 500
    /// The service has as much to do as it takes.
    package static let overloadedCode = 503

    package let code: Int
    package let description: String

    package init(code: Int, description: String) {
        self.code = code
        self.description = description
    }

    package var reply: NATSReply {
        // A header is one line.
        let line = description.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\0", with: "")
        return NATSReply(headers: [
            NATSHeaderName.serviceError: line.isEmpty ? "error" : line, NATSHeaderName.serviceErrorCode: "\(code)",
        ])
    }
}
