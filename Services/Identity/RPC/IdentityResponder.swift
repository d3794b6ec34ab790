import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import Logging
import Metrics
import NIOCore
import Postgres
import ServiceRuntime

/// One method of the service over NATS request and reply, together with other replicas.
struct IdentityResponder<Method: IdentityMethod> {
    /// Bytes of a request.
    private static var maximumRequestBytes: Int { 64 * 1024 }
    /// Requests that wait while as many as may are worked on: what the database takes in a few seconds.
    private static var limits: NATSResponder.Limits { .init(concurrent: 64, queued: 512) }

    /// For a call whose caller names no time, and for one that names more.
    private static var maximumTimeout: Duration { .seconds(30) }

    /// A request and who makes it.
    struct Call: Sendable {
        var request: Method.Request
        /// The session token that came along.
        var token: String?
        var traceparent: Traceparent?
    }

    let responder: NATSResponder

    init(
        _: Method.Type, client: NATSClient, logger: Logger,
        _ handle: @escaping @Sendable (Call) async throws -> Method.Response
    ) throws {
        responder = try NATSResponder(
            client: client, subject: Method.subject, queueGroup: ServiceName.identity, limits: Self.limits
        ) { message in
            try await Self.answer(message, logger, handle)
        }
    }

    private static func answer(
        _ message: NATSMessage, _ logger: Logger, _ handle: @escaping @Sendable (Call) async throws -> Method.Response
    ) async throws -> NATSReply {
        func count(_ outcome: String) {
            Counter(label: "bursar_identity_calls_total", dimensions: [("method", Method.name), ("outcome", outcome)])
                .increment()
        }
        do {
            guard message.payloadSize <= maximumRequestBytes else {
                throw IdentityFailure(413, "request-too-large", "at most \(maximumRequestBytes) bytes")
            }
            let call = Call(
                request: try JSONDecoder.wire().decode(Method.Request.self, from: message.withPayload { Data($0) }),
                token: message.headers[HeaderName.session],
                traceparent: message.headers[HeaderName.traceparent].flatMap { Traceparent($0) })
            let response = try await withDeadline(timeout(of: message)) { try await handle(call) }
            count("ok")
            return NATSReply(payload: ByteBuffer(bytes: try JSONEncoder.wire().encode(response)))
        } catch let failure as IdentityFailure {
            count(failure.reason)
            throw failure.serviceError
        } catch is DeadlineExceeded {
            count("deadline-exceeded")
            throw NATSServiceError(code: 504, description: "not done in time")
        } catch is DecodingError {
            count("malformed-request")
            throw IdentityFailure(400, "malformed-request", "the request is not what the method takes").serviceError
        } catch let error as PostgresError where error.isUnavailable {
            count("unavailable")
            logger.warning(
                "a request waits for no database", metadata: ["method": "\(Method.name)", "error": "\(error)"])
            throw NATSServiceError(code: NATSServiceError.overloadedCode, description: "the database cannot be reached")
        } catch {
            count("failed")
            throw error
        }
    }

    private static func timeout(of message: NATSMessage) -> Duration {
        guard let text = message.headers[HeaderName.timeout], let milliseconds = Int64(text), milliseconds > 0 else {
            return maximumTimeout
        }
        return min(.milliseconds(milliseconds), maximumTimeout)
    }
}
