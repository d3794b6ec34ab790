import CalculatorDomain
import Events
import JetStream
import NIOCore
import ServiceLifecycle
import Wire
import WireTransport

/// A method over NATS request and reply, for callers without a network path to the RPC port: the same payloads, the same
/// errors. The deadline travels in `Bursar-Timeout`, in milliseconds.
struct CalculatorResponder<Method: WireMethod>: Service {
    /// Where the caller names none.
    private static var standardTimeout: Duration { .seconds(5) }
    /// A caller that names more gets this much.
    private static var maximumTimeout: Duration { .seconds(60) }

    let responder: NATSResponder

    /// - Parameter workers: The threads that compute; as many calls are worked on at once.
    init(
        _: Method.Type, client: NATSClient, workers: ResponderWorkers,
        _ call: @escaping @Sendable (Method.Request, Budget) throws(CalculationError) -> Method.Response
    ) throws {
        responder = try NATSResponder(
            client: client, subject: Subjects.request(service: ServiceName.calculator, method: Method.name),
            queueGroup: ServiceName.calculator, limits: .init(concurrent: workers.pool.size)
        ) { message in
            await withTaskExecutorPreference(workers.pool) { Self.answer(message, call) }
        }
    }

    func run() async throws { try await responder.run() }

    private static func answer(
        _ message: NATSMessage, _ call: (Method.Request, Budget) throws(CalculationError) -> Method.Response
    ) -> NATSReply {
        do {
            let request = try message.withPayload { bytes throws(PayloadError) in
                try Method.Request(payload: bytes.bytes)
            }
            let response = try call(
                request, Budget(deadline: .now + timeout(of: message), isCancelled: { Task.isCancelled }))
            return NATSReply(payload: ByteBuffer(bytes: response.encoded))
        } catch let error as PayloadError {
            return failure(error.rpcError)
        } catch let error as CalculationError {
            return failure(error.rpcError)
        } catch {
            return failure(RPCError(.internal, "internal error"))
        }
    }

    private static func timeout(of message: NATSMessage) -> Duration {
        guard let text = message.headers[HeaderName.timeout], let milliseconds = Int64(text), milliseconds > 0 else {
            return standardTimeout
        }
        return min(.milliseconds(milliseconds), maximumTimeout)
    }

    /// ADR-32's headers, and the payload of an error frame.
    private static func failure(_ error: RPCError) -> NATSReply {
        var reply = NATSServiceError(code: Int(error.code.rawValue), description: error.description).reply
        reply.payload = ByteBuffer(bytes: error.encoded)
        return reply
    }
}
