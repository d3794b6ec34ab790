import Events
import FoundationEssentials
import JetStream
import Postgres
import TestSupport
import Testing

@testable import BountyService

/// Dead letters that an operator looks at, replays and drops.
@Suite(.timeLimit(.minutes(5))) struct DeadLetterOperationsTests {
    static func all(_ letters: DeadLetters) async throws -> [DeadLetter] {
        var found: [DeadLetter] = []
        try await letters.forEach { found.append($0) }
        return found
    }

    @Test func aDeliveryIsReplayedOnceWhateverHappens() async throws {
        try await WorkerFixture.run { fixture in
            let letters = DeadLetters(client: fixture.client)
            #expect(try await Self.all(letters).isEmpty)
            try await fixture.database.execute("ALTER TABLE bounties RENAME TO elsewhere")
            try await fixture.send(.comment, Payload.comment("created"), id: "d-1")
            try await fixture.withWorker { try await poll { try await fixture.unanswered == 0 } }
            try await fixture.database.execute("ALTER TABLE elsewhere RENAME TO bounties")
            let letter = try #require(try await Self.all(letters).first)
            #expect(letter.consumer == "bounty.webhooks")
            #expect(letter.what == "issue_comment d-1")
            #expect(letter.attempts == "5")
            #expect(try await letters.find(letter.sequence)?.payload == Array(Payload.comment("created").data))
            #expect(try await letters.find(letter.sequence + 1) == nil)
            // The process died before the letter was removed, and it is replayed again.
            for _ in 0..<2 { try await letters.replay(letter, fixture.database) }
            #expect(try await Self.all(letters).isEmpty)
            let message = try await fixture.next()
            #expect(message.headers["X-GitHub-Delivery"] == "d-1")
            #expect(message.headers["Bursar-Dead-Reason"] == nil)
            try await fixture.handler.handle(message)
            try await fixture.handleNext()
            #expect(try await fixture.steps == ["1 proposed"])
        }
    }

    @Test func workIsReplayedOnce() async throws {
        try await WorkerFixture.run { fixture in
            let item = WorkItem(
                kind: "claims", key: "1/2", payload: #"{"repository":1,"number":2}"#, traceparent: nil, attempts: 4,
                createdAt: WorkerFixture.now, revision: 1, lease: UUID())
            try await fixture.handler.deadLetters.write(item, reason: "r", attempts: 5)
            let letters = DeadLetters(client: fixture.client)
            let letter = try #require(try await Self.all(letters).first)
            #expect(letter.what == "claims 1/2")
            for _ in 0..<2 { try await letters.replay(letter, fixture.database) }
            #expect(try await fixture.count("work") == 1)
            #expect(try await fixture.runner(nil).runOnce() == 1)
            #expect(try await fixture.count("work") == 0)
        }
    }

    @Test func whatIsDroppedIsGone() async throws {
        try await WorkerFixture.run { fixture in
            for id in 1...3 {
                try await fixture.send("issues", Data("{".utf8), id: "d-\(id)")
                try await fixture.handleNext()
            }
            let letters = DeadLetters(client: fixture.client)
            let found = try await Self.all(letters)
            #expect(found.map(\.what) == ["issues d-1", "issues d-2", "issues d-3"])
            let second = try #require(found.dropFirst().first)
            for _ in 0..<2 { try await letters.drop(second) }
            let left = found.map(\.sequence).filter { $0 != second.sequence }
            #expect(try await Self.all(letters).map(\.sequence) == left)
        }
    }
}
