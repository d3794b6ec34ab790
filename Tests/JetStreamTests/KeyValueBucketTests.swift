import JetStream
import NIOCore
import TestSupport
import Testing

@Suite("Key-value buckets")
struct KeyValueBucketTests {
    private func withBucket(
        _ body: @escaping @Sendable (KeyValueBucket, TestNATS) async throws -> Void
    ) async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                try await client.provision([StreamProvision(.keyValue(bucket: "things"))])
                // Doing it again changes nothing: the server has every field as it was asked for.
                let again = try await client.provision([StreamProvision(.keyValue(bucket: "things"))])
                #expect(again.map(\.action) == [.unchanged])
                try await body(try KeyValueBucket(client: client, name: "things"), server)
            }
        }
    }

    private func text(_ entry: KeyValueBucket.Entry?) -> String? { entry.map { String(buffer: $0.value) } }

    @Test func aValueIsTheNewestOfItsKey() async throws {
        try await withBucket { bucket, _ in
            #expect(try await bucket.entry("a") == nil)
            #expect(try await bucket.value("a") == nil)
            try await bucket.put("a", ByteBuffer(string: "1"))
            try await bucket.put("b.c", ByteBuffer(string: "2"))
            let last = try await bucket.put("a", ByteBuffer(string: "3"))
            let entry = try await bucket.entry("a")
            #expect(self.text(entry) == "3")
            #expect(entry?.revision == last)
            #expect(try await bucket.value("a")?.payloadText == "3")
            #expect(try await bucket.value("b.c")?.payloadText == "2")
        }
    }

    @Test func aChangeNeedsTheRevisionThatItIsMadeFrom() async throws {
        try await withBucket { bucket, _ in
            let first = try await bucket.create("a", ByteBuffer(string: "1"))
            let second = try await bucket.update("a", ByteBuffer(string: "2"), revision: first)
            for attempt in [0, first, second + 1] {
                do throws(NATSError) {
                    _ = try await bucket.update("a", ByteBuffer(string: "3"), revision: attempt)
                    Issue.record("revision \(attempt) was taken")
                } catch {
                    #expect(error.isConflict, "\(error)")
                }
            }
            let entry = try await bucket.entry("a")
            #expect(self.text(entry) == "2")
        }
    }

    @Test func aKeyIsASubject() async throws {
        try await withBucket { bucket, _ in
            for key in ["", "a b", "a.*", "a..b"] {
                await #expect(throws: NATSError.self) { try await bucket.put(key, ByteBuffer()) }
            }
        }
    }
}
