import Foundation
import Glibc
import HTTP
import NIOCore
import NIOPosix
import TestSupport
import Testing

/// How long a calculation may take, and what ends it before.
struct RequestTimeoutTests {
    private static let expression = #"{"expression": "1 + 1"}"#

    @Test(arguments: [
        "", "soon", "-1", "+1", "0", "0.0000001", "61", "1e3", "1.", ".5", "1.5.0", "1,5", "99999999999999999999",
    ])
    func aMalformedTimeoutIs400(_ text: String) async throws {
        try await CalculationFixture.with { fixture in
            let answer = try await fixture.post("evaluate", Self.expression, headers: ["Request-Timeout": text])
            #expect(answer.status == 400)
            #expect(answer.body.contains("the header Request-Timeout must be seconds from 0.001 to 60"))
        }
    }

    @Test(arguments: ["1", "60", "2.5", "0.5", "10.000", "3.1234567891234"])
    func aTimeoutIsSeconds(_ text: String) async throws {
        try await CalculationFixture.with { fixture in
            let answer = try await fixture.post("evaluate", Self.expression, headers: ["Request-Timeout": text])
            #expect(answer.status == 200, "\(answer.body)")
        }
    }

    @Test func aCalculationPastItsTimeoutIs504AndIsStopped() async throws {
        let calculator = PatientCalculator()
        try await CalculationFixture.with([calculator.methods]) { fixture in
            let start = ContinuousClock.now
            let answer = try await fixture.post("evaluate", Self.expression, headers: ["Request-Timeout": "0.25"])
            #expect(answer.status == 504)
            #expect(answer.body.contains("the calculation did not end within 0.25 seconds"))
            #expect(ContinuousClock.now - start < .seconds(8))
            try await poll { calculator.cancelled == 1 }
        }
    }

    /// Whether it closes the connection or aborts it.
    @Test(arguments: [false, true])
    func aClientThatDisconnectsStopsItsCalculation(_ aborts: Bool) async throws {
        let calculator = PatientCalculator()
        try await CalculationFixture.with([calculator.methods]) { fixture in
            let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: fixture.address.host, port: fixture.address.port).get()
            let request = """
                POST /v1/calculations/evaluate HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n\
                Content-Length: \(Self.expression.utf8.count)\r\nRequest-Timeout: 60\r\n\r\n\(Self.expression)
                """
            try await client.writeAndFlush(ByteBuffer(string: request))
            try await poll { calculator.begun == 1 }
            #expect(calculator.cancelled == 0)
            if aborts {
                // With a linger time of zero the other side is told by a reset.
                let socket = try #require(client as? any SocketOptionProvider)
                try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
            try await client.close()
            try await poll { calculator.cancelled == 1 }
        }
    }

    /// Some clients close their side as soon as the request is out, and wait for the answer.
    @Test func aClientThatClosesItsSideStillGetsAnAnswerThatComesAtOnce() async throws {
        try await CalculationFixture.with { fixture in
            var text = ""
            // On a machine that is busy the moment may be over before the answer is there.
            for _ in 0..<20 where text.isEmpty { text = try await Self.askAndClose(fixture) }
            #expect(text.contains(#"{"exact":true,"result":"2"}"#))
        }
    }

    private static func askAndClose(_ fixture: CalculationFixture) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: fixture.address.host, port: fixture.address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        let request = """
            POST /v1/calculations/evaluate HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n\
            Content-Length: \(expression.utf8.count)\r\n\r\n\(expression)
            """
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            outbound.finish()
            var text = ""
            for try await part in inbound { text += String(buffer: part) }
            return text
        }
    }
}
