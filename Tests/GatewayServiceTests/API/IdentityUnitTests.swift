import Events
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol
import JetStream
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import GatewayService

struct BrowserCookieTests {
    static let end = Date(timeIntervalSince1970: 1_000)

    @Test func withHttpsTheyAreSecureAndBoundToTheHost() {
        let cookies = BrowserCookies(publicURL: "https://bursar.example")
        #expect(
            cookies.set(session: "t", until: Self.end, at: Date(timeIntervalSince1970: 900))
                == "__Host-bursar_session=t; Path=/; Max-Age=100; HttpOnly; SameSite=Lax; Secure")
        #expect(
            cookies.set(attempt: "a", maxAge: 600)
                == "__Secure-bursar_login=a; Path=/login/github; Max-Age=600; HttpOnly; SameSite=Lax; Secure")
        #expect(cookies.clearedSession.contains("Max-Age=0"))
        var request = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
        request.headerFields[.cookie] = "bursar_session=no; __Host-bursar_session=yes"
        #expect(cookies.session(of: Request(head: request, body: .init(buffer: ByteBuffer()))) == "yes")
    }

    @Test func withoutItTheyAreNot() {
        let cookies = BrowserCookies(publicURL: "http://127.0.0.1:8080")
        #expect(
            cookies.set(session: "t", until: Self.end, at: Self.end)
                == "bursar_session=t; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
    }
}

struct IdentityProblemTests {
    @Test(arguments: [
        (409, "wallet-taken", "Wallet taken"), (401, "not-signed-in", "Not signed in"),
        (429, "too-many-challenges", "Too many challenges"),
    ])
    func aRefusalKeepsItsStatusAndReason(status: Int, reason: String, title: String) throws {
        let error = IdentityProblem.problem(for: IdentityFailure(status, reason, "why"))
        let problem = try #require(error as? Problem)
        #expect(problem.status.code == status)
        #expect(problem.code == reason)
        #expect(problem.title == title)
        #expect(problem.detail == "why")
        #expect((problem.headers[.retryAfter] != nil) == (status == 429))
    }

    @Test(arguments: [
        (NATSError.noResponders(subject: "x"), 503), (.disconnected, 503), (.timeout, 504),
        (.service(code: 503, description: "x"), 503), (.overloaded, 503),
    ])
    func anAbsentServiceIsNobodysFault(error: NATSError, status: Int) throws {
        #expect(try #require(IdentityProblem.problem(for: error) as? Problem).status.code == status)
    }

    @Test func aRefusalCrossesTheBrokerAndComesBack() throws {
        let failure = IdentityFailure(422, "signature-mismatch", "signature: it is not: yours")
        let sent = failure.serviceError
        #expect(IdentityFailure(.service(code: sent.code, description: sent.description)) == failure)
        #expect(IdentityFailure(.service(code: 500, description: "a: b")) == nil)
        #expect(IdentityFailure(.timeout) == nil)
    }
}

struct ClientAddressTests {
    static func address(_ forwarded: [String], trusting proxies: Int) -> String? {
        let channel = EmbeddedChannel()
        channel.remoteAddress = try? SocketAddress(ipAddress: "10.0.0.1", port: 1)
        let context = ServerRequestContext(
            source: ApplicationRequestContextSource(channel: channel, logger: .init(label: "test")))
        var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/")
        for line in forwarded { head.headerFields.append(.init(name: .constant("X-Forwarded-For"), value: line)) }
        return ClientAddress(trustedProxies: proxies).of(
            Request(head: head, body: .init(buffer: ByteBuffer())), context)
    }

    @Test(
        arguments: [
            ([], 0, "10.0.0.1"), (["192.0.2.1"], 0, "10.0.0.1"), (["192.0.2.1"], 1, "192.0.2.1"),
            (["203.0.113.9, 192.0.2.1"], 1, "192.0.2.1"), (["203.0.113.9", "192.0.2.1"], 2, "203.0.113.9"),
            (["203.0.113.9"], 2, "10.0.0.1"), ([], 1, "10.0.0.1"), (["2001:db8:1:2:3::4"], 1, "20010db800010002/64"),
        ] as [([String], Int, String)])
    func onlyWhatOurProxiesSayCounts(forwarded: [String], proxies: Int, expected: String) {
        #expect(Self.address(forwarded, trusting: proxies) == expected)
    }

    @Test(arguments: ["unknown", "evil\"", "192.0.2.1:80"]) func whatIsNoAddressIsNone(text: String) {
        #expect(Self.address([text], trusting: 1) == nil)
    }
}
