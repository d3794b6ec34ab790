import BountyProtocol
import Events
import FoundationEssentials
import GitHubSandbox
import HTTP
import IdentityProtocol
import JetStream
import Money
import Postgres
import Synchronization
import TestRandom
import TestSupport
import TestWallets
import Testing

@testable import BountyService

/// What people do while the processes die: a bounty on each of many issues goes from a comment to its payment.
final class KillingStory: Sendable {
    static let issueCount = 60
    static let solverCount = 12

    static let sponsors = (1...issueCount).map { GitHubSandbox.Account(id: 1_000 + Int64($0), login: "sponsor-\($0)") }
    static let solvers = (1...solverCount).map { GitHubSandbox.Account(id: 2_000 + Int64($0), login: "solver-\($0)") }
    static let accounts = sponsors + solvers

    /// Where the replicas take deliveries, while they run.
    final class Replicas: Sendable {
        private let addresses = Mutex<[HTTPAddress?]>([nil, nil])

        func set(_ address: HTTPAddress?, _ lane: Int) { addresses.withLock { $0[lane] = address } }
        /// Another one each time.
        func any(_ turn: Int) -> HTTPAddress? {
            addresses.withLock { all in all[turn % all.count] ?? all[(turn + 1) % all.count] }
        }
    }

    /// All that an account ever linked, by its id; the last one is active.
    private final class Wallets: Sendable {
        private let byAccount = Mutex<[Int64: [TestWallet]]>([:])

        func all(_ account: Int64) -> [TestWallet] { byAccount.withLock { $0[account] ?? [] } }

