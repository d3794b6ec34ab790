import Events
import FoundationEssentials
import JetStream
import Postgres
import TestSupport
import Testing

@testable import BountyService

/// Projections and streams that are brought back from the events.
@Suite(.timeLimit(.minutes(5))) struct EventHistoryTests {
    static func story(_ fixture: WorkerFixture) async throws {
        for id in 1...3 {
            try await fixture.deliver(
                .comment, TextKind.comment.payload("created", "$usdc:\(id)$ $sol:\(id)$", id: Int64(id)))
        }
        try await fixture.deliver(.comment, TextKind.comment.payload("edited", "$usdc:9$", at: 5, id: 1))
        try await fixture.sign(try #require(try await fixture.bounties.first).id)
    }

    static func rebuild(_ fixture: WorkerFixture, restores: Bool) async throws -> [String] {
        var found: [String] = []
        let count = try await EventHistory(database: fixture.database).rebuild(restores: restores) {
            found.append($0.what)
        }
        #expect(count == 6)
        return found
    }

    @Test func anIntactProjectionDiffersInNothing() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.story(fixture)
            #expect(try await Self.rebuild(fixture, restores: false) == [])
        }
    }

    @Test func whatDiffersIsToldAndRestored() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.story(fixture)
            let before = try await fixture.bounties
            try await fixture.database.execute("DELETE FROM bounties WHERE source_id = 2 AND slot = 0")
            try await fixture.database.execute(
                "UPDATE bounties SET record = jsonb_set(record, '{amount}', '\"7\"') WHERE source_id = 3 AND slot = 0")
            try await fixture.database.execute(
                """
                UPDATE bounties SET state = 'proposed', version = 1,
                    record = jsonb_set(jsonb_set(record, '{state}', '"proposed"'), '{version}', '1')
                WHERE state = 'active'
                """)
            let told = try await Self.rebuild(fixture, restores: false).sorted()
            #expect(told.count == 3)
            #expect(told.contains("has other members than its events say"))
            #expect(told.contains { $0.hasPrefix("is missing; its events say version 1") })
            #expect(told.contains { $0.hasPrefix("is version 1, proposed; its events say ") })
            #expect(try await fixture.bounties != before)
            #expect(try await Self.rebuild(fixture, restores: true).count == 3)
            #expect(try await Self.rebuild(fixture, restores: false) == [])
            let after = try await fixture.bounties
            #expect(Set(after.map(\.id)) == Set(before.map(\.id)))
            for bounty in before { #expect(after.contains(bounty)) }
        }
    }

    @Test func allBountiesComeBackFromNothing() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.story(fixture)
            let before = try await fixture.bounties
            try await fixture.database.execute("DELETE FROM bounties")
            #expect(try await Self.rebuild(fixture, restores: true).count == 6)
            let after = try await fixture.bounties
            #expect(after.count == before.count)
            for bounty in before { #expect(after.contains(bounty)) }
        }
    }

    @Test func aStreamThatWasLostIsPublishedAgain() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.story(fixture)
            let count = try await fixture.count("bounty_events")
            try await fixture.withRelay { try await poll { try await fixture.count("outbox") == 0 } }
            let before = try await fixture.messages(of: StreamName.events, count: count)
            try await fixture.client.deleteStream(StreamName.events)
            try await fixture.provision()
            #expect(try await EventHistory(database: fixture.database).republish(to: fixture.client) == count)
            let after = try await fixture.messages(of: StreamName.events, count: count)
            func summary(_ messages: [JetStreamMessage]) -> Set<String> {
                Set(messages.map { "\($0.subject) \($0.headers["ce-id"] ?? "") \($0.headers["ce-sequence"] ?? "")" })
            }
            #expect(summary(before) == summary(after))
            let versions = Dictionary(grouping: after, by: \.subject).mapValues { $0.map { $0.headers["ce-sequence"] } }
            #expect(versions.values.allSatisfy { $0 == (1...$0.count).map(String.init) })
        }
    }
}
