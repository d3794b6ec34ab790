package import Events
import FoundationEssentials
package import JetStream
import NIOCore
import ServiceRuntime

/// Asks a service over NATS.
package struct ServiceClient: Sendable {
    /// For one call. Signing in waits for GitHub within it.
    package static let timeout = Duration.seconds(15)

    private let client: NATSClient
    private let circuits = ServiceCircuits()

    package init(client: NATSClient) { self.client = client }

    /// - Parameter session: The token of who acts.
    /// - Throws: ``ServiceFailure`` where the service refuses; else ``NATSError`` or `DecodingError`. At once
    ///   ``NATSError/overloaded`` where the service was silent for so long, or has so many calls, that another would only wait.
    package func call<Method: ServiceMethod>(
        _ method: Method.Type, _ request: Method.Request, session: String? = nil, trace: Traceparent? = nil,
        timeout: Duration = ServiceClient.timeout
    ) async throws -> Method.Response {
        var headers = NATSHeaders()
        headers.add(HeaderName.timeout, String(timeout.wholeMilliseconds))
        if let session { headers.add(HeaderName.session, session) }
        if let trace { headers.add(HeaderName.traceparent, trace.child().description) }
        let payload = ByteBuffer(bytes: try JSONEncoder.wire().encode(request))
        let answer: NATSMessage
        let circuit = circuits.circuit(of: Method.service)
        guard circuit.begin(now: .now) else { throw NATSError.overloaded }
        do {
            answer = try await client.request(
                NATSOutgoingMessage(subject: Method.subject, headers: headers, payload: payload), timeout: timeout)
        } catch {
            circuit.end(error.outcome, now: .now)
            if let failure = ServiceFailure(error) { throw failure }
            throw error
        }
        circuit.end(.answered, now: .now)
        return try JSONDecoder.wire().decode(Method.Response.self, from: answer.withPayload { Data($0) })
    }
}

extension NATSError {
    /// What an error tells of the service that was asked.
    fileprivate var outcome: ServiceCircuit.Outcome {
        switch self {
        case .timeout: .silent
        case .service, .noResponders: .answered
        default: .unknown
        }
    }
}

/// The client as it asks the identity service.
package typealias IdentityClient = ServiceClient
