import EmbeddedServers
import Events
import FoundationEssentials
import Glibc
import Postgres
import Subprocess
import Synchronization
import TestRandom
import TestSupport
import Testing

@testable import BountyService

/// Processes of the service that die at any moment, two at a time, while the whole story goes on: comments, signatures, awards and
/// merges, settlement, payment, and the comments that tell of it.
@Suite(.serialized)
struct KillingLoopTests {
    /// `BURSAR_TEST_KILLS` for a longer loop.
    private static let killCount =
        ProcessInfo.processInfo.environment["BURSAR_TEST_KILLS"].flatMap { Int($0) } ?? 200

    @Test(.timeLimit(.minutes(60)))
    func killedTwoHundredTimesNothingIsLostAndNothingHappensTwice() async throws {
        try await GitHubWorld.run(accounts: KillingStory.accounts) { world in
            try await SettlementFixture.run(replicas: 0, ackWait: .seconds(2)) { fixture in
                let story = try await KillingStory(world, fixture)
                async let processes: Void = Self.runProcesses(story)
                async let deliveries: Void = story.deliver()
                async let treasury: Void = story.acknowledge()
                let awarded = try await story.play()
                do {
                    try await poll(within: .seconds(240)) { try await Self.isOver(story) }
                } catch {
                    Issue.record("is not over: \(try await Self.left(of: story))")
                    throw error
                }
                story.isFinished.set()
                try await processes
                try await deliveries
                try await treasury
                try await story.check(awarded)
            }
        }
    }

    private static func isOver(_ story: KillingStory) async throws -> Bool {
        guard story.isUndisturbed.isSet else { return false }
        return try await left(of: story).allSatisfy { $0.value == 0 }
    }

    private static func left(of story: KillingStory) async throws -> [String: Int] {
        let rows = try await story.fixture.database.query(
            """
            SELECT 'bounties' AS what, count(*) AS count FROM bounties WHERE state <> 'paid'
            UNION ALL SELECT 'outbox', count(*) FROM outbox
            UNION ALL SELECT 'work', count(*) FROM work
            UNION ALL SELECT 'writes', count(*) FROM github_issues WHERE wanted > written
            """)
        let left = try rows.map { (try $0.get("what", as: String.self), try $0.get("count", as: Int.self)) }
        return Dictionary(uniqueKeysWithValues: left)
    }

    /// Those that are killed, and then one that is not.
    private static func runProcesses(_ story: KillingStory) async throws {
        try await killAll(story)
        story.isUndisturbed.set()
        let port = try await BountyProcess.freePort()
        try await BountyProcess.run(story.fixture, port: port, story.world.environment) { replica in
            story.replicas.set(replica.address, 0)
            try await poll(within: .seconds(300)) {
                try #require(replica.process.isRunning, "what nobody kills has ended by itself")
                return story.isFinished.isSet
            }
        }
    }

    /// Of the kills, how many found something to cut short: those that did not prove nothing.
    private final class Tally: Sendable {
        let deliveries = Atomic(0)
        let works = Atomic(0)
        let writes = Atomic(0)
    }

    /// Two replicas at a time, each of which dies at a moment that nobody knows.
    private static func killAll(_ story: KillingStory) async throws {
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<2 {
                group.addTask {
                    var generator = SplitMix64(seed: UInt64(lane) + 7)
                    for _ in 0..<(killCount / 2) {
                        let delay = Duration.milliseconds(Int64.random(in: 0...1_000, using: &generator))
                        let isWorking = Int.random(in: 0..<8, using: &generator) > 0
                        try await kill(lane, after: delay, ofWorking: isWorking, story, tally)
                    }
                }
            }
            try await group.waitForAll()
        }
        let (deliveries, works, writes) = (
            tally.deliveries.load(ordering: .relaxed), tally.works.load(ordering: .relaxed),
            tally.writes.load(ordering: .relaxed)
        )
        let ordered = try await story.fixture.count("payout_orders")
        print(
            "of \(killCount) kills, \(deliveries) cut deliveries short, \(works) other work and \(writes) writes to GitHub; "
                + "\(ordered) orders were issued between them")
        #expect(deliveries > 0)
        #expect(works > 0)
        #expect(writes > 0)
        #expect(ordered > 0)
    }

    /// - Parameter isWorking: Whether the delay begins when the process takes deliveries, and not with its start.
    private static func kill(
        _ lane: Int, after delay: Duration, ofWorking isWorking: Bool, _ story: KillingStory, _ tally: Tally
    ) async throws {
        let fixture = story.fixture
        let port = try await BountyProcess.freePort()
        let holder = Mutex<pid_t>(0)
        let outcome = try await BountyProcess.run(fixture, port: port, story.world.environment) { replica in
            story.replicas.set(replica.address, lane)
            holder.withLock { $0 = replica.process.id }
            if isWorking { try await replica.waitUntilItListens() }
            try await Task.sleep(for: delay)
            replica.process.send(SIGKILL)
        }
        story.replicas.set(nil, lane)
        #expect(outcome == .signaled(SIGKILL))
        if try await fixture.deliveriesInHand() > 0 { tally.deliveries.add(1, ordering: .relaxed) }
        let found = try await fixture.forgetLeases(ofWriter: holder.withLock { $0 })
        if found.works > 0 { tally.works.add(1, ordering: .relaxed) }
        if found.isWriter { tally.writes.add(1, ordering: .relaxed) }
    }
}

extension SettlementFixture {
    /// Leases of processes that died run out in ten seconds to a minute; here, at once. Those of work and of the outbox also where
    /// another process may still be at it: it must not matter.
    ///
    /// - Parameter process: That is dead, whose right to write to GitHub ends. A living one's must not.
    /// - Returns: What it was cut short in.
    func forgetLeases(ofWriter process: pid_t) async throws -> (works: Int, isWriter: Bool) {
        try await database.execute("UPDATE outbox_lease SET expires_at = now()")
        let writers = try await database.execute(
            "UPDATE github_writers SET expires_at = now() WHERE holder LIKE \("\(process)-%") AND expires_at > now()")
        let works = try await database.execute(
            "UPDATE work SET lease = NULL, next_attempt_at = now() WHERE lease IS NOT NULL")
        return (works, writers > 0)
    }

    /// Deliveries that are handed out and not answered.
    func deliveriesInHand() async throws -> Int {
        try await client.progress(of: ConsumerName.bountyWebhooks, in: StreamName.webhooks).num_ack_pending
    }
}
