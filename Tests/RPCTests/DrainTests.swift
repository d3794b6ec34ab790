import NIOCore
import Testing
import Wire
import WireClient
import WireServer

@Suite struct DrainTests {
    @Test func aServerThatStopsAnswersWhatItBegan() async throws {
        try await RunningServer.with { server in
            try await RawPeer.with(server.address) { peer in
                try await peer.greet()
                try await peer.send(
                    FrameHeader(.request, code: TestMethods.busy, id: 5, timeout: .max), [0, 0, 4, 0])
                await server.log.wait { $0.running == 1 }
                await server.stop()
                let goaway = try await peer.next()
                #expect(goaway?.header.kind == .goaway)
                #expect(goaway?.header.code == StatusCode.ok.rawValue)
                #expect(goaway?.header.id == 5)
                // One that crosses the goaway is neither begun nor answered. Where it comes too late, neither.
                try? await peer.send(
                    FrameHeader(.request, code: Add.id, id: 6, timeout: .max), Add.Request(1, 1).encoded)
                let answer = try await peer.next()
                #expect(answer?.header.id == 5)
                #expect(answer?.header.kind == .response)
                let end = try await peer.next()
                #expect(end == nil)
                #expect(server.log.calls == 0)
            }
        }
    }

    @Test func aClientThatStopsWaitsForItsAnswers() async throws {
        try await RunningServer.with { server in
            let answers = try await withClient([server.address]) { client in
                _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
                return try await withThrowingTaskGroup { group in
                    for _ in 0..<10 {
                        group.addTask {
                            try await client.call(
                                TestMethods.busy, ByteBuffer(integer: UInt32(5)), deadline: .seconds(30))
                        }
                    }
                    return try await group.reduce(into: 0) { count, _ in count += 1 }
                }
            }
            #expect(answers == 10)
        }
    }

    @Test func callsGoOnWhileServersComeAndGo() async throws {
        try await RunningServer.with { steady in
            try await RunningServer.with { leaving in
                try await withClient([steady.address, leaving.address]) { client in
                    try await withThrowingTaskGroup { group in
                        for caller in 0..<20 as Range<UInt64> {
                            group.addTask {
                                for number in 0..<200 as Range<UInt64> {
                                    let answer = try await client.call(
                                        Add.self, Add.Request(caller, number), deadline: .seconds(30))
                                    #expect(answer.sum == caller + number)
                                }
                            }
                        }
                        await leaving.stop()
                        try await group.waitForAll()
                    }
                }
            }
        }
    }
}
