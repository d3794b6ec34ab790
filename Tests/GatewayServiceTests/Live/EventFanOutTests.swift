import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import TestSupport
import Testing

@testable import GatewayService

struct EventFanOutTests {
    private static func event(_ sequence: UInt64) -> LiveEvent {
        LiveEvent(sequence: sequence, type: "t", bounty: nil, frame: ByteBuffer(string: "\(sequence) "))
    }

    private static func told(_ channel: NIOAsyncTestingChannel) async throws -> String {
        var text = ""
        while case .body(let bytes)? = try await channel.readOutbound(as: HTTPResponsePart.self) {
            text += String(buffer: bytes)
        }
        return text
    }

    /// More clients than a round writes to in one go, and an event that comes when some of them were written to: whoever is still to
    /// come gets the same bytes as those before, and the rest in the next round.
    @Test func whatComesDuringARoundIsToldToEverybody() async throws {
        let loop = NIOAsyncTestingEventLoop()
        // The loop's clock starts at zero, and goes to the machine's own: no heartbeat on the way.
        let hub = EventHub(heartbeat: .seconds(1 << 33))
        hub.publish([Self.event(1)], through: 1)
        let filter = EventFilter()
        var channels: [NIOAsyncTestingChannel] = []
        for _ in 0..<600 {
            let channel = NIOAsyncTestingChannel(loop: loop)
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
            await loop.run()
            channels.append(channel)
        }
        let clients = channels.map { channel in Task { await hub.serve(channel, filter, after: 0, epoch: 0) } }
        var texts = channels.map { _ in "" }
        let read = {
            for (index, channel) in channels.enumerated() { texts[index] += try await Self.told(channel) }
        }
        try await poll {
            await loop.run()
            try await read()
            return texts.allSatisfy { $0 == "1 " }
        }
        try await loop.executeInContext {
            hub.publish([Self.event(2)], through: 2)
            // Behind the first part of the round, and before the next one.
            loop.execute { hub.publish([Self.event(3)], through: 3) }
        }
        await loop.run()
        await loop.advanceTime(to: .now() + .seconds(1))
        try await read()
        #expect(Set(texts) == ["1 2 3 "])
        for client in clients { client.cancel() }
        await loop.run()
        for client in clients { await client.value }
        await loop.shutdownGracefully()
    }
}
