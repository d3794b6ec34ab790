import Events
import Foundation
import JetStream
import TestSupport
import Testing

@testable import BountyService

/// Deliveries in groups, beside one transaction for each. Measured on request: `BURSAR_MEASURE=1`, in a release build.
@Suite(.timeLimit(.minutes(10)), .serialized) struct GroupCommitTests {
    static let count = 1_500

    @Test(.enabled(if: ProcessInfo.processInfo.environment["BURSAR_MEASURE"] != nil))
    func groupsAreFasterThanOneTransactionForEach() async throws {
        for round in 1...3 {
            let alone = try await Self.rate(batch: 1, concurrency: 8)
            let grouped = try await Self.rate(batch: WebhookWorker.batch, concurrency: 1)
            print("round \(round): \(Int(alone))/s alone with 8 at once, \(Int(grouped))/s grouped, \(grouped / alone)")
        }
    }

    @Test func aGroupWritesWhatEachAloneWrites() async throws {
        try await WorkerFixture.run { fixture in
            for id in 1...20 {
                let payload = try TextKind.comment.payload("created", "$usdc:\(id)$ $sol:1$", id: Int64(id))
                try await fixture.send(.comment, payload, id: "d-\(id)")
                // The same again in one group, and an edit after it.
                try await fixture.send(.comment, payload, id: "d-\(id)")
                try await fixture.send(
                    .comment, TextKind.comment.payload("edited", "$usdc:\(id + 1)$", at: 1, id: Int64(id)))
            }
            var messages: [JetStreamMessage] = []
            while messages.count < 60 { messages += await fixture.consumer.next() ?? [] }
            try await fixture.handler.handle(messages)
            let open = try await fixture.bounties.filter { $0.state == .proposed }
            #expect(open.map(\.amount) == (2...21).map(String.init))
            #expect(try await fixture.bounties.count == 40)
            #expect(try await fixture.count("bounty_events") == 80)
            #expect(try await fixture.count("outbox") == 80)
            #expect(fixture.outcomes(of: "issue_comment") == ["applied": 40, "duplicate": 20])
            #expect(try await fixture.unanswered == 0)
        }
    }

    /// Deliveries of 10 KB a second, each about an issue of its own.
    private static func rate(batch: Int, concurrency: Int) async throws -> Double {
        let result = Rate()
        try await WorkerFixture.run { fixture in
            let filler = String(repeating: "x", count: 9_000)
            for id in 1...count {
                let payload = try TextKind.comment.payload("created", "$usdc:5$ \(filler)", id: Int64(id))
                    .setting("issue.number", to: .number(Int64(id))).setting("issue.id", to: .number(Int64(id)))
                try await fixture.send(.comment, payload)
            }
            var messages: [JetStreamMessage] = []
            while messages.count < count { messages += await fixture.consumer.next(FetchLimits(messages: 512)) ?? [] }
            let start = ContinuousClock.now
            let handler = fixture.handler
            let groups = stride(from: 0, to: count, by: batch).map { Array(messages[$0..<min($0 + batch, count)]) }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for (index, group) in groups.enumerated() {
                    if index >= concurrency { try await tasks.next() }
                    tasks.addTask { try await handler.handle(group) }
                }
                try await tasks.waitForAll()
            }
            result.perSecond = Double(count) / ((ContinuousClock.now - start) / .seconds(1))
            #expect(try await fixture.count("bounties") == count)
        }
        return result.perSecond
    }

    private final class Rate: @unchecked Sendable {
        // Written before the fixture ends, and read after it.
        var perSecond = 0.0
    }
}
