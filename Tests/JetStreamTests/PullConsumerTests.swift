import JetStream
import NIOCore
import ServiceRuntime
import TestSupport
import Testing

@Suite("Pull consumer")
struct PullConsumerTests {
    private static let worker = ConsumerSpecification(durable: "worker")

    @Test func messagesComeInOrderUpToTheLimit() async throws {
        try await withConsumer { _, client, consumer in
            for number in 1...5 { try await client.store("s.a", "\(number)") }
            let first = try #require(await consumer.next(FetchLimits(messages: 3)))
            let second = try #require(await consumer.next(FetchLimits(messages: 3)))
            #expect(first.map(\.message.payloadText) == ["1", "2", "3"])
            #expect(second.map(\.message.payloadText) == ["4", "5"])
            let position = try #require(first.first).position
            #expect(position.stream == "S")
            #expect(position.consumer == "worker")
            #expect(position.streamSequence == 1)
            #expect(position.consumerSequence == 1)
            #expect(position.deliveries == 1)
            #expect(position.pending == 4)
            #expect(position.timestamp > 0)
            #expect(consumer.state == .up)
        }
    }

    @Test func headersAndSubjectArrive() async throws {
        try await withConsumer { _, client, consumer in
            let headers = NATSHeaders([(name: "ce-id", value: "1"), (name: "x", value: "a"), (name: "x", value: "b")])
            try await client.store(
                NATSOutgoingMessage(subject: "s.deep.er", headers: headers, payload: ByteBuffer(string: "body")))
            let message = try #require(await consumer.next()?.first)
            #expect(message.subject == "s.deep.er")
            #expect(message.headers["ce-id"] == "1")
            #expect(message.headers.values("x") == ["a", "b"])
            #expect(message.headers["X"] == nil)
            #expect(message.payload == ByteBuffer(string: "body"))
        }
    }

    @Test func aWaitingFetchGetsTheNextMessageAtOnce() async throws {
        try await withConsumer { _, client, consumer in
            async let waiting = consumer.next()
            try await poll { consumer.state == .up }
            try await client.store("s.a", "late")
            #expect(await waiting?.map(\.message.payloadText) == ["late"])
        }
    }

    @Test func anAcknowledgedMessageIsGoneFromAWorkQueue() async throws {
        try await withConsumer({
            $0.retention = .workQueue
            $0.maximumMessages = 1
        }) { _, client, consumer in
            try await client.store("s.a", "one")
            let message = try #require(await consumer.next()?.first)
            try await message.ack()
            await #expect(throws: NATSError.alreadyAnswered) { try await message.ack() }
            await #expect(throws: NATSError.alreadyAnswered) { try await message.nak() }
            #expect(throws: NATSError.alreadyAnswered) { try message.inProgress() }
            // Room for one message: there is some again.
            try await client.store("s.a", "two")
            #expect(await consumer.next()?.map(\.message.payloadText) == ["two"])
        }
    }

    @Test func aRefusedMessageComesAgainAfterItsDelay() async throws {
        try await withConsumer { _, client, consumer in
            try await client.store("s.a", "one")
            let first = try #require(await consumer.next()?.first)
            let start = ContinuousClock.now
            try await first.nak(delay: .milliseconds(300))
            let second = try #require(await consumer.next()?.first)
            #expect(ContinuousClock.now - start >= .milliseconds(300))
            #expect(second.position.deliveries == 2)
            #expect(second.position.streamSequence == 1)
        }
    }

    @Test func anUnansweredMessageComesAgainAfterTheAckWaitUnlessWorkGoesOn() async throws {
        var worker = Self.worker
        worker.ackWait = .seconds(1)
        try await withConsumer(consumer: worker) { _, client, consumer in
            try await client.store("s.a", "one")
            let first = try #require(await consumer.next()?.first)
            var lastSign = ContinuousClock.now
            let end = lastSign + .milliseconds(1_300)
            var longestGap = Duration.zero
            while lastSign < end {
                try await Task.sleep(for: .milliseconds(50))
                longestGap = max(longestGap, .now - lastSign)
                lastSign = .now
                try first.inProgress()
            }
            let second = try #require(await consumer.next()?.first)
            // A machine that stood still for as long as the ack wait gave no signs either.
            #expect(ContinuousClock.now - lastSign >= .milliseconds(900) || longestGap >= .milliseconds(900))
            #expect(second.position.deliveries == 2)
        }
    }

    @Test func aTerminatedMessageDoesNotComeAgain() async throws {
        var worker = Self.worker
        worker.ackWait = .milliseconds(200)
        try await withConsumer(consumer: worker) { _, client, consumer in
            try await client.store("s.a", "poison")
            try await #require(await consumer.next()?.first).term(reason: "poison")
            try await client.store("s.a", "good")
            let next = try #require(await consumer.next()?.first)
            #expect(next.message.payloadText == "good")
            try await next.ack()
        }
    }

