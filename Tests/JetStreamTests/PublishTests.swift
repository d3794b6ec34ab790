import JetStream
import NIOCore
import TestSupport
import Testing

@Suite("Publishing")
struct PublishTests {
    @Test func aStoredMessageIsAcknowledgedWithItsSequence() async throws {
        try await withStream { _, client in
            for sequence in 1...3 {
                let acknowledgement = try await client.store("s.a", "text \(sequence)")
                #expect(acknowledgement.stream == "S")
                #expect(acknowledgement.sequence == UInt64(sequence))
                #expect(!acknowledgement.isDuplicate)
            }
        }
    }

    @Test func aThousandConcurrentPublishesAreAcknowledgedOnceEach() async throws {
        try await withStream { _, client in
            let sequences = try await withThrowingTaskGroup(of: UInt64.self) { group in
                for number in 0..<1_000 {
                    group.addTask { try await client.store("s.a", "\(number)", timeout: .seconds(30)).sequence }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(sequences.sorted() == Array(1...1_000))
        }
    }

    @Test func theSameMessageIDIsADuplicate() async throws {
        try await withStream { _, client in
            let message = NATSOutgoingMessage(subject: "s.a", headers: [NATSHeaderName.messageID: "one"])
            let first = try await client.store(message)
            let second = try await client.store(message)
            #expect(!first.isDuplicate)
            #expect(second.isDuplicate)
            #expect(second.sequence == first.sequence)
        }
    }

    @Test func aSubjectWithoutStreamIsAnErrorAtOnce() async throws {
        try await withStream { _, client in
            await #expect(throws: NATSError.noStream(subject: "elsewhere")) { try await client.store("elsewhere", "") }
        }
    }

    @Test func aFullStreamRefuses() async throws {
        try await withStream({ $0.maximumMessages = 1 }) { _, client in
            try await client.store("s.a", "fits")
            await #expect {
                try await client.store("s.a", "does not")
            } throws: {
                guard case NATSError.streamFull(stream: "S", reason: _) = $0 else { return false }
                return true
            }
        }
    }

    @Test func whatIsTooLargeForTheServerIsNotSent() async throws {
        try await withStream { _, client in
            #expect(client.maximumPayload == 32 << 20)
            let message = NATSOutgoingMessage(subject: "s.a", payload: ByteBuffer(repeating: 0, count: 32 << 20 + 1))
            await #expect(throws: NATSError.payloadTooLarge(bytes: 32 << 20 + 1, limit: 32 << 20)) {
                try await client.store(message)
            }
            try await client.store("s.a", "the connection lives on")
        }
    }

    @Test func whatIsTooLargeForTheStreamIsRefused() async throws {
        try await withStream({ $0.maximumMessageSize = 100 }) { _, client in
            await #expect(throws: NATSError.payloadTooLarge(bytes: 200, limit: nil)) {
                try await client.store("s.a", String(repeating: "x", count: 200))
            }
        }
    }

    @Test(arguments: ["", "a b", "a..b", ".a", "a.", "a.*", "a.>", "a\r\nb"])
    func aSubjectThatCannotBePublishedToIsRefused(_ subject: String) async throws {
        try await withStream { _, client in
            await #expect(throws: NATSError.invalidSubject(subject)) { try await client.store(subject, "") }
        }
    }

    @Test(arguments: [("a:b", "v"), ("", "v"), ("n", "a\r\nInjected: b"), ("n m", "v")])
    func aHeaderThatBreaksTheFormatIsRefused(_ name: String, _ value: String) async throws {
        try await withStream { _, client in
            let message = NATSOutgoingMessage(subject: "s.a", headers: NATSHeaders([(name: name, value: value)]))
            await #expect(throws: NATSError.invalidHeader(name: name)) { try await client.store(message) }
        }
    }

    @Test func aCancelledPublishEndsAtOnce() async throws {
        try await withStream { server, client in
            await server.whilePaused {
                let publish = Task { try await client.store("s.a", "", timeout: .seconds(60)) }
                publish.cancel()
                await #expect(throws: NATSError.cancelled) { try await publish.value }
            }
        }
    }

    @Test func anAnswerThatDoesNotComeIsATimeout() async throws {
        try await withStream { server, client in
            await server.whilePaused {
                #expect(await client.storeError("s.a", timeout: .milliseconds(50)) == .timeout)
            }
        }
    }

    @Test func tooManyPendingPublishesAreRefused() async throws {
        try await withStream(configure: { $0.maximumPendingCalls = 2 }) { server, client in
            let results = await server.whilePaused {
                await withTaskGroup(of: NATSError?.self, returning: [NATSError?].self) { group in
                    for _ in 0..<5 {
                        group.addTask { await client.storeError("s.a", timeout: .milliseconds(300)) }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(results.filter { $0 == .overloaded }.count == 3)
            #expect(results.filter { $0 == .timeout }.count == 2)
        }
    }

    @Test func everyPublishEndsWhenTheServerDiesAndWhatWasAcknowledgedIsThere() async throws {
        try await withStream { server, client in
            // Each publisher goes on until a publish fails.
            let acknowledged = await withTaskGroup(of: [UInt64: String].self) { group in
                for publisher in 0..<64 {
                    group.addTask {
                        var acknowledged: [UInt64: String] = [:]
                        for number in 0... {
                            let payload = String(repeating: "\(publisher) \(number) ", count: 100)
                            guard let stored = try? await client.store("s.a", payload) else { break }
                            acknowledged[stored.sequence] = payload
                            if stored.sequence == 500 { await server.kill() }
                        }
                        return acknowledged
                    }
                }
                return await group.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
            }
            #expect(acknowledged.count >= 500)
            await #expect(throws: NATSError.disconnected) { try await client.store("s.a", "") }

            try await server.start()
            try await client.waitUntilConnected(timeout: .seconds(20))
            let reader = try OrderedReader(client: client, stream: "S")
            var stored: [UInt64: String] = [:]
            while let batch = try await reader.next() {
                for message in batch.messages { stored[message.position.streamSequence] = message.message.payloadText }
                if batch.remaining == 0 { break }
            }
            for (sequence, payload) in acknowledged { #expect(stored[sequence] == payload) }
        }
    }
}
