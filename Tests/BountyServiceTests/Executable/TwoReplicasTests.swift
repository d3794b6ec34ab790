import BountyProtocol
import Events
import FoundationEssentials
import GitHubSandbox
import HTTP
import IdentityProtocol
import JetStream
import Postgres
import Synchronization
import TestRandom
import TestSupport
import TestWallets
import Testing

@testable import BountyService

/// Two processes of the executable at once on one database, one broker and one GitHub. Every delivery is sent twice and in any
/// order, and leads to what one process does with each once and in order.
@Suite(.serialized, .timeLimit(.minutes(10))) struct TwoReplicasTests {
    /// Deliveries on their way at once, where their order does not matter.
    private static let senders = 16

    @Test func everyDeliveryTwiceAndShuffledLeadsToTheSameState() async throws {
        let expected = try await Self.play(replicas: 1) { $0 }
        let found = try await Self.play(replicas: 2) { deliveries in
            var random = SplitMix64(seed: 11)
            return (deliveries + deliveries).shuffled(using: &random)
        }
        #expect(expected.contains { $0.contains("settled issue_closed 700:1") })
        #expect(expected.contains { $0.contains("settling command 700:70,701:30") })
        #expect(expected.contains { $0.hasPrefix("order ") })
        #expect(expected.contains { $0.contains("no-permission") })
        for line in Set(expected).symmetricDifference(found).sorted().prefix(20) {
            Issue.record("\(expected.contains(line) ? "missing" : "unexpected"): \(line)")
        }
        #expect(expected == found)
    }

    /// Returns what is there in the end, as lines.
    private static func play(
        replicas: Int, _ order: @escaping @Sendable ([SandboxDelivery]) -> [SandboxDelivery]
    ) async throws -> [String] {
        let lines = Mutex<[String]>([])
        try await GitHubWorld.run(accounts: SandboxStory.accounts) { world in
            let story = try SandboxStory(world.sandbox, seed: 7)
            #expect(story.deliveries.count == SandboxStory.deliveryCount)
            try await SettlementFixture.run(replicas: 0) { fixture in
                let sponsors = try await Self.sponsors(fixture)
                try await Self.run(replicas, world, fixture, []) { addresses in
                    try await Self.send(order(story.deliveries), to: addresses)
                    try await poll(within: .seconds(300)) {
                        let isSigned = try await Self.sign(story.signed, sponsors, fixture) == 0
                        let isHandled = try await fixture.client.messageCount(of: StreamName.webhooks) == 0
                        let isDone = try await Self.openThings(fixture) == 0
                        return isSigned && isHandled && isDone
                    }
                }
                let found = try await Self.lines(fixture, world)
                lines.withLock { $0 = found }
                #expect(try await fixture.client.messageCount(of: StreamName.dead) == 0)
            }
        }
        return lines.withLock { $0 }
    }

    private static func run(
        _ replicas: Int, _ world: GitHubWorld, _ fixture: SettlementFixture, _ addresses: [HTTPAddress],
        _ body: ([HTTPAddress]) async throws -> Void
    ) async throws {
        guard addresses.count < replicas else { return try await body(addresses) }
        try await BountyProcess.run(fixture, port: BountyProcess.freePort(), world.environment) { replica in
            try await replica.waitUntilItListens()
            try await run(replicas, world, fixture, addresses + [replica.address], body)
        }
    }

    /// To the replicas in turn; to one alone, one after the other.
    private static func send(_ deliveries: [SandboxDelivery], to addresses: [HTTPAddress]) async throws {
        let senders = addresses.count == 1 ? 1 : Self.senders
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<senders {
                group.addTask {
                    for index in stride(from: sender, to: deliveries.count, by: senders) {
                        let address = addresses[index % addresses.count]
                        let status = await GitHubWorld.send(deliveries[index], to: address)
                        #expect(status == 202)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    // MARK: - Sponsors

    private struct Sponsor: Sendable {
        var person: SettlementFixture.Person
        var wallet: TestWallet
    }

    /// By GitHub id. Of the solvers, one has a wallet.
    private static func sponsors(_ fixture: SettlementFixture) async throws -> [Int64: Sponsor] {
        var sponsors: [Int64: Sponsor] = [:]
        for account in [SandboxStory.first, SandboxStory.other, SandboxStory.alice] {
            let person = try await fixture.signIn(account.login, id: account.id)
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: person)
            sponsors[account.id] = Sponsor(person: person, wallet: wallet)
        }
        return sponsors
    }

    /// Signs what is to be signed and is proposed, by its link. Returns how much it was.
    private static func sign(
        _ comments: [Int64], _ sponsors: [Int64: Sponsor], _ fixture: SettlementFixture
    ) async throws -> Int {
        let rows = try await fixture.database.query(
            "SELECT record FROM bounties WHERE state = 'proposed' AND source_id = ANY (\(comments))")
        for bounty in try rows.map({ try BountyStore.record(of: $0) }) {
            let sponsor = try #require(sponsors[bounty.sponsor.id])
            // Nobody signs so many by hand.
            try await fixture.accounts.execute("DELETE FROM rate_limits")
            // One may be cancelled meanwhile; what else fails is tried again with the next look.
            let issued = try? await fixture.challenge(bounty, by: sponsor.person, with: sponsor.wallet)
            guard let issued else { continue }
            _ = try? await fixture.sign(issued, of: bounty, by: sponsor.person, with: sponsor.wallet)
        }
        return rows.count
    }

    // MARK: - What came of it

    /// What is asked for and not done yet. Reactions to texts that were deleted meanwhile fail, and are tried for a while.
    private static func openThings(_ fixture: SettlementFixture) async throws -> Int {
        let rows = try await fixture.database.query(
            """
            SELECT (SELECT count(*) FROM work) + (SELECT count(*) FROM outbox)
                + (SELECT count(*) FROM github_issues WHERE wanted > written)
                + (SELECT count(*) FROM github_reactions WHERE done_at IS NULL AND attempts = 0) AS count
            """)
        return try #require(rows.first).get("count")
    }

    private static func lines(_ fixture: SettlementFixture, _ world: GitHubWorld) async throws -> [String] {
        let rows = try await fixture.database.query("SELECT record FROM bounties WHERE state <> 'cancelled'")
        let bounties = try rows.map { row -> String in
            let bounty = try BountyStore.record(of: row)
            let award = bounty.award.map { award in
                let recipients = award.recipients.map { "\($0.account.id):\($0.weight)" }
                return " \(award.ground.rawValue) \(recipients.joined(separator: ","))"
            }
            let shares = bounty.shares.map { " \($0.recipient.id) \($0.units) \($0.state.rawValue)" }.joined()
            return
                "bounty \(bounty.source.id) \(bounty.denomination) \(bounty.units) \(bounty.state)\(award ?? "")\(shares)"
        }
        let orders = try await fixture.database.query(
            "SELECT b.source_id, p.recipient_id FROM payout_orders p JOIN bounties b ON b.id = p.bounty_id"
        ).map { "order \(try $0.get("source_id", as: Int64.self)) \(try $0.get("recipient_id", as: Int64.self))" }
        let refusals = try await fixture.database.query("SELECT number, source_id, code FROM refusals").map { row in
            let source: Int64 = try row.get("source_id")
            return "refusal \(try row.get("number", as: Int64.self)) \(source) \(try row.get("code", as: String.self))"
        }
        let comments = try (1...Int64(SandboxStory.issues)).flatMap { number -> [String] in
            let comments = try world.statusComments(number)
            return ["issue \(number) has \(comments.count) status comments"]
                + comments.flatMap(Self.facts).map { "issue \(number): \($0)" }
        }
        return (bounties + orders + refusals + comments).sorted()
    }

    /// The lines of bounties that are not cancelled, and the totals, without links, whose ids differ.
    private static func facts(of comment: String) -> [String] {
        comment.split(separator: "\n").filter {
            ($0.hasPrefix("| [") && !$0.hasSuffix("| cancelled |")) || $0.hasPrefix("**Total**")
        }.map { line in
            line.split(separator: "](").enumerated()
                .map { $0.offset == 0 ? String($0.element) : String($0.element.drop { $0 != ")" }.dropFirst()) }
                .joined(separator: "]")
        }
    }
}
