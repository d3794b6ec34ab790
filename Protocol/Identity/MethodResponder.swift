package import Events
import FoundationEssentials
package import JetStream
package import Logging
import Metrics
import NIOCore
import ServiceRuntime

/// One method of a service over NATS request and reply, together with other replicas.
package struct MethodResponder<Method: ServiceMethod> {
    /// Bytes of a request.
    private static var maximumRequestBytes: Int { 64 * 1024 }
    /// Requests that wait while as many as may are worked on: what the database takes in a few seconds.
    private static var limits: NATSResponder.Limits { .init(concurrent: 64, queued: 512) }

    /// For a call whose caller names no time, and for one that names more.
    private static var maximumTimeout: Duration { .seconds(30) }

    /// A request and who makes it.
    package struct Call: Sendable {
        package var request: Method.Request
        /// The session token that came along.
        package var token: String?
        package var traceparent: Traceparent?
    }

    package let responder: NATSResponder

    /// - Parameter isUnavailable: Whether an error says that what the service stands on is away: the caller may try again.
    package init(
        _: Method.Type, client: NATSClient, logger: Logger,
        isUnavailable: @escaping @Sendable (any Error) -> Bool,
        _ handle: @escaping @Sendable (Call) async throws -> Method.Response
    ) throws {
        responder = try NATSResponder(
            client: client, subject: Method.subject, queueGroup: Method.service, limits: Self.limits
        ) { message in
            try await Self.answer(message, logger, isUnavailable, handle)
        }
    }

    private static func answer(
        _ message: NATSMessage, _ logger: Logger, _ isUnavailable: (any Error) -> Bool,
        _ handle: @escaping @Sendable (Call) async throws -> Method.Response
    ) async throws -> NATSReply {
        func count(_ outcome: String) {
            Counter(
                label: "bursar_\(Method.service)_calls_total",
                dimensions: [("method", Method.name), ("outcome", outcome)]
            ).increment()
        }
        do {
            guard message.payloadSize <= maximumRequestBytes else {
                throw ServiceFailure(413, "request-too-large", "at most \(maximumRequestBytes) bytes")
            }
            let call = Call(
                request: try request(of: message), token: message.headers[HeaderName.session],
                traceparent: message.headers[HeaderName.traceparent].flatMap { Traceparent($0) })
            let response = try await withDeadline(timeout(of: message)) { try await handle(call) }
            count("ok")
            return NATSReply(payload: ByteBuffer(bytes: try JSONEncoder.wire().encode(response)))
        } catch let failure as ServiceFailure {
            count(failure.reason)
            throw failure.serviceError
        } catch is DeadlineExceeded {
            count("deadline-exceeded")
            throw NATSServiceError(code: 504, description: "not done in time")
        } catch  where isUnavailable(error) {
            count("unavailable")
            logger.warning(
                "a request cannot be answered now", metadata: ["method": "\(Method.name)", "error": "\(error)"])
            throw NATSServiceError(code: NATSServiceError.overloadedCode, description: "cannot be answered now")
        } catch {
            count("failed")
            throw error
        }
    }

    private static func request(of message: NATSMessage) throws -> Method.Request {
        do {
            return try JSONDecoder.wire().decode(Method.Request.self, from: message.withPayload { Data($0) })
        } catch {
            throw ServiceFailure(400, "malformed-request", "the request is not what the method takes")
        }
    }

    private static func timeout(of message: NATSMessage) -> Duration {
        guard let text = message.headers[HeaderName.timeout], let milliseconds = Int64(text), milliseconds > 0 else {
            return maximumTimeout
        }
        return min(.milliseconds(milliseconds), maximumTimeout)
    }
}
