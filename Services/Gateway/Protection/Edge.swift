import Atomics
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// What every request passes first, and what every answer gets last: limits of clients and of the process, CORS, security headers;
/// and what ``ProblemMiddleware`` does.
///
/// Limits are told in `RateLimit-Policy` and `RateLimit` as of draft-ietf-httpapi-ratelimit-headers-10.
final class Edge: RouterMiddleware {
    typealias Context = ServerRequestContext

    /// Seconds after which a client may try again that was turned away because of the others.
    private static let overloadRetryAfter = 1

    private let limiter: RateLimiter
    private let maximumInFlight: Int
    private let inFlight = ManagedAtomic(0)
    private let clientAddress: ClientAddress
    private let callers: Callers
    private let origins: OriginPolicy
    private let security: SecurityHeaders
    private let answers: ProblemAnswers
    /// By class: the value of `RateLimit-Policy`.
    private let policies: [String]

    init(_ protection: ProtectionConfiguration, callers: Callers, publicURL: String, answers: ProblemAnswers) {
        limiter = RateLimiter(quotas: protection.quotas)
        maximumInFlight = protection.maximumInFlight
        clientAddress = ClientAddress(trustedProxies: protection.trustedProxies)
        origins = OriginPolicy(origins: protection.origins)
        security = SecurityHeaders(publicURL: publicURL)
        self.callers = callers
        self.answers = answers
        policies = RequestClass.allCases.map { kind in
            #""\#(kind.rawValue)";q=\#(protection.quotas[kind] ?? 0);w=\#(RateLimit.window / 1_000_000_000)"#
        }
    }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        let kind = RequestClass(request.method, path: path)
        let client: ClientKey
        if let session = callers.knownSession(of: request) {
            client = ClientKey(session: session)
        } else {
            let address = ClientKey(address: clientAddress.of(request, context))
            client = request.headers[.authorization] == nil ? address : await newClient(of: request, at: address)
        }
        let decision = limiter.admit(client, kind, now: Self.now)
        var context = context
        context.adoptIDs(of: request)
        var response: Response
        do {
            if let early = try early(request, path: path, decision: decision, kind: kind) {
                response = early
            } else {
                defer { inFlight.wrappingDecrement(ordering: .relaxed) }
                response = try await next(request, context)
            }
            response.headers[.xRequestID] = context.id
        } catch {
            response = answers.response(to: error, request, context)
        }
        if let decision {
            response.headers[.rateLimitPolicy] = policies[kind.index]
            response.headers[.rateLimit] =
                #""\#(kind.rawValue)";r=\#(decision.remaining);t=\#(decision.seconds)"#
        }
        origins.add(to: &response.headers, for: request)
        security.add(to: &response.headers)
        return response
    }

    /// The answer to what goes no further. Where there is none, one more is in flight.
    private func early(
        _ request: Request, path: String, decision: RateLimit.Decision?, kind: RequestClass
    ) throws(Problem) -> Response? {
        if let decision, !decision.isAdmitted {
            let quota = limiter.limit(of: kind)?.quota ?? 0
            throw .tooManyRequests(
                "\(quota) \(kind.rawValue) a minute are yours; try again in \(decision.seconds) s",
                retryAfter: decision.seconds)
        }
        if !origins.isOff, let preflight = origins.preflight(request) { return preflight }
        try OfferedMedia.check(request, path: path)
        // Of streams only the beginning counts: they have limits of their own.
        let others = inFlight.loadThenWrappingIncrement(ordering: .relaxed)
        guard others < maximumInFlight else {
            inFlight.wrappingDecrement(ordering: .relaxed)
            throw .unavailable("there is too much to do at the moment", retryAfter: Self.overloadRetryAfter)
        }
        return nil
    }

    /// A key that is new here is looked up, as often as its address may sign in.
    private func newClient(of request: Request, at address: ClientKey) async -> ClientKey {
        guard request.method != .options, limiter.admit(address, .login, now: Self.now)?.isAdmitted != false,
            let session = await callers.learnSession(of: request)
        else { return address }
        return ClientKey(session: session)
    }

    private static var now: UInt64 { NIODeadline.now().uptimeNanoseconds }
}

extension HTTPField.Name {
    static let rateLimit = constant("RateLimit")
    static let rateLimitPolicy = constant("RateLimit-Policy")
}
