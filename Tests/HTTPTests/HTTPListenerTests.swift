import HTTP
import Hummingbird
import Logging
import NIOPosix
import ServiceRuntime
import TestSupport
import Testing

struct HTTPListenerTests {
    static func router() -> Router<ServerRequestContext> {
        let router = Router<ServerRequestContext>.standard(publicURL: "http://127.0.0.1:8080")
        router.get("/fine") { _, _ in "fine" }
        router.refuseOtherMethods()
        return router
    }

    @Test func itAnswersOnThePortThatItNames() async throws {
        let answer = try await withListener(Self.router()) { address in
            #expect(address.port > 0)
            return try await withDeadline(.seconds(30)) {
                try await exchange("GET /fine HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", with: address)
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nfine"))
    }

    /// RFC 9110, section 9.3.2: else a client takes the body for the start of the next answer.
    @Test(arguments: ["/fine", "/nothing"])
    func theAnswerToHeadHasNoBody(uri: String) async throws {
        let answer = try await withListener(Self.router()) { address in
            try await withDeadline(.seconds(30)) {
                try await exchange(
                    "HEAD \(uri) HTTP/1.1\r\nHost: a\r\n\r\nGET /fine HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    with: address)
            }
        }
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
        #expect(parts.count == 2)
        #expect(parts.last?.hasPrefix("HTTP/1.1 200 OK\r\n") == true, "\(answer)")
    }

    @Test func headersPastTheLimitAreRefused() async throws {
        let answer = try await withListener(Self.router()) { address in
            try await withDeadline(.seconds(30)) {
                try await exchange(
                    "GET /fine HTTP/1.1\r\nHost: a\r\nX-Long: \(String(repeating: "a", count: 40_000))\r\n\r\n",
                    with: address)
            }
        }
        #expect(answer.hasPrefix("HTTP/1.1 4") || answer == "")
    }

    @Test func aPortInUseIsAnErrorThatNamesIt() async throws {
        try await withListener(Self.router()) { address in
            let second = HTTPListener(
                name: "gateway.http.port", host: address.host, port: address.port, router: Self.router(),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            let text = "\(address.port) is in use by another process; choose a free one"
            let running = await #expect(throws: ListenError.self) {
                try await withDeadline(.seconds(30)) { try await second.run() }
            }
            #expect(running?.description.hasPrefix("gateway.http.port: ") == true)
            #expect(running?.description.hasSuffix(text) == true, "\(running?.description ?? "")")
            let checked = await #expect(throws: ListenError.self) {
                try await ListenError.check(name: "gateway.http.port", host: address.host, port: address.port)
            }
            #expect(checked?.description == "gateway.http.port: \(address.host):\(text)")
        }
    }

    @Test func aFreePortPassesTheCheck() async throws {
        try await ListenError.check(name: "test.port", host: "127.0.0.1", port: 0)
        let freed = try await withListener(Self.router()) { $0 }
        try await ListenError.check(name: "test.port", host: freed.host, port: freed.port)
    }

    /// An address of the documentation's range (RFC 5737), so of no machine.
    @Test(arguments: ["192.0.2.1", "no such host"])
    func anAddressThatIsNotOursIsAnErrorThatNamesIt(host: String) async throws {
        let checked = await #expect(throws: ListenError.self) {
            try await ListenError.check(name: "test.port", host: host, port: 8080)
        }
        #expect(checked?.description.hasPrefix("test.port: \(host):8080 ") == true)
    }

    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"), ("bursar.example", "http://bursar.example:80"),
    ])
    func anAddressHasAURL(host: String, url: String) {
        #expect(HTTPAddress(host: host, port: 80).url == url)
    }
}
