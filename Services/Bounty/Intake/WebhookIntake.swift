import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import JetStream
import Logging
import Metrics
import NIOCore
import ServiceRuntime

/// `POST /webhooks/github`: takes a delivery, stores it, and only then answers 202.
///
/// Checks in this order: content type and headers, size, signature, event. The answer waits for the broker's
/// acknowledgement and for nothing else: neither the database nor GitHub's API.
struct WebhookIntake: Sendable {
    /// What GitHub caps a payload at.
    static let maximumBodyBytes = 25 * 1024 * 1024
    /// Memory for all bodies that are received and stored at once.
    static let maximumBufferedBytes = 256 * 1024 * 1024
    /// From the first to the last byte of a body. GitHub gives up after ten seconds itself.
    static let bodyDeadline = Duration.seconds(30)
    /// How long the broker may take to acknowledge: within GitHub's ten seconds, so that it sees our answer.
    static let storeDeadline = Duration.seconds(5)
    /// Seconds after which a sender may try again.
    static let retryAfter = 5

    private let secrets: WebhookSecrets
    private let client: NATSClient
    private let budget: IntakeBudget
    private let bodyDeadline: Duration
    private let storeDeadline: Duration
    private let logger: Logger
    // Made once: a look-up of a metric by its name costs more than its change.
    private let stored = Self.counter("stored")
    private let acceptTime = Timer(label: "bursar_webhook_accept_seconds")

    init(
        secrets: WebhookSecrets, client: NATSClient, budget: IntakeBudget = IntakeBudget(bytes: maximumBufferedBytes),
        bodyDeadline: Duration = Self.bodyDeadline, storeDeadline: Duration = Self.storeDeadline, logger: Logger
    ) {
        self.secrets = secrets
        self.client = client
        self.budget = budget
        self.bodyDeadline = bodyDeadline
        self.storeDeadline = storeDeadline
        self.logger = logger
    }

    func addRoutes(to router: Router<ServerRequestContext>) {
        router.post("webhooks/github", use: receive)
    }

    struct Answer: ResponseGenerator {
        enum Status: String {
            case stored
            /// Nothing that means anything to us.
            case ignored
        }
        var delivery: String
        var status: Status

        /// As the encoder writes it, in a shorter way: the id has no character that JSON would escape.
        func response(from request: Request, context: some RequestContext) throws -> Response {
            let body = ByteBuffer(string: #"{"delivery":"\#(delivery)","status":"\#(status.rawValue)"}"#)
            return Response(
                status: .accepted,
                headers: [
                    .contentType: Response.jsonContentType, .contentLength: String(body.readableBytes),
                ], body: ResponseBody(byteBuffer: body))
        }
    }

    @Sendable func receive(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> Answer {
        let start = ContinuousClock.now
        do {
            let answer = try await accept(request, context)
            if answer.status == .stored { stored.increment() } else { Self.counter(answer.status.rawValue).increment() }
            acceptTime.recordNanoseconds((ContinuousClock.now - start).wholeNanoseconds)
            return answer
        } catch let problem as Problem {
            Self.counter(problem.code.replacing("-", with: "_")).increment()
            throw problem
        }
    }

    private func accept(_ request: Request, _ context: ServerRequestContext) async throws -> Answer {
        let headers = try DeliveryHeaders(request.headers)
        return try await budget.withShare { share in
            let body = try await read(request, context, signature: headers.signature, into: share)
            guard DeliveryContent.events.contains(headers.event) else {
                return Answer(delivery: headers.id, status: .ignored)
            }
            try await store(body, headers: headers, traceparent: request.traceparent)
            return Answer(delivery: headers.id, status: .stored)
        }
    }

    /// The whole body, its signature checked as it arrives.
    private func read(
        _ request: Request, _ context: ServerRequestContext, signature: WebhookSignature, into share: IntakeBudget.Share
    ) async throws -> ByteBuffer {
        if let length = request.headers.first(.contentLength).flatMap({ Int($0) }), length > Self.maximumBodyBytes {
            throw Problem.contentTooLarge(limit: Self.maximumBodyBytes)
        }
        if context.hasWholeBody { return try await collect(request.body, signature: signature, into: share) }
        do {
            return try await withDeadline(bodyDeadline) {
                try await collect(request.body, signature: signature, into: share)
            }
        } catch is DeadlineExceeded {
            throw Problem(
                .requestTimeout, "request-timeout", title: "Request timeout",
                detail: "the body did not arrive within \(bodyDeadline)", headers: [.connection: "close"])
        }
    }

    private func collect(
        _ requestBody: RequestBody, signature: WebhookSignature, into share: IntakeBudget.Share
    ) async throws -> ByteBuffer {
        var verifier = secrets.verifier()
        var body = ByteBuffer()
        for try await var chunk in requestBody {
            guard body.readableBytes + chunk.readableBytes <= Self.maximumBodyBytes else {
                throw Problem.contentTooLarge(limit: Self.maximumBodyBytes)
            }
            guard share.reserve(chunk.readableBytes) else {
                throw Problem.unavailable("too many bodies are being received", retryAfter: Self.retryAfter)
            }
            chunk.withUnsafeReadableBytes { verifier.update($0) }
            body.writeBuffer(&chunk)
        }
        guard verifier.accepts(signature) else { throw Problem.wrongSignature }
        return body
    }

    /// Returns once the delivery is safe. It carries no `Nats-Msg-Id`: in a work queue, an id that is sent again after its
    /// message was handled would be acknowledged and delivered to nobody.
    private func store(_ body: ByteBuffer, headers: DeliveryHeaders, traceparent: Traceparent?) async throws {
        var fields = NATSHeaders()
        fields.add(HeaderName.githubEvent, headers.event)
        fields.add(HeaderName.githubDelivery, headers.id)
        fields.add(HeaderName.receivedAt, Date.now.wireText)
        fields.add(HeaderName.traceparent, (traceparent?.child() ?? .random()).description)
        do throws(NATSError) {
            try await client.store(
                NATSOutgoingMessage(subject: Subjects.webhook(event: headers.event), headers: fields, payload: body),
                timeout: storeDeadline)
        } catch {
            logger.error("a delivery cannot be stored", metadata: ["delivery": "\(headers.id)", "error": "\(error)"])
            throw Problem.unavailable("the delivery cannot be stored now; send it again", retryAfter: Self.retryAfter)
        }
    }

    private static func counter(_ outcome: String) -> Counter {
        Counter(label: "bursar_webhook_deliveries_total", dimensions: [("outcome", outcome)])
    }
}