    @Test func bytesBoundABatchAndALargerMessageComesAlone() async throws {
        try await withConsumer { _, client, consumer in
            for size in [300, 300, 5_000, 300] {
                try await client.store("s.a", String(repeating: "x", count: size))
            }
            var sizes: [[Int]] = []
            while sizes.joined().count < 4 {
                let batch = try #require(await consumer.next(FetchLimits(messages: 10, bytes: 1_000)))
                sizes.append(batch.map(\.message.payloadSize))
                for message in batch { try await message.ack() }
            }
            #expect(Array(sizes.joined()) == [300, 300, 5_000, 300])
            #expect(sizes.contains([5_000]))
            #expect(sizes.allSatisfy { $0.count <= 2 })
        }
    }

    @Test func messagesOf25MegabytesGoThroughABoundedFetch() async throws {
        try await withConsumer { _, client, consumer in
            let size = 25_000_000
            for byte in [UInt8(1), 2] {
                let payload = ByteBuffer(repeating: byte, count: size)
                try await client.store(
                    NATSOutgoingMessage(subject: "s.a", payload: payload), timeout: .seconds(60))
            }
            try await client.store("s.a", "small")
            var seen: [UInt8] = []
            while seen.count < 2 {
                for message in try #require(await consumer.next(FetchLimits(messages: 10, bytes: 1 << 20))) {
                    #expect(message.message.payloadSize == size)
                    message.message.withPayload { bytes in
                        seen.append(bytes[0])
                        #expect(bytes[0] == bytes[size - 1])
                    }
                    try await message.ack()
                }
            }
            #expect(seen == [1, 2])
            #expect(await consumer.next()?.map(\.message.payloadText) == ["small"])
        }
    }

    @Test func cancellationWakesAWaitingFetch() async throws {
        try await withConsumer { _, client, consumer in
            let waiting = Task { await consumer.next() }
            try await poll { consumer.state == .up }
            waiting.cancel()
            #expect(await waiting.value == nil)
            // What the abandoned request still gets is given back, and comes again.
            try await client.store("s.a", "one")
            #expect(await consumer.next()?.map(\.message.payloadText) == ["one"])
        }
    }

    @Test func consumingGoesOnAfterTheServerDied() async throws {
        try await withConsumer { server, client, consumer in
            try await client.store("s.a", "before")
            try await #require(await consumer.next()?.first).ack()
            let waiting = Task { await consumer.next() }
            try await poll { consumer.state == .up }
            await server.kill()
            try await poll { consumer.state.isDown }
            try await server.start()
            try await client.waitUntilConnected(timeout: .seconds(20))
            try await client.store("s.a", "after")
            #expect(await waiting.value?.map(\.message.payloadText) == ["after"])
            #expect(consumer.state == .up)
        }
    }

    @Test func aConsumerThatIsMissingIsWaitedFor() async throws {
        try await withStream { _, client in
            let consumer = try PullConsumer(client: client, stream: "S", durable: "worker")
            try await client.store("s.a", "one")
            let waiting = Task { await consumer.next() }
            try await poll { consumer.state == .down(reason: "no such consumer") }
            var stream = StreamSpecification(name: "S", subjects: ["s.>"])
            stream.discard = .new
            try await client.provision([StreamProvision(stream, consumers: [Self.worker])])
            #expect(await waiting.value?.map(\.message.payloadText) == ["one"])
        }
    }

    @Test func stoppingTheClientEndsTheSequence() async throws {
        try await TestNATS.withServer { server in
            let waiting = try await server.withClient { client in
                try await client.provision([
                    StreamProvision(StreamSpecification(name: "S", subjects: ["s.>"]), consumers: [Self.worker])
                ])
                let consumer = try PullConsumer(client: client, stream: "S", durable: "worker")
                let waiting = Task {
                    var count = 0
                    for await batch in consumer.batches() { count += batch.count }
                    return count
                }
                try await poll { consumer.state == .up }
                return waiting
            }
            #expect(await waiting.value == 0)
        }
    }

    private func withConsumer(
        _ change: (inout StreamSpecification) -> Void = { _ in }, consumer: ConsumerSpecification = worker,
        _ body: @escaping @Sendable (TestNATS, NATSClient, PullConsumer) async throws -> Void
    ) async throws {
        try await withStream(change, consumers: [consumer]) { server, client in
            try await body(server, client, try PullConsumer(client: client, stream: "S", durable: consumer.durable))
        }
    }
}