        /// Links a wallet, with the last one's agreement where there is one.
        func link(_ person: SettlementFixture.Person, _ fixture: SettlementFixture) async throws {
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: person, agreedBy: all(person.account.id).last)
            byAccount.withLock { $0[person.account.id, default: []].append(wallet) }
        }
    }

    let world: GitHubWorld
    let fixture: SettlementFixture
    let replicas = Replicas()
    /// The killing is over.
    let isUndisturbed = Flag()
    /// All is done.
    let isFinished = Flag()
    private let wallets = Wallets()
    private let people: [Int64: SettlementFixture.Person]
    /// Nobody asks longer than this, however many processes die.
    private static let patience = Duration.seconds(120)

    init(_ world: GitHubWorld, _ fixture: SettlementFixture) async throws {
        self.world = world
        self.fixture = fixture
        var people: [Int64: SettlementFixture.Person] = [:]
        for account in Self.accounts { people[account.id] = try await fixture.signIn(account.login, id: account.id) }
        self.people = people
        for number in 1...Self.issueCount {
            try world.sandbox.perform(
                .openIssue(repository: GitHubWorld.repository, title: "Issue \(number)", body: "", by: "octocat"))
        }
        for solver in Self.solvers.prefix(Self.solverCount / 2) { try await wallets.link(person(solver), fixture) }
    }

    private func person(_ account: GitHubSandbox.Account) throws -> SettlementFixture.Person {
        try #require(people[account.id])
    }

    // MARK: - GitHub's side

    /// Sends every webhook until it is taken, as redelivery does in the end; and every other one once more, after that.
    func deliver() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var turn = 0
            while !isFinished.isSet {
                for delivery in world.sandbox.takeDeliveries() {
                    turn += 1
                    let first = turn
                    group.addTask { try await self.deliver(delivery, first) }
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            try await group.waitForAll()
        }
    }

    private func deliver(_ delivery: SandboxDelivery, _ turn: Int) async throws {
        var attempt = turn
        var last: Int?
        do {
            try await poll(within: Self.patience) {
                attempt += 1
                guard let address = replicas.any(attempt) else { return false }
                last = await GitHubWorld.send(delivery, to: address)
                return last == 202
            }
        } catch {
            Issue.record(
                "\(delivery.event) was not taken in \(attempt - turn) attempts, the last one: \(last.map { String($0) } ?? "no answer")"
            )
            throw error
        }
        guard turn.isMultiple(of: 2), let address = replicas.any(attempt + 1) else { return }
        _ = await GitHubWorld.send(delivery, to: address)
    }

    // MARK: - People

    /// Returns the bounties as their sponsors signed them, once all are awarded.
    func play() async throws -> [BountyRecord] {
        async let changes: Void = changeWallets()
        let awarded: [BountyRecord] = try await withThrowingTaskGroup(of: BountyRecord.self) { group in
            for number in 1...Int64(Self.issueCount) {
                group.addTask {
                    // One after the other begins, so that each moment finds another part of the story.
                    try await Task.sleep(for: .milliseconds(1_500 * number))
                    return try await self.play(number)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await changes
        for solver in Self.solvers where wallets.all(solver.id).isEmpty {
            try await wallets.link(person(solver), fixture)
        }
        return awarded
    }

    private func play(_ number: Int64) async throws -> BountyRecord {
        let sandbox = world.sandbox
        let repository = GitHubWorld.repository
        let account = Self.sponsors[Int(number) - 1]
        let sponsor = try person(account)
        try await wallets.link(sponsor, fixture)
        let comment = try sandbox.perform(
            .comment(
                repository: repository, number: number, body: "$lamport:\(1_000_000 + number * 7)$", by: account.login))
        let proposed = try await bounty(of: try #require(comment.comment))
        let wallet = try #require(wallets.all(account.id).last)
        let issued = try await answered {
            try await self.fixture.challenge(proposed, by: sponsor, with: wallet, timeout: .seconds(5))
        }
        let active = try await answered {
            try await self.fixture.sign(issued, of: proposed, by: sponsor, with: wallet, timeout: .seconds(2))
        }
        #expect(active.state == .active)
        var generator = SplitMix64(seed: UInt64(number))
        let solvers = Self.solvers.shuffled(using: &generator).prefix(1 + Int(number % 4))
        if number.isMultiple(of: 3), let solver = solvers.first {
            let pull = try sandbox.perform(
                .openPullRequest(
                    repository: repository, title: "Mend", body: "Closes #\(number)", by: solver.login))
            try sandbox.perform(
                .mergePullRequest(
                    repository: repository, number: try #require(pull.number), by: GitHubWorld.maintainer.login))
        } else {
            let named = solvers.map { "@\($0.login) \(Int64.random(in: 1...9, using: &generator))" }
            try sandbox.perform(
                .comment(
                    repository: repository, number: number, body: "/award " + named.joined(separator: " "),
                    by: account.login))
        }
        return active
    }

    private func bounty(of comment: Int64) async throws -> BountyRecord {
        var found: BountyRecord?
        try await poll(within: Self.patience) {
            found = try await fixture.database.query("SELECT record FROM bounties WHERE source_id = \(comment)").first
                .map { try BountyStore.record(of: $0) }
            return found != nil
        }
        return try #require(found)
    }

    /// The rest of the solvers link their wallets by and by, and some take another one.
    private func changeWallets() async throws {
        for (index, solver) in Self.solvers.enumerated().reversed() where index.isMultiple(of: 2) {
            try await Task.sleep(for: .seconds(4))
            for _ in 0..<2 { try await wallets.link(person(solver), fixture) }
        }
    }

    /// The treasury acknowledges what it finds, again where no answer came.
    func acknowledge() async throws {
        let token = try fixture.program([.payouts])
        while !isFinished.isSet {
            let rows = try await fixture.database.query(
                "SELECT id FROM payout_orders WHERE record ->> 'state' = 'issued' LIMIT 4")
            for row in rows {
                let id = try row.get("id", as: UUID.self)
                _ = try await answered {
                    try await self.fixture.services.call(
                        AcknowledgePayout.self, .init(payout: id.wireText, transaction: "tx-\(id.wireText)"),
                        session: token, timeout: .seconds(2))
                }
            }
            if rows.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        }
    }

    /// Asks until somebody answers: nobody is there now and then, or dies with the question.
    private func answered<Value>(_ call: () async throws -> Value) async throws -> Value {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do {
                return try await call()
            } catch let failure as ServiceFailure where failure.reason == "too-many-open-challenges" {
                guard ContinuousClock.now < deadline else { throw failure }
                // Their answers died with processes.
                try await fixture.expireChallenges()
            } catch let error as NATSError {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    // MARK: - What came of it

    func check(_ awarded: [BountyRecord]) async throws {
        #expect(awarded.count == Self.issueCount)
        #expect(try await fixture.count("bounties") == Self.issueCount)
        let verifier = PayoutVerifier(fixture.configuration.payoutKeys.map(\.publicKey))
        let (onStream, paid) = try await ordersOnStream()
        var shares = 0
        for bounty in awarded {
            let settled = try await fixture.bounty(bounty.id)
            let payouts = try await fixture.payouts(of: bounty.id)
            shares += settled.shares.count
            #expect(payouts.count == settled.shares.count)
            #expect(Set(payouts.map(\.recipient.id)) == Set(settled.shares.map(\.recipient.id)))
            #expect(Set(payouts.map(\.id)) == Set(settled.shares.compactMap(\.payout)))
            var total = Amount.zero
            for payout in payouts {
                let order = try verifier.verify(payout)
                total = try #require(total.adding(try Amount(units: order.units)))
                #expect(wallets.all(order.recipient).map(\.name).contains(order.account))
                var issued = payout
                issued.state = .issued
                issued.transaction = nil
                #expect(onStream[payout.id] == issued)
                #expect(payout.transaction == "tx-\(payout.id.wireText)")
            }
            #expect(total.units == bounty.units)
        }
        #expect(onStream.count == shares)
        #expect(paid == Set(onStream.keys))
        for (step, count) in [
            ("proposed", awarded.count), ("signed", awarded.count), ("awarded", awarded.count),
            ("divided", awarded.count), ("share-ordered", shares), ("settled", awarded.count), ("share-paid", shares),
            ("paid", awarded.count),
        ] {
            let rows = try await fixture.database.query(
                "SELECT count(*) AS count FROM bounty_events WHERE type = \("bursar.bounty.\(step).v1")")
            #expect(try rows.first?.get("count", as: Int.self) == count, "\(step)")
        }
        #expect(try await fixture.client.messageCount(of: StreamName.dead) == 0)
        for number in 1...Int64(Self.issueCount) {
            let comments = try world.statusComments(number)
            #expect(comments.count == 1, "issue \(number)")
            #expect(comments.first?.contains("**paid**") == true, "issue \(number): \(comments.first ?? "")")
        }
    }

    /// As the stream has them, issued; and the ids of those that it says are paid. An order that is published again after a crash
    /// is the same one.
    private func ordersOnStream() async throws -> (issued: [UUID: PayoutRecord], paid: Set<UUID>) {
        var issued: [UUID: PayoutRecord] = [:]
        var paid: Set<UUID> = []
        for event in try await fixture.events() {
            if case .sharePaid(_, let payout) = event { paid.insert(payout.id) }
            guard case .shareOrdered(_, let payout) = event else { continue }
            if let known = issued.updateValue(payout, forKey: payout.id) { #expect(known == payout) }
        }
        return (issued, paid)
    }
}
