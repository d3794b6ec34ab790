import Events
import JetStream
import Money
import NIOCore
import ServiceRuntime
import Wire

/// Asks the calculator over NATS: this service has no network path to its RPC port.
struct CalculatorClient: Sendable {
    private static let timeout = Duration.seconds(10)

    let client: NATSClient

    /// Divides an amount of smallest units: the parts add up to it.
    /// - Parameter weights: From 1.
    /// - Throws: ``NATSError``, and ``WorkPostponed`` where the calculator has no time.
    func allocate(_ amount: Amount, weights: [Int64], trace: Traceparent?) async throws -> [Amount] {
        var headers = NATSHeaders()
        headers.add(HeaderName.timeout, String(Self.timeout.wholeMilliseconds))
        if let trace { headers.add(HeaderName.traceparent, trace.child().description) }
        let request = try Allocate.Request(units: amount.units, weights: weights.map { String($0) })
        let answer: NATSMessage
        do {
            answer = try await client.request(
                NATSOutgoingMessage(
                    subject: Subjects.request(service: ServiceName.calculator, method: Allocate.name), headers: headers,
                    payload: ByteBuffer(bytes: request.encoded)),
                timeout: Self.timeout)
        } catch {
            guard case .service(let code, let description) = error, Self.isTemporary(code) else { throw error }
            throw WorkPostponed("the calculator cannot answer now: \(description)", for: .seconds(1))
        }
        let response = try answer.withPayload { bytes throws(Wire.PayloadError) in
            try Allocate.Response(payload: bytes.bytes)
        }
        return try response.parts.map { try Amount(units: $0) }
    }

    /// The status codes of the calculator, which are those of its RPC protocol, and the broker's own.
    private static func isTemporary(_ code: Int) -> Bool {
        let temporary: [StatusCode] = [.deadlineExceeded, .resourceExhausted, .unavailable]
        return temporary.contains { Int($0.rawValue) == code } || code == NATSServiceError.overloadedCode
    }
}
