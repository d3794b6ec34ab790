import NIOCore
import Testing
import Wire
import WireServer
import WireTransport

/// What a server does with clients that keep to the protocol, and with those that do not, byte by byte.
@Suite struct ConnectionTests {
    @Test func theHelloTellsTheLimits() async throws {
        var limits = RPCServerLimits()
        limits.callsPerConnection = 7
        limits.maximumLength = 5000
        limits.idleTimeout = .seconds(9)
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.sendHello(lowest: 1, highest: 9)
                let answer = try await peer.next()
                let payload = try #require(answer?.payload)
                let hello = try Hello(payload.readableBytesSpan)
                #expect(
                    hello
                        == Hello(
                            lowestVersion: 1, highestVersion: 1, maximumLength: 5000, maximumCalls: 7,
                            idleTimeout: 9000))
            }
        }
    }

    @Test func pingsAreAnswered() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                for id in [UInt64(0), 1, .max] {
                    try await peer.send(FrameHeader(.ping, id: id))
                    let frame = try await peer.next()
                    #expect(frame?.header == FrameHeader(.pong, id: id))
                }
            }
        }
    }

    @Test func bytesMayComeOneByOne() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                let frame = RawPeer.frame(
                    FrameHeader(.request, code: Add.id, id: 1, timeout: .max), Add.Request(1, 2).encoded)
                for byte in frame.readableBytesView { try await peer.send([byte]) }
                let answer = try await peer.next()
                #expect(answer?.header.kind == .response)
                #expect(answer.flatMap { $0.payload.getInteger(at: $0.payload.readerIndex) } == UInt64(3))
            }
        }
    }

    struct Violation: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let status: StatusCode
        var isGreeted = true

        var testDescription: String { name }
    }

    private static func frame(_ header: FrameHeader) -> [UInt8] {
        var bytes: [UInt8] = []
        header.append(to: &bytes)
        return bytes
    }

    @Test(arguments: [
        Violation(
            name: "HTTP", bytes: Array("GET / HTTP/1.1\r\n\r\n".utf8), status: .resourceExhausted, isGreeted: false),
        Violation(
            name: "no hello", bytes: frame(FrameHeader(.ping)), status: .invalidArgument, isGreeted: false),
        Violation(
            name: "a hello of another protocol",
            bytes: frame(FrameHeader(.hello, payloadLength: 20)) + [UInt8](repeating: 0x41, count: 20),
            status: .invalidArgument, isGreeted: false),
        Violation(
            name: "a hello that is too long", bytes: frame(FrameHeader(.hello, payloadLength: 300)),
            status: .resourceExhausted, isGreeted: false),
        Violation(name: "a huge length", bytes: [0xFF, 0xFF, 0xFF, 0xFF], status: .resourceExhausted),
        Violation(name: "a length below the header", bytes: [0, 0, 0, 15], status: .resourceExhausted),
        Violation(name: "an unknown kind", bytes: [0, 0, 0, 16, 9], status: .invalidArgument),
        Violation(
            name: "a second hello", bytes: frame(FrameHeader(.hello)), status: .invalidArgument),
        Violation(name: "a response", bytes: frame(FrameHeader(.response, id: 1)), status: .invalidArgument),
        Violation(name: "an error", bytes: frame(FrameHeader(.error, code: 1, id: 1)), status: .invalidArgument),
        Violation(name: "a request without id", bytes: frame(FrameHeader(.request)), status: .invalidArgument),
        Violation(name: "a cancel of nothing", bytes: frame(FrameHeader(.cancel, id: 1)), status: .invalidArgument),
        Violation(
            name: "an id again",
            bytes: frame(FrameHeader(.request, code: 99, id: 1)) + frame(FrameHeader(.request, code: 99, id: 1)),
            status: .invalidArgument),
        Violation(
            name: "a trace that is cut", bytes: frame(FrameHeader(.request, flags: .trace, id: 1, payloadLength: 24)),
            status: .invalidArgument),
    ])
    func whoBreaksTheFramingIsToldWhyAndDisconnected(violation: Violation) async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                if violation.isGreeted { try await peer.greet() }
                try await peer.send(violation.bytes)
                let goaway = try await peer.goaway()
                #expect(goaway?.status == violation.status)
                #expect(goaway?.message.isEmpty == false)
                let after = try await peer.next()
                #expect(after == nil, "and then the end")
            }
        }
    }

    @Test func aVersionThatIsNotServedIsRefused() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.sendHello(lowest: 2, highest: 3)
                let goaway = try await peer.goaway()
                #expect(goaway?.status == .unimplemented)
            }
        }
    }

    @Test func whoSaysNothingIsDisconnected() async throws {
        var limits = RPCServerLimits()
        limits.handshakeTimeout = .milliseconds(500)
        limits.idleTimeout = .seconds(1)
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { peer in
                let goaway = try await peer.goaway()
                #expect(goaway?.status == .deadlineExceeded)
            }
        }
        // Time enough for a greeting on a machine that is busy with others.
        limits.handshakeTimeout = .seconds(30)
        limits.idleTimeout = .seconds(1)
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                // Half a frame is not a sign of life.
                try await peer.send([0, 0, 0, 16])
                let goaway = try await peer.goaway()
                #expect(goaway?.status == .deadlineExceeded)
            }
        }
    }

    @Test func whoIsDisconnectedAndKeepsSendingIsCutOff() async throws {
        var limits = RPCServerLimits()
        limits.lingerTimeout = .milliseconds(200)
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                try await peer.send([0xFF, 0xFF, 0xFF, 0xFF])
                let goaway = try await peer.goaway()
                #expect(goaway?.status == .resourceExhausted)
                // The write fails once the server has closed.
                await #expect(throws: (any Error).self) {
                    while true { try await peer.send([UInt8](repeating: 0, count: 10_000)) }
                }
            }
        }
    }
}
