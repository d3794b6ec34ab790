import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

struct RequestIDTests {
    @Test(arguments: [
        ("01a1fce9-a064-719a-9a44-7160c28a0d30", true), ("a.b_c-D9", true), (String(repeating: "a", count: 128), true),
        ("short", false), (String(repeating: "a", count: 129), false), ("with space", false), ("<script>", false),
        ("line\u{2028}separator", false), ("", false),
    ])
    func onlyAWellFormedIDIsOne(id: String, isWellFormed: Bool) {
        #expect(RequestIDRule.isWellFormed(id) == isWellFormed)
    }

    /// What a request answers with: the id in its context, with the trace's.
    private static func ids(_ headers: HTTPFields, uri: String = "/ids") async throws -> TestResponse {
        let router = Router<ServerRequestContext>.standard(publicURL: "https://bursar.example")
        router.get("/ids") { _, context in
            "\(context.id) \(context.logger[metadataKey: "trace_id"]?.description ?? "none")"
        }
        router.refuseOtherMethods()
        return try await Application(router: router).test(.router) {
            try await $0.execute(uri: uri, method: .get, headers: headers)
        }
    }

    @Test(arguments: ["/ids", "/nothing"])
    func aGoodIDIsTakenAndReturned(uri: String) async throws {
        #expect(
            try await Self.ids([.xRequestID: "from-the-proxy-7"], uri: uri).headers[.xRequestID] == "from-the-proxy-7")
        let own = try await Self.ids([.xRequestID: "<>"], uri: uri).headers[.xRequestID]
        #expect(own?.isEmpty == false && own != "<>")
    }

    @Test func aTraceIsInTheLogBesideIt() async throws {
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let answer = try await Self.ids([.xRequestID: "from-the-proxy-7", .constant("traceparent"): trace])
        #expect(String(buffer: answer.body) == "from-the-proxy-7 4bf92f3577b34da6a3ce929d0e0e4736")
        let none = try await Self.ids([.xRequestID: "from-the-proxy-7", .constant("traceparent"): "00-beep"])
        #expect(String(buffer: none.body) == "from-the-proxy-7 none")
    }
}
