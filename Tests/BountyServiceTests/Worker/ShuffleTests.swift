import BountyDomain
import Events
import FoundationEssentials
import GitHub
import Postgres
import ServiceRuntime
import TestRandom
import TestSupport
import Testing

@testable import BountyService

/// Two replicas at once, every delivery twice and in any order, lead to what one does with each once and in order.
@Suite(.timeLimit(.minutes(20))) struct ShuffleTests {
    @Test func anyOrderLeadsToTheSameState() async throws {
        let story = try ShuffledStory(seed: 7)
        #expect(story.deliveries.count == 2_000)
        let expected = try await Self.play(story, story.deliveries, replicas: 1)
        var random = SplitMix64(seed: 11)
        let shuffled = (story.deliveries + story.deliveries).shuffled(using: &random)
        let found = try await Self.play(story, shuffled, replicas: 2)
        #expect(expected.count > 400)
        #expect(expected.contains { $0.contains("awarded closing 700") })
        #expect(expected.contains { $0.contains("awarded command 700:70,701:30") })
        #expect(expected.contains { $0.contains("no-permission") })
        for line in Set(expected).symmetricDifference(found).sorted().prefix(20) {
            Issue.record("\(expected.contains(line) ? "missing" : "unexpected"): \(line)")
        }
        #expect(expected == found)
    }

    /// Returns what is there in the end, as lines.
    private static func play(
        _ story: ShuffledStory, _ deliveries: [ShuffledStory.Delivery], replicas: Int
    ) async throws -> [String] {
        let lines = Box<[String]>([])
        try await WorkerFixture.run { fixture in
            for delivery in deliveries { try await fixture.send(delivery.event, delivery.body, id: delivery.id) }
            try await Self.run(fixture, story, replicas: replicas) {
                try await poll(within: .seconds(600)) {
                    let isSigned = try await Self.sign(fixture) == 0
                    let isHandled = try await fixture.unanswered == 0
                    let isDone = try await Self.openWork(fixture) == 0
                    return isSigned && isHandled && isDone
                }
            }
            lines.value = try await Self.lines(fixture)
            #expect(try await fixture.client.messageCount(of: StreamName.dead) == 0)
        }
        return lines.value
    }

    private static func run(
        _ fixture: WorkerFixture, _ story: ShuffledStory, replicas: Int, _ body: () async throws -> Void
    ) async throws {
        guard replicas > 0 else { return try await body() }
        let own = try fixture.withConsumerOfItsOwn()
        try await own.withWorker {
            try await own.withRunner(story.facts) {
                try await run(fixture, story, replicas: replicas - 1, body)
            }
        }
    }

    /// Signs what is to be signed and is proposed. Returns how much it was.
    private static func sign(_ fixture: WorkerFixture) async throws -> Int {
        let rows = try await fixture.database.query(
            "SELECT id FROM bounties WHERE state = 'proposed' AND source_id % 10 = 0")
        for row in rows { try await fixture.sign(try row.get("id")) }
        return rows.count
    }

    private static func openWork(_ fixture: WorkerFixture) async throws -> Int {
        try await fixture.database.query("SELECT count(*) AS count FROM work WHERE kind <> 'settlement'")[0]
            .get("count")
    }

    private static func lines(_ fixture: WorkerFixture) async throws -> [String] {
        let bounties = try await fixture.bounties.filter { $0.state != .cancelled }.map { bounty in
            let award = bounty.award.map { award in
                let recipients = award.recipients.map { "\($0.account.id):\($0.weight)" }
                return " \(award.ground == .closing ? "closing" : award.ground.rawValue) "
                    + (recipients == ["700:1"] ? "700" : recipients.joined(separator: ","))
            }
            return "bounty \(bounty.source.id) \(bounty.denomination) \(bounty.units) \(bounty.state)\(award ?? "")"
        }
        let refusals = try await fixture.database.query("SELECT number, source_id, code FROM refusals").map { row in
            let number: Int64 = try row.get("number")
            let source: Int64 = try row.get("source_id")
            return "refusal \(number) \(source) \(try row.get("code", as: String.self))"
        }
        let texts = try await fixture.database.query("SELECT id, is_deleted, updated_at FROM texts").map { row in
            let id: Int64 = try row.get("id")
            let isDeleted: Bool = try row.get("is_deleted")
            return "text \(id) \(isDeleted) \(try row.get("updated_at", as: Date.self).wireText)"
        }
        return (bounties + refusals + texts).sorted()
    }
}

/// A value that a closure of a fixture leaves behind.
private final class Box<Value: Sendable>: @unchecked Sendable {
    // Written before the fixture ends, and read after it.
    var value: Value

    init(_ value: Value) { self.value = value }
}
