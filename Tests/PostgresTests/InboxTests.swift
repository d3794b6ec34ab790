import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct InboxTests {
    private struct Refusal: Error {}

    @Test func aMessageIsClaimedOncePerConsumer() async throws {
        try await OutboxFixture.withClient { client in
            for (consumer, expected) in [("one", true), ("one", false), ("two", true)] {
                let isNew = try await client.transaction { try Inbox.claim(messageID: "m", consumer: consumer, in: $0) }
                #expect(isNew == expected)
            }
        }
    }

    @Test func aClaimThatIsRolledBackIsNone() async throws {
        try await OutboxFixture.withClient { client in
            await #expect(throws: Refusal.self) {
                try await client.transaction { transaction in
                    #expect(try Inbox.claim(messageID: "m", consumer: "c", in: transaction))
                    throw Refusal()
                }
            }
            let isNew = try await client.transaction { try Inbox.claim(messageID: "m", consumer: "c", in: $0) }
            #expect(isNew)
        }
    }

    @Test func concurrentClaimsTakeEffectOnce() async throws {
        try await OutboxFixture.withClient { client in
            try await client.execute("CREATE TABLE effect (id bigint)")
            let claimed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        try await client.transaction { transaction in
                            guard try Inbox.claim(messageID: "m", consumer: "c", in: transaction) else { return false }
                            try transaction.execute("INSERT INTO effect VALUES (1)")
                            return true
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(claimed == 1)
            #expect(try await client.query("SELECT * FROM effect").count == 1)
        }
    }

    @Test func pruningForgetsOldRowsOnly() async throws {
        try await OutboxFixture.withClient { client in
            let old = Inbox.pruneBatch * 2 + 500
            try await client.execute(
                """
                INSERT INTO inbox SELECT 'c', n::text,
                    now() - CASE WHEN n <= \(old) THEN interval '8 days' ELSE interval '6 days' END
                FROM generate_series(1, \(old + 10)) AS n
                """)
            #expect(try await Inbox.prune(olderThan: .seconds(7 * 86_400), client: client) == old)
            #expect(try await Inbox.prune(olderThan: .seconds(7 * 86_400), client: client) == 0)
            #expect(try await client.query("SELECT * FROM inbox").count == 10)
        }
    }

    @Test func failuresAreCountedUntilCleared() async throws {
        try await OutboxFixture.withClient { client in
            func record(_ error: String) async throws -> Int {
                try await HandlerFailures.record(
                    messageID: "m", consumer: "c", error: error, retryAfter: .seconds(60), client: client)
            }
            #expect(try await HandlerFailures.find(messageID: "m", consumer: "c", client: client) == nil)
            #expect(try await record("first") == 1)
            #expect(try await record("sec\0ond " + String(repeating: "é", count: 5_000)) == 2)
            let failure = try #require(try await HandlerFailures.find(messageID: "m", consumer: "c", client: client))
            #expect(failure.attempts == 2)
            #expect(failure.lastError.hasPrefix("second "))
            #expect(failure.lastError.unicodeScalars.count == HandlerFailures.maximumErrorLength)
            #expect(abs(failure.nextAttempt.timeIntervalSinceNow - 60) < 30)
            try await client.transaction { try HandlerFailures.clear(messageID: "m", consumer: "c", in: $0) }
            #expect(try await record("again") == 1)
            #expect(try await HandlerFailures.prune(olderThan: .seconds(3_600), client: client) == 0)
            try await client.execute("UPDATE handler_failures SET updated_at = now() - interval '2 hours'")
            #expect(try await HandlerFailures.prune(olderThan: .seconds(3_600), client: client) == 1)
        }
    }

    @Test func concurrentFailuresAreAllCounted() async throws {
        try await OutboxFixture.withClient { client in
            let attempts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await HandlerFailures.record(
                            messageID: "m", consumer: "c", error: "x", retryAfter: .seconds(1), client: client)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(attempts.sorted() == Array(1...20))
        }
    }
}
