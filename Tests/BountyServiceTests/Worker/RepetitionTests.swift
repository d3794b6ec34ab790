import Events
import FoundationEssentials
import JetStream
import TestSupport
import Testing

@testable import BountyService

/// Deliveries that come twice, late, in another order, or all at once.
@Suite(.timeLimit(.minutes(5))) struct RepetitionTests {
    @Test(arguments: TextKind.allCases)
    func theSameDeliveryTakesEffectOnce(kind: TextKind) async throws {
        try await WorkerFixture.run { fixture in
            let payload = try kind.payload(kind.firstAction, "$usdc:250$")
            #expect(try await fixture.deliver(kind, payload, id: "d-1") == "applied")
            for _ in 0..<3 { #expect(try await fixture.deliver(kind, payload, id: "d-1") == "duplicate") }
            #expect(try await fixture.steps == ["1 proposed"])
            #expect(try await fixture.count("outbox") == 1)
            #expect(try await fixture.unanswered == 0)
        }
    }

    /// The id of a delivery is not signed: what was signed once may come again under another.
    @Test(arguments: TextKind.allCases)
    func theSameContentUnderAnotherIDTakesEffectOnce(kind: TextKind) async throws {
        try await WorkerFixture.run { fixture in
            let created = try kind.payload(kind.firstAction, "$usdc:250$")
            let edited = try kind.payload("edited", "$usdc:300$", at: 1, from: "$usdc:250$")
            #expect(try await fixture.deliver(kind, created) == "applied")
            #expect(try await fixture.deliver(kind, created) == "stale")
            #expect(try await fixture.deliver(kind, edited) == "applied")
            #expect(try await fixture.deliver(kind, edited) == "stale")
            #expect(try await fixture.deliver(kind, created) == "stale")
            #expect(try await fixture.steps == ["1 proposed", "2 changed"])
        }
    }

    @Test func anEditThatComesBeforeTheCreationWins() async throws {
        try await WorkerFixture.run { fixture in
            let kind = TextKind.comment
            let created = try kind.payload("created", "$usdc:250$")
            let edited = try kind.payload("edited", "$usdc:300$", at: 1, from: "$usdc:250$")
            #expect(try await fixture.deliver(kind, edited) == "applied")
            #expect(try await fixture.deliver(kind, created) == "stale")
            #expect(try await fixture.bounties.map { "\($0.amount) \($0.version)" } == ["300 1"])
        }
    }

    @Test(arguments: TextKind.deletable)
    func aDeletionThatComesFirstIsFinal(kind: TextKind) async throws {
        try await WorkerFixture.run { fixture in
            #expect(try await fixture.deliver(kind, kind.payload("deleted", "$usdc:250$", at: 5)) == "applied")
            let created = try kind.payload(kind.firstAction, "$usdc:250$")
            #expect(try await fixture.deliver(kind, created) == "after_deletion")
            let edited = try kind.payload("edited", "$usdc:251$", at: 3)
            #expect(try await fixture.deliver(kind, edited) == "after_deletion")
            #expect(try await fixture.count("bounties") == 0)
        }
    }

    /// GitHub's times are whole seconds.
    @Test func editsWithinOneSecondAreOrderedByWhatTheyReplace() async throws {
        try await WorkerFixture.run { fixture in
            let kind = TextKind.comment
            try await fixture.deliver(kind, kind.payload("created", "$usdc:1$"))
            let second = try kind.payload("edited", "$usdc:2$", from: "$usdc:1$")
            let third = try kind.payload("edited", "$usdc:3$", from: "$usdc:2$")
            #expect(try await fixture.deliver(kind, second) == "applied")
            #expect(try await fixture.deliver(kind, third) == "applied")
            #expect(try await fixture.deliver(kind, second) == "stale")
            #expect(try await fixture.bounties.map(\.amount) == ["3"])
        }
    }

    /// The transaction committed, and the acknowledgement never reached the broker.
    @Test func aCrashBetweenCommitAndAcknowledgementTakesEffectOnce() async throws {
        try await WorkerFixture.run(ackWait: .milliseconds(500)) { fixture in
            try await fixture.send(.comment, TextKind.comment.payload("created", "$usdc:250$"), id: "d-1")
            let message = try await fixture.next()
            await fixture.broker.kill()
            try await poll { fixture.client.state.isDown }
            try await fixture.handler.handle(message)
            #expect(try await fixture.steps == ["1 proposed"])
            try await fixture.broker.start()
            try await fixture.client.waitUntilConnected(timeout: .seconds(20))
            let again = try await fixture.next()
            #expect(again.position.deliveries == 2)
            try await fixture.handler.handle(again)
            #expect(try await fixture.steps == ["1 proposed"])
            #expect(try await fixture.unanswered == 0)
        }
    }

    // MARK: - At once

    @Test func manyRevisionsOfOneTextAtOnceEndAtTheNewest() async throws {
        try await WorkerFixture.run { fixture in
            let kind = TextKind.comment
            var payloads = [try kind.payload("created", "$usdc:1$")]
            payloads += try (2...60).map { try kind.payload("edited", "$usdc:\($0)$", at: $0 - 1) }
            for payload in payloads.shuffled() { try await fixture.send(kind, payload) }
            try await fixture.withWorker { try await poll { try await fixture.unanswered == 0 } }
            let bounty = try #require(try await fixture.bounties.first)
            #expect(try await fixture.bounties.count == 1)
            #expect(bounty.amount == "60")
            let versions = try await fixture.steps.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
            #expect(versions.sorted() == Array(1...bounty.version))
            #expect(try await fixture.count("outbox") == bounty.version)
            let outcomes = fixture.outcomes(of: kind.event)
            #expect((outcomes["applied"] ?? 0) + (outcomes["stale"] ?? 0) == 60)
            #expect(try await fixture.count("handler_failures") == 0)
        }
    }

    @Test func manyCopiesAtOnceTakeEffectOnce() async throws {
        try await WorkerFixture.run { fixture in
            let payload = try TextKind.issue.payload("opened", "$usdc:250$ $eth:1$")
            for number in 0..<60 {
                try await fixture.send(.issue, payload, id: number % 2 == 0 ? "d-1" : "d-\(number)")
            }
            try await fixture.withWorker { try await poll { try await fixture.unanswered == 0 } }
            #expect(try await fixture.steps == ["1 proposed", "1 proposed"])
            #expect(try await fixture.bounties.map(\.amount) == ["250", "1"])
        }
    }

    @Test func twoWorkersShareTheWork() async throws {
        try await WorkerFixture.run { fixture in
            for number in 1...200 {
                let payload = try TextKind.comment.payload("created", "$usdc:\(number)$", id: Int64(number))
                for _ in 0..<2 { try await fixture.send(.comment, payload, id: "d-\(number)") }
            }
            try await fixture.withWorker {
                let other = try fixture.withConsumerOfItsOwn()
                try await other.withWorker { try await poll { try await fixture.unanswered == 0 } }
            }
            #expect(try await fixture.bounties.map(\.amount) == (1...200).map(String.init))
            #expect(fixture.outcomes(of: "issue_comment") == ["applied": 200, "duplicate": 200])
        }
    }
}
