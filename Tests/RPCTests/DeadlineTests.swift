import NIOCore
import Testing
import Wire
import WireClient
import WireServer

/// Time that is up and callers that give up: the work stops.
@Suite struct DeadlineTests {
    @Test func theClientGivesUpAndTheServerStops() async throws {
        try await withPair { server, client in
            _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
            let start = NIODeadline.now()
            let error = await failure { () async throws(RPCError) in
                try await client.call(TestMethods.slow, ByteBuffer(), deadline: start + .milliseconds(300))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(NIODeadline.now() - start >= .milliseconds(300))
            await server.log.wait { $0.began == 1 && $0.running == 0 }
        }
    }

    @Test func theServerStopsByItself() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                try await peer.send(FrameHeader(.request, code: TestMethods.slow, id: 1, timeout: 100_000))
                let frame = try await peer.next()
                #expect(frame?.header.kind == .error)
                #expect(frame?.header.code == StatusCode.deadlineExceeded.rawValue)
                await server.log.wait { $0.began == 1 && $0.running == 0 }
            }
        }
    }

    @Test func theServerCutsTimeThatIsTooLong() async throws {
        var limits = RPCServerLimits()
        limits.callTimeout = .milliseconds(100)
        try await withPair(limits: limits) { server, client in
            let error = await failure { () async throws(RPCError) in
                try await client.call(TestMethods.slow, ByteBuffer(), deadline: .seconds(60))
            }
            #expect(error?.code == .deadlineExceeded)
            await server.log.wait { $0.began == 1 && $0.running == 0 }
        }
    }

    @Test func aCallWithoutTimeIsNotBegun() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                try await peer.send(FrameHeader(.request, code: Add.id, id: 1, timeout: 0), Add.Request(1, 1).encoded)
                let answer = try await peer.next()?.header.code
                #expect(answer == StatusCode.deadlineExceeded.rawValue)
                #expect(server.log.calls == 0)
            }
            try await withClient([server.address]) { client in
                let error = await failure { () async throws(RPCError) in
                    try await client.call(Add.self, Add.Request(1, 1), deadline: .now())
                }
                #expect(error?.code == .deadlineExceeded)
                #expect(server.log.calls == 0)
            }
        }
    }

    @Test func aCancelledTaskStopsTheWork() async throws {
        try await withPair { server, client in
            let task = Task {
                await failure { () async throws(RPCError) in
                    try await client.call(TestMethods.slow, ByteBuffer(), deadline: .seconds(60))
                }
            }
            await server.log.wait { $0.running == 1 }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            await server.log.wait { $0.running == 0 }
            let sum = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10)).sum
            #expect(sum == 2)
        }
    }

    @Test func aTaskThatIsCancelledBeforeMakesNoCall() async throws {
        try await withPair { server, client in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await failure { () async throws(RPCError) in
                    try await client.call(TestMethods.slow, ByteBuffer(), deadline: .seconds(60))
                }
            }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            await server.log.wait { $0.running == 0 }
        }
    }

    @Test func aConnectionThatEndsStopsItsWork() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                try await peer.send(FrameHeader(.request, code: TestMethods.slow, id: 1, timeout: .max))
                await server.log.wait { $0.running == 1 }
            }
            await server.log.wait { $0.running == 0 }
        }
    }

    @Test func withoutAServerACallEndsWithItsTime() async throws {
        // Nobody listens there: the port was free a moment ago, and is not given out again so soon.
        let address = try await RunningServer.with { $0.address }
        try await withClient([address]) { client in
            let error = await failure { () async throws(RPCError) in
                try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(0.3))
            }
            #expect(error?.code == .deadlineExceeded || error?.code == .unavailable)
        }
    }
}
