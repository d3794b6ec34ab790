import HTTPTypes
import Hummingbird

/// Which pages of other origins may read our answers (CORS, Fetch Standard, section 3.2): none, unless configured.
struct OriginPolicy: Sendable {
    /// Seconds for which a browser keeps the answer to a preflight: two hours, the most that browsers take.
    private static let maximumAge = "7200"
    private static let methods = "GET, HEAD, POST, DELETE"
    private static let requestHeaders =
        "Accept, Authorization, Bursar-Version, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Request-Timeout, "
        + "X-CSRF-Token, X-Request-Id, traceparent"
    private static let exposedHeaders =
        "Bursar-Version, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"

    private let origins: Set<String>
    private let isForAll: Bool

    /// - Parameter origins: As browsers send them, such as `https://app.example`; `*` is any, without credentials.
    init(origins: [String]) {
        self.origins = Set(origins)
        isForAll = origins.contains("*")
    }

    /// Whether any origin is allowed: else requests need no look.
    var isOff: Bool { origins.isEmpty }

    /// Named by itself, and so trusted with credentials.
    func trusts(_ origin: String) -> Bool { origin != "*" && origins.contains(origin) }

    /// The answer to a browser that asks first; nil where it is no such question, or not from an allowed origin.
    func preflight(_ request: Request) -> Response? {
        guard request.method == .options, let origin = request.headers[.origin],
            request.headers[.accessControlRequestMethod] != nil, isForAll || trusts(origin)
        else { return nil }
        var headers: HTTPFields = [
            .accessControlAllowMethods: Self.methods, .accessControlAllowHeaders: Self.requestHeaders,
            .accessControlMaxAge: Self.maximumAge,
        ]
        allow(origin, in: &headers)
        return Response(status: .noContent, headers: headers)
    }

    /// What an answer says to the browser.
    func add(to headers: inout HTTPFields, for request: Request) {
        guard !isOff else { return }
        guard let origin = request.headers[.origin], isForAll || trusts(origin) else {
            // What a cache keeps for one origin is not for another.
            headers.append(HTTPField(name: .vary, value: "Origin"))
            return
        }
        allow(origin, in: &headers)
        headers[.accessControlExposeHeaders] = Self.exposedHeaders
    }

    private func allow(_ origin: String, in headers: inout HTTPFields) {
        if trusts(origin) {
            headers[.accessControlAllowOrigin] = origin
            headers[.accessControlAllowCredentials] = "true"
            headers.append(HTTPField(name: .vary, value: "Origin"))
        } else {
            headers[.accessControlAllowOrigin] = "*"
        }
    }
}
