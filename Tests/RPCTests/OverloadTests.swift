import NIOCore
import Testing
import Wire
import WireClient
import WireServer

@Suite struct OverloadTests {
    @Test func callsOverTheLimitOfAConnectionAreRefusedAtOnce() async throws {
        var limits = RPCServerLimits()
        limits.callsPerConnection = 3
        limits.workers = 1
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                for id in 1...5 as ClosedRange<UInt64> {
                    try await peer.send(FrameHeader(.request, code: TestMethods.slow, id: id, timeout: .max))
                }
                for id in 4...5 as ClosedRange<UInt64> {
                    let frame = try #require(try await peer.next())
                    #expect(frame.header.id == id)
                    let error = RPCError(frame.header, payload: frame.payload.readableBytesSpan)
                    #expect(error.code == .resourceExhausted)
                    #expect(error.isRetryable)
                }
                // A place that is given up is free again, also one that waited.
                try await peer.send(FrameHeader(.cancel, id: 2))
                try await peer.send(FrameHeader(.request, code: TestMethods.slow, id: 6, timeout: .max))
                try await peer.send(FrameHeader(.request, code: TestMethods.slow, id: 7, timeout: .max))
                let answer = try await peer.next()?.header.id
                #expect(answer == 7)
            }
        }
    }

    @Test func callsOverTheLimitOfTheServerAreRefusedAtOnce() async throws {
        var limits = RPCServerLimits()
        limits.calls = 2
        limits.workers = 1
        var configuration = RPCClientConfiguration()
        configuration.maximumAttempts = 1
        try await withPair(limits: limits, configuration: configuration) { [configuration] server, client in
            try await withClient([server.address], configuration: configuration) { other in
                try await withThrowingTaskGroup(of: RPCError?.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            await failure { () async throws(RPCError) in
                                try await client.call(TestMethods.slow, ByteBuffer(), deadline: .seconds(60))
                            }
                        }
                    }
                    await server.log.wait { $0.running == 1 }
                    // The second of the two may still be on its way.
                    var error: RPCError?
                    while error?.code != .resourceExhausted {
                        error = await failure { () async throws(RPCError) in
                            try await other.call(TestMethods.slow, ByteBuffer(), deadline: .seconds(0.2))
                        }
                    }
                    #expect(error?.isRetryable == true)
                    // Light calls go on.
                    let answer = try await other.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
                    #expect(answer.sum == 2)
                    group.cancelAll()
                }
            }
        }
    }

    @Test func heavyCallsDoNotHoldUpLightOnes() async throws {
        var limits = RPCServerLimits()
        limits.workers = 1
        try await withPair(limits: limits) { server, client in
            await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        _ = try? await client.call(
                            TestMethods.busy, ByteBuffer(integer: UInt32(60_000)), deadline: .seconds(60))
                    }
                }
                await server.log.wait { $0.running == 1 }
                for number in 0..<200 as Range<UInt64> {
                    let answer = try? await client.call(Add.self, Add.Request(number, 1), deadline: .seconds(10))
                    #expect(answer?.sum == number + 1)
                }
                #expect(server.log.running == 1)
                group.cancelAll()
            }
        }
    }

    @Test func heavyCallsOfOneClientDoNotHoldUpThoseOfAnother() async throws {
        var limits = RPCServerLimits()
        limits.workers = 1
        try await withPair(limits: limits) { server, greedy in
            try await withClient([server.address]) { modest in
                await withTaskGroup { group in
                    for _ in 0..<100 {
                        group.addTask {
                            _ = try? await greedy.call(
                                TestMethods.busy, ByteBuffer(integer: UInt32(50)), deadline: .seconds(60))
                        }
                    }
                    await server.log.wait { $0.began == 1 }
                    let before = server.log.began
                    _ = try? await modest.call(
                        TestMethods.busy, ByteBuffer(integer: UInt32(1)), deadline: .seconds(60))
                    // One was at work, one may have had its turn before the call came, and one the turn after that.
                    #expect(server.log.began - before <= 20, "of 100 that waited")
                    group.cancelAll()
                }
            }
        }
    }

    @Test func connectionsOverTheLimitAreToldWhy() async throws {
        var limits = RPCServerLimits()
        limits.connections = 1
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { first in
                try await first.greet()
                try await RawPeer.with(server.address) { second in
                    let goaway = try await second.goaway()
                    #expect(goaway?.status == .resourceExhausted)
                }
                try await first.send(FrameHeader(.ping, id: 1))
                let answer = try await first.next()?.header.kind
                #expect(answer == .pong)
            }
        }
    }

    @Test func largeRequestsOverTheBudgetAreRefusedBeforeTheyHaveCome() async throws {
        var limits = RPCServerLimits()
        limits.largeRequestBytes = 300_000
        try await RunningServer.with(limits: limits) { server in
            try await RawPeer.with(server.address) { first in
                try await first.greet()
                // Half of a frame takes the room of all of it.
                let frame = RawPeer.frame(
                    FrameHeader(.request, code: TestMethods.echo, id: 1, timeout: .max),
                    [UInt8](repeating: 7, count: 200_000))
                try await first.send(try #require(frame.getSlice(at: 0, length: 100_000)))
                try await RawPeer.with(server.address) { second in
                    try await second.greet()
                    var error: FrameHeader?
                    // Until the server has read the first client's bytes, there is room.
                    for id in 1...100 as ClosedRange<UInt64> where error == nil {
                        try await second.send(
                            FrameHeader(.request, code: TestMethods.echo, id: id, timeout: .max),
                            [UInt8](repeating: 7, count: 200_000))
                        let answer = try await second.next()
                        if answer?.header.kind == .error { error = answer?.header }
                    }
                    #expect(error?.code == StatusCode.resourceExhausted.rawValue)
                    #expect(error?.flags == .retryable)
                    // What was skipped is skipped exactly.
                    try await second.send(FrameHeader(.ping, id: 9))
                    let answer = try await second.next()?.header
                    #expect(answer == FrameHeader(.pong, id: 9))
                }
            }
        }
    }
}
