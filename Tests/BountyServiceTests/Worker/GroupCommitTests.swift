import Events
import JetStream
import TestSupport
import Testing

@testable import BountyService

struct GroupCommitTests {
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
}
