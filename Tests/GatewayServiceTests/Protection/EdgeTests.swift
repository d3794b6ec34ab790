import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import IdentityProtocol
import JetStream
import ServiceRuntime
import TestSupport
import Testing

@testable import GatewayService

/// What every request passes and every answer gets, in front of routes that do nothing.
struct EdgeTests {
    private static func configuration(_ values: [String: String]) throws -> ProtectionConfiguration {
        try ProtectionConfiguration(
            Settings(flags: try Flags([], allowing: ProtectionConfiguration.settings), environment: [:], made: values))
    }

    private static func responder(
        _ values: [String: String] = [:], publicURL: String = "https://bursar.example",
        gate: AsyncStream<Void> = AsyncStream { $0.finish() }
    ) throws -> RouterResponder<ServerRequestContext> {
        let nats = NATSClient(
            configuration: try NATSConfiguration(url: "nats://127.0.0.1:1", clientName: "test"), logger: .quiet)
        let services = ServiceClient(client: nats)
        let callers = Callers(
            identity: services, keyring: SessionKeyring(client: services, logger: .quiet), publicURL: publicURL)
        let answers = ProblemAnswers(publicURL: publicURL)
        let router = Router.standard(
            edge: Edge(try configuration(values), callers: callers, publicURL: publicURL, answers: answers))
        router.get("v1/things") { _, _ in "thing" }
        router.post("v1/calculations/evaluate") { _, _ in "1" }
        router.post("v1/slow") { _, _ in
            for await _ in gate {}
            return "slow"
        }
        router.get("v1/events") { _, _ in "event" }
        router.get("page") { _, _ in
            Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: .init())
        }
        router.refuseOtherMethods()
        return router.buildResponder()
    }

    private static func with<Value: Sendable>(
        _ values: [String: String] = [:], publicURL: String = "https://bursar.example",
        gate: AsyncStream<Void> = AsyncStream { $0.finish() },
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        try await Application(responder: try responder(values, publicURL: publicURL, gate: gate)).test(.router) {
            try await body($0)
        }
    }

    // MARK: - Limits

    @Test func aClientIsToldItsQuotaAndRefusedBeyondIt() async throws {
        try await Self.with(["gateway.limits.reads": "2"]) { client in
            let first = try await client.execute(uri: "/v1/things", method: .get)
            #expect(first.status == .ok)
            #expect(first.headers[.rateLimitPolicy] == #""reads";q=2;w=60"#)
            #expect(first.headers[.rateLimit] == #""reads";r=1;t=30"#)
            #expect(
                try await client.execute(uri: "/nothing", method: .get).headers[.rateLimit]?.contains("r=0") == true)
            let refused = try await client.execute(uri: "/v1/things", method: .get)
            #expect(refused.status == .tooManyRequests)
            // A moment later, in which the window has gone on.
            let seconds = try #require(refused.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...30).contains(seconds))
            #expect(refused.headers[.rateLimit] == #""reads";r=0;t=\#(seconds)"#)
            #expect(try refused.object["type"] as? String == "https://bursar.example/problems/too-many-requests")
            #expect(refused.headers[.xRequestID] == (try refused.object["request_id"] as? String))
            // Another class has a quota of its own.
            let calculated = try await client.execute(uri: "/v1/calculations/evaluate", method: .post)
            #expect(calculated.status == .ok)
            #expect(calculated.headers[.rateLimitPolicy] == #""calculations";q=1200;w=60"#)
        }
    }

    @Test func withoutALimitNothingIsSaidOfOne() async throws {
        let answer = try await Self.with(["gateway.limits.reads": "0"]) {
            try await $0.execute(uri: "/v1/things", method: .get)
        }
        #expect(answer.status == .ok)
        #expect(answer.headers[.rateLimit] == nil)
        #expect(answer.headers[.rateLimitPolicy] == nil)
    }

    /// Behind a proxy the address is the one that it appended; what stands before it anybody can have written.
    @Test func behindAProxyClientsAreToldApart() async throws {
        try await Self.with(["gateway.limits.reads": "1", "gateway.trusted.proxies": "1"]) { client in
            let cases: [(String, HTTPResponse.Status)] = [
                ("192.0.2.1", .ok), ("192.0.2.7, 192.0.2.1", .tooManyRequests), ("192.0.2.2", .ok),
                ("2001:db8::1", .ok), ("2001:db8::2", .tooManyRequests),
            ]
            for (forwarded, status) in cases {
                let answer = try await client.execute(
                    uri: "/v1/things", method: .get, headers: [.constant("X-Forwarded-For"): forwarded])
                #expect(answer.status == status, "\(forwarded)")
            }
        }
    }

    @Test func moreThanTheProcessDoesAtATimeIsTurnedAway() async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        try await Self.with(["gateway.requests.maximum": "1"], gate: gate) { client in
            async let slow = client.execute(uri: "/v1/slow", method: .post)
            try await poll {
                let answer = try await client.execute(uri: "/v1/things", method: .get)
                guard answer.status == .serviceUnavailable else { return false }
                #expect(answer.headers[.retryAfter] == "1")
                return try answer.object["type"] as? String == "https://bursar.example/problems/unavailable"
            }
            opener.finish()
            let done = try await slow
            #expect(done.status == .ok)
            let after = try await client.execute(uri: "/v1/things", method: .get)
            #expect(after.status == .ok)
        }
    }

    // MARK: - Accept

    @Test(arguments: [
        ("/v1/things", "text/html", 406), ("/v1/things", "application/json", 200),
        ("/v1/events", "application/json", 406),
        ("/v1/events", "text/event-stream", 200), ("/page", "application/json", 200),
    ])
    func whatIsAnsweredMustBeTaken(uri: String, accept: String, status: Int) async throws {
        let answer = try await Self.with {
            try await $0.execute(uri: uri, method: .get, headers: [.accept: accept])
        }
        #expect(answer.status.code == status)
        if status == 406 {
            #expect(try answer.object["type"] as? String == "https://bursar.example/problems/not-acceptable")
        }
    }

    // MARK: - Browsers

    @Test func dataAndPagesHaveTheirPolicies() async throws {
        try await Self.with { client in
            for uri in ["/v1/things", "/nothing"] {
                let headers = try await client.execute(uri: uri, method: .get).headers
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
                #expect(headers[.strictTransportSecurity]?.hasPrefix("max-age=31536000") == true)
            }
            let page = try await client.execute(uri: "/page", method: .get).headers
            #expect(page[.contentSecurityPolicy]?.hasPrefix("default-src 'self';") == true)
            #expect(page[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            #expect(page[.constant("Referrer-Policy")] == "same-origin")
            #expect(page[.constant("Cross-Origin-Opener-Policy")] == "same-origin-allow-popups")
        }
        let plain = try await Self.with([:], publicURL: "http://127.0.0.1:8080") {
            try await $0.execute(uri: "/v1/things", method: .get)
        }
        #expect(plain.headers[.strictTransportSecurity] == nil)
    }

    private static let preflight: HTTPFields = [
        .origin: "https://app.example", .accessControlRequestMethod: "POST",
        .accessControlRequestHeaders: "content-type",
    ]

    @Test func withoutOriginsNobodyElsesPageReadsAnything() async throws {
        try await Self.with { client in
            let asked = try await client.execute(uri: "/v1/things", method: .options, headers: Self.preflight)
            #expect(asked.status == .methodNotAllowed)
            #expect(asked.headers[.accessControlAllowOrigin] == nil)
            let read = try await client.execute(uri: "/v1/things", method: .get, headers: Self.preflight)
            #expect(read.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func anOriginThatIsNamedReadsWithCredentials() async throws {
        try await Self.with(["gateway.cors.origins": "https://app.example, https://b.example:8443"]) { client in
            let asked = try await client.execute(uri: "/v1/things", method: .options, headers: Self.preflight)
            #expect(asked.status == .noContent)
            #expect(asked.headers[.accessControlAllowOrigin] == "https://app.example")
            #expect(asked.headers[.accessControlAllowCredentials] == "true")
            #expect(asked.headers[.accessControlAllowMethods]?.contains("POST") == true)
            #expect(asked.headers[.accessControlAllowHeaders]?.contains("Idempotency-Key") == true)
            #expect(asked.headers[.vary] == "Origin")
            let failed = try await client.execute(uri: "/nothing", method: .get, headers: Self.preflight)
            #expect(failed.status == .notFound)
            #expect(failed.headers[.accessControlAllowOrigin] == "https://app.example")
            #expect(failed.headers[.accessControlExposeHeaders]?.contains("RateLimit") == true)
            var stranger = Self.preflight
            stranger[.origin] = "https://app.example.evil.example"
            let refused = try await client.execute(uri: "/v1/things", method: .options, headers: stranger)
            #expect(refused.status == .methodNotAllowed)
            #expect(refused.headers[.accessControlAllowOrigin] == nil)
            #expect(refused.headers[.vary] == "Origin")
        }
    }

    @Test func anyOriginReadsWithoutCredentials() async throws {
        let answer = try await Self.with(["gateway.cors.origins": "*"]) {
            try await $0.execute(uri: "/v1/things", method: .get, headers: Self.preflight)
        }
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        #expect(answer.headers[.accessControlAllowCredentials] == nil)
    }

    @Test(arguments: [
        "app.example", "https://app.example/", "https://", "https://a b", "ftp://a", "https://APP.example",
    ])
    func whatIsNoOriginIsRefusedAtTheStart(text: String) throws {
        #expect(throws: ConfigurationError.self) { try Self.configuration(["gateway.cors.origins": text]) }
    }
}
