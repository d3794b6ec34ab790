import NIOCore
import NIOPosix
import ServiceRuntime
import Testing
import Wire
import WireClient
import WireServer

@Suite struct CallTests {
    @Test func aCallIsAnswered() async throws {
        try await withPair { _, client in
            let answer = try await client.call(Add.self, Add.Request(40, 2), deadline: .seconds(10))
            #expect(answer.sum == 42)
            #expect(client.state == .up)
        }
    }

    @Test func manyCallsAtOnceFindTheirAnswers() async throws {
        try await withPair { _, client in
            try await withThrowingTaskGroup { group in
                for caller in 0..<200 {
                    let executor = caller % 2 == 0 ? client.executor : nil
                    group.addTask(executorPreference: executor) {
                        for number in 0..<50 {
                            let left = UInt64(caller * 1000 + number)
                            let answer = try await client.call(
                                Add.self, Add.Request(left, 1), deadline: .seconds(30))
                            #expect(answer.sum == left + 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: [0, 1, 100, 4096, 4097, 65_536, 200_000, 5_000_000])
    func payloadsOfEverySizeComeBack(size: Int) async throws {
        try await withPair { _, client in
            let payload = ByteBuffer(bytes: (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let echoed = try await client.call(TestMethods.echo, payload, deadline: .seconds(30))
            #expect(echoed == payload)
        }
    }

    @Test func theTraceTravels() async throws {
        let trace = try #require(TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        try await withPair { _, client in
            let answer = try await client.call(
                TestMethods.traced, ByteBuffer(), deadline: .seconds(10), trace: trace)
            #expect(TraceContext(answer.readableBytesSpan) == trace)
            let untraced = try await client.call(TestMethods.traced, ByteBuffer(), deadline: .seconds(10)).readableBytes
            #expect(untraced == 0)
        }
    }

    @Test func errorsSayWhatIsWrong() async throws {
        try await withPair { _, client in
            let unwell = await failure { () async throws(RPCError) in
                try await client.call(TestMethods.unwell, ByteBuffer(), deadline: .seconds(10))
            }
            #expect(unwell == RPCError(.unavailable, "not well", reason: "unwell", position: 3))
            let unknown = await failure { () async throws(RPCError) in
                try await client.call(0xF0FF, ByteBuffer(), deadline: .seconds(10))
            }
            #expect(unknown?.code == .unimplemented)
            let malformed = await failure { () async throws(RPCError) in
                try await client.call(Add.id, ByteBuffer(string: "short"), deadline: .seconds(10))
            }
            #expect(malformed?.code == .invalidArgument)
            #expect(malformed?.reason == "malformed")
            // And the connection lives on.
            let sum = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10)).sum
            #expect(sum == 2)
        }
    }

    @Test func aRequestThatTheServerWouldNotAcceptIsNotSent() async throws {
        var limits = RPCServerLimits()
        limits.maximumLength = 10_000
        try await withPair(limits: limits) { server, client in
            let payload = ByteBuffer(repeating: 0, count: 10_000)
            let error = await failure { () async throws(RPCError) in
                try await client.call(TestMethods.echo, payload, deadline: .seconds(10))
            }
            #expect(error?.reason == "request-too-large")
            let sum = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10)).sum
            #expect(sum == 2)
            #expect(server.server.connectionCount == 1)
        }
    }

    @Test(arguments: [9_000, 200_000])
    func anAnswerThatTheClientWouldNotAcceptIsAnError(size: UInt32) async throws {
        var configuration = RPCClientConfiguration()
        configuration.maximumLength = 8192
        try await withPair(configuration: configuration) { _, client in
            let error = await failure { () async throws(RPCError) in
                try await client.call(TestMethods.large, ByteBuffer(integer: size), deadline: .seconds(10))
            }
            #expect(error?.reason == "answer-too-large")
            let sum = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10)).sum
            #expect(sum == 2)
        }
    }
}

/// Where callers run, and how long they wait, makes no difference to what they get.
@Suite struct CallerTests {
    /// Some answers come when the task has just changed how it waits.
    @Test func answersOfEveryAgeArrive() async throws {
        try await RunningServer.with { server in
            try await withClient([server.address]) { client in
                try await withThrowingTaskGroup { group in
                    for milliseconds in (1...25) as ClosedRange<UInt32> {
                        group.addTask {
                            let payload = ByteBuffer(integer: milliseconds)
                            let answer = try await client.call(
                                TestMethods.busy, payload, deadline: .now() + .seconds(20))
                            #expect(answer == payload)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func anActorOnTheEventLoopOfTheClient() async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        try await RunningServer.with { server in
            try await withClient([server.address], eventLoop: eventLoop) { client in
                let caller = LoopActor(eventLoop)
                try await withThrowingTaskGroup { group in
                    for number in 0..<50 as Range<UInt64> {
                        group.addTask { try await caller.check(client, number) }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    /// Between its attempts such a task sleeps, and wakes elsewhere.
    @Test func aTaskThatStartsOnTheEventLoopAtOnceAndTriesAgain() async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        try await RunningServer.with { server in
            try await withClient([server.address], eventLoop: eventLoop) { client in
                _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(20))
                let task = try await eventLoop.submit {
                    Task.immediate { () async -> RPCError? in
                        do throws(RPCError) {
                            _ = try await client.call(
                                TestMethods.unwell, ByteBuffer(), isIdempotent: true, deadline: .now() + .seconds(20))
                            return nil
                        } catch {
                            return error
                        }
                    }
                }.get()
                let error = await task.value
                #expect(error?.reason == "unwell")
                #expect(server.log.calls >= 3)
            }
        }
    }

    @Test func aTaskThatStartsOnTheEventLoopAtOnce() async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        try await RunningServer.with { server in
            try await withClient([server.address], eventLoop: eventLoop) { client in
                for number in 0..<50 as Range<UInt64> {
                    let task = try await eventLoop.submit {
                        Task.immediate {
                            try await client.call(Add.self, Add.Request(number, 1), deadline: .seconds(20)).sum
                        }
                    }.get()
                    let sum = try await task.value
                    #expect(sum == number + 1)
                }
            }
        }
    }
}

/// An actor on an event loop, by NIO's own executor.
private actor LoopActor {
    private let eventLoop: any EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func check(_ client: RPCClient, _ number: UInt64) async throws {
        for _ in 0..<20 {
            let answer = try await client.call(Add.self, Add.Request(number, 1), deadline: .seconds(20))
            #expect(answer.sum == number + 1)
            eventLoop.preconditionInEventLoop()
        }
    }
}
