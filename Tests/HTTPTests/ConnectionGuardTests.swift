import Foundation
import HTTP
import Hummingbird
import Logging
import NIOCore
import ServiceRuntime
import TestSupport
import Testing

/// What a connection gets that is not as it should be, from a real listener.
struct ConnectionGuardTests {
    private static func router() -> Router<ServerRequestContext> {
        let router = Router<ServerRequestContext>.standard(publicURL: "https://bursar.example")
        router.get("/fine") { _, _ in "fine" }
        router.post("/echo") { request, _ in
            String(buffer: try await request.body.collect(upTo: 1_000_000))
        }
        router.post("/refuse") { _, _ -> String in throw Problem.contentTooLarge(limit: 10) }
        router.refuseOtherMethods()
        return router
    }

    private static func limits(_ change: (inout ConnectionLimits) -> Void = { _ in }) -> ConnectionLimits {
        var limits = ConnectionLimits()
        limits.linger = .milliseconds(500)
        change(&limits)
        return limits
    }

    /// What comes back until the server closes.
    private static func exchange(_ text: String, _ limits: ConnectionLimits = limits()) async throws -> String {
        try await withListener(router(), limits: limits) { address in
            try await withDeadline(.seconds(30)) { try await TestSupport.exchange(text, with: address) }
        }
    }

    private static func type(of answer: String) throws -> String? {
        let body = try #require(answer.split(separator: "\r\n\r\n", maxSplits: 1).last)
        let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        return (object?["type"] as? String)?.split(separator: "/").last.map { String($0) }
    }

    @Test(arguments: [
        "beep\r\n\r\n", "GET /fine\r\n\r\n\r\n", "GET /fine HTTP/1.1\r\nHost a\r\n\r\n",
        "GET /fine HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
        "G\u{0}T /fine HTTP/1.1\r\n\r\n",
    ])
    func whatIsNoHTTPIsAProblemToo(text: String) async throws {
        let answer = try await Self.exchange(text)
        #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
        #expect(answer.lowercased().contains("connection: close"))
        #expect(answer.contains("application/problem+json"))
        #expect(try Self.type(of: answer) == "malformed-request")
    }

    @Test(arguments: [
        "GET /fine HTTP/1.1\r\nX: \(String(repeating: "a", count: 40_000))\r\n\r\n",
        "GET /\(String(repeating: "a", count: 40_000)) HTTP/1.1\r\n\r\n",
        "GET /fine HTTP/1.1\r\n\(String(repeating: "X: a\r\n", count: 101))\r\n",
    ])
    func tooManyHeadersAreAProblemToo(text: String) async throws {
        let answer = try await Self.exchange(text)
        #expect(answer.hasPrefix("HTTP/1.1 431 "), "\(answer)")
        #expect(try Self.type(of: answer) == "headers-too-large")
    }

    @Test func aBrokenBodyIsThe400OfItsRequest() async throws {
        let answer = try await Self.exchange(
            "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\nhello\r\n0\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
        #expect(try Self.type(of: answer) == "malformed-request")
    }

    @Test func whoSendsABodyTooSlowlyGets408() async throws {
        let answer = try await Self.exchange(
            "POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nhello", Self.limits { $0.bodyGrace = .milliseconds(300) })
        #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
        #expect(try Self.type(of: answer) == "request-timeout")
    }

    @Test func whoConnectsAndSaysNothingIsClosed() async throws {
        let began = ContinuousClock.now
        let answer = try await Self.exchange("", Self.limits { $0.firstHeaders = .milliseconds(200) })
        #expect(answer == "")
        #expect(ContinuousClock.now - began < .seconds(20))
    }

    /// The answer arrives, although the client still sends, and the connection ends soon after it.
    @Test func anEarlyAnswerEndsTheConnection() async throws {
        let answer = try await Self.exchange(
            "POST /refuse HTTP/1.1\r\nContent-Length: 100000\r\n\r\nhello", Self.limits { $0.lingerBytes = 1_000 })
        #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
        #expect(answer.lowercased().contains("connection: close"))
        #expect(try Self.type(of: answer) == "content-too-large")
    }

    @Test func anAnswerAfterItsRequestLeavesTheConnectionOpen() async throws {
        let answer = try await Self.exchange(
            "POST /refuse HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
                + "GET /fine HTTP/1.1\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
        #expect(answer.hasSuffix("\r\n\r\nfine"), "\(answer)")
    }

    @Test func whoAsksBeforeSendingIsToldToGoOn() async throws {
        let answer = try await Self.exchange(
            "POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")
        #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), "\(answer)")
        #expect(answer.hasSuffix("\r\n\r\nhello"))
    }
}
