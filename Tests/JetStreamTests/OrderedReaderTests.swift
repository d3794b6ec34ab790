import JetStream
import NIOCore
import ServiceRuntime
import TestSupport
import Testing

@Suite("Ordered reader")
struct OrderedReaderTests {
    @Test func anEmptyStreamIsCaughtUpWithAtOnce() async throws {
        try await withStream { _, client in
            let reader = try OrderedReader(client: client, stream: "S")
            let batch = try #require(await reader.next())
            #expect(batch.messages.isEmpty)
            #expect(batch.remaining == 0)
            #expect(reader.lastSequenceAtStart == 0)
            try await client.store("s.a", "one")
            #expect(try await reader.next()?.messages.map(\.message.payloadText) == ["one"])
        }
    }

    @Test func everythingComesOnceAndInOrder() async throws {
        try await withStream { _, client in
            for number in 1...100 { try await client.store("s.\(number % 3)", "\(number)") }
            let limits = FetchLimits(messages: 7, bytes: 1_000)
            let reader = try OrderedReader(client: client, stream: "S", limits: limits)
            let read = try await reader.readToEnd()
            #expect(read == Array(1...100))
            #expect(reader.lastSequenceAtStart == 100)
            #expect(reader.position == 100)
        }
    }

    @Test func readingStartsAfterTheGivenSequence() async throws {
        try await withStream { _, client in
            for number in 1...10 { try await client.store("s.a", "\(number)") }
            #expect(try await OrderedReader(client: client, stream: "S", after: 7).readToEnd() == [8, 9, 10])
            let atTheEnd = try OrderedReader(client: client, stream: "S", after: 10)
            #expect(try await atTheEnd.readToEnd() == [])
        }
    }

    @Test func aStreamWhoseFirstMessagesAreGoneIsReadToItsEnd() async throws {
        try await withStream({
            $0.maximumMessages = 3
            $0.discard = .old
        }) { _, client in
            for number in 1...10 { try await client.store("s.a", "\(number)") }
            let reader = try OrderedReader(client: client, stream: "S")
            #expect(try await reader.readToEnd() == [8, 9, 10])
        }
    }

    @Test func onlyWhatTheFiltersMatchComes() async throws {
        try await withStream { _, client in
            for number in 1...9 { try await client.store("s.\(number % 3)", "\(number)") }
            let reader = try OrderedReader(client: client, stream: "S", filterSubjects: ["s.1", "s.2"])
            #expect(try await reader.readToEnd() == [1, 2, 4, 5, 7, 8])
            // The last message of the stream is not for this reader.
            #expect(reader.lastSequenceAtStart == 9)
        }
    }

    @Test func aMessageLargerThanTheLimitComes() async throws {
        try await withStream { _, client in
            try await client.store("s.a", String(repeating: "1", count: 10))
            try await client.store("s.a", String(repeating: "2", count: 10_000))
            try await client.store("s.a", "3")
            let reader = try OrderedReader(client: client, stream: "S", limits: FetchLimits(messages: 10, bytes: 500))
            var sizes: [Int] = []
            while let batch = try await reader.next() {
                sizes += batch.messages.map(\.message.payloadSize)
                if batch.remaining == 0 { break }
            }
            #expect(sizes == [10, 10_000, 1])
        }
    }

    @Test func readingIsGapFreeAcrossADyingServer() async throws {
        try await withStream { server, client in
            let reader = try OrderedReader(client: client, stream: "S", limits: FetchLimits(messages: 16))
            let reading = Task {
                var positions: [UInt64] = []
                while positions.last.map({ $0 < 300 }) ?? true, let batch = try await reader.next() {
                    positions += batch.messages.map(\.position.streamSequence)
                }
                return positions
            }
            for sequence in 1...100 { try await client.store("s.a", "\(sequence)") }
            for _ in 0..<2 {
                await server.kill()
                try await server.start()
                try await client.waitUntilConnected(timeout: .seconds(20))
                for _ in 0..<100 { try await client.store("s.a", "") }
            }
            #expect(try await reading.value == Array(1...300))
        }
    }

    @Test func aStreamThatIsOlderThanWhatWasReadIsAnError() async throws {
        try await withStream { _, client in
            try await client.store("s.a", "1")
            let reader = try OrderedReader(client: client, stream: "S", after: 5)
            await #expect(throws: NATSError.streamReplaced(stream: "S")) { try await reader.next() }
        }
    }

    @Test func aMissingStreamIsWaitedFor() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                let reader = try OrderedReader(client: client, stream: "LATER")
                let reading = Task { try await reader.next() }
                try await poll { reader.state.isDown }
                try await client.provision([StreamProvision(StreamSpecification(name: "LATER", subjects: ["later"]))])
                #expect(try await reading.value?.remaining == 0)
            }
        }
    }

    @Test func cancellationEndsReading() async throws {
        try await withStream { _, client in
            let reader = try OrderedReader(client: client, stream: "S")
            #expect(try await reader.readToEnd() == [])
            let reading = Task { try await reader.next() == nil }
            try await poll { reader.state == .up }
            reading.cancel()
            #expect(try await reading.value)
        }
    }
}

extension OrderedReader {
    /// The payloads as numbers, until there is no more for now.
    fileprivate func readToEnd() async throws -> [Int] {
        var numbers: [Int] = []
        while let batch = try await next() {
            numbers += batch.messages.compactMap { Int($0.message.payloadText) }
            if batch.remaining == 0 { break }
        }
        return numbers
    }
}
