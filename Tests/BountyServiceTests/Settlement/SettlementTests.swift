import BountyDomain
import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import NIOCore
import Postgres
import ServiceRuntime
import TestSupport
import TestWallets
import Testing

@testable import BountyService

/// From the award to the last order, with the real identity service, calculator, broker and database.
@Suite(.serialized)
struct SettlementTests {
    @Test func anAwardBecomesOneOrderThatVerifiesOnItsOwn() async throws {
        try await SettlementFixture.run { fixture in
            let alice = try await fixture.signIn("alice")
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1)])
            let settled = try await fixture.wait(for: awarded.id) { $0.state == .settled }
            let payouts = try await fixture.payouts(of: awarded.id)
            #expect(payouts.count == 1)
            let payout = try #require(payouts.first)
            #expect(settled.shares.map(\.payout) == [payout.id])
            #expect(settled.shares.map(\.state) == [.ordered])
            #expect(payout.account == wallet.name)
            #expect(payout.units == "250000000")
            let keys = try await fixture.services.call(PayoutKeys.self, .init()).keys
            let order = try PayoutVerifier(keys).verify(payout)
            #expect(order.recipient == alice.account.id)
            #expect(order.bounty == awarded.id)
            let steps = try await fixture.steps(of: awarded.id)
            #expect(steps == ["proposed", "signed", "awarded", "divided", "share-ordered", "settled"])
        }
    }

    @Test func whatIsNotEvenIsDividedToTheLastUnit() async throws {
        try await SettlementFixture.run { fixture in
            var recipients: [(BountyRecord.Account, Int64)] = []
            for (index, weight) in [Int64(1), 1, 1].enumerated() {
                let person = try await fixture.signIn("solver-\(index)")
                try await fixture.link(.ethereum(chain: 137), to: person)
                recipients.append((person.account, weight))
            }
            let awarded = try await fixture.award("wei:1000000000", to: recipients)
            let settled = try await fixture.wait(for: awarded.id) { $0.state == .settled }
            #expect(settled.shares.map(\.units) == ["333333334", "333333333", "333333333"])
            let payouts = try await fixture.payouts(of: awarded.id)
            // One key has the same address on every chain of Ethereum's family: the order names the asset's.
            #expect(payouts.allSatisfy { $0.account.hasPrefix("eip155:1:0x") })
            #expect(Set(payouts.map(\.recipient.id)) == Set(recipients.map(\.0.id)))
        }
    }

    @Test func aShareWithoutAWalletWaitsAndTheOthersDoNot() async throws {
        try await SettlementFixture.run { fixture in
            let (alice, bob) = (try await fixture.signIn("alice"), try await fixture.signIn("bob"))
            try await fixture.link(.solana(), to: alice)
            // Of another family: it does not count.
            try await fixture.link(.ethereum(), to: bob)
            let awarded = try await fixture.award(to: [(alice.account, 70), (bob.account, 30)])
            let waiting = try await fixture.wait(for: awarded.id) { $0.shares.last?.state == .awaitingWallet }
            #expect(waiting.state == .settling)
            try await fixture.wait(for: awarded.id) { $0.shares.first?.state == .ordered }
            try await poll { try await fixture.count("work") == 0 }
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: bob)
            let settled = try await fixture.wait(for: awarded.id) { $0.state == .settled }
            #expect(settled.shares.map(\.units) == ["175000000", "75000000"])
            let payouts = try await fixture.payouts(of: awarded.id)
            #expect(payouts.first { $0.recipient == bob.account }?.account == wallet.name)
            let steps = Set(try await fixture.steps(of: awarded.id))
            #expect(steps.contains("share-waiting"))
        }
    }

    @Test func aWalletOfAnotherCosmosChainIsNotTaken() async throws {
        try await SettlementFixture.run { fixture in
            let alice = try await fixture.signIn("alice")
            try await fixture.link(.cosmos(chain: "osmosis-1", prefix: "osmo"), to: alice)
            let awarded = try await fixture.award("atom:5", to: [(alice.account, 1)])
            let waiting = try await fixture.wait(for: awarded.id) { $0.shares.last?.state == .awaitingWallet }
            #expect(waiting.state == .settling)
            try await expectEqual(fixture.count("payout_orders"), 0)
        }
    }

    @Test func anEventThatCannotBeReadHoldsUpNobody() async throws {
        try await SettlementFixture.run { fixture in
            let alice = try await fixture.signIn("alice")
            let awarded = try await fixture.award(to: [(alice.account, 1)])
            try await fixture.wait(for: awarded.id) { $0.shares.last?.state == .awaitingWallet }
            for payload in ["", "{}", "\u{0}"] {
                try await fixture.client.store(
                    NATSOutgoingMessage(
                        subject: Subjects.identityEvent(account: 1), headers: ["ce-type": "bursar.identity.linked.v1"],
                        payload: ByteBuffer(string: payload)))
            }
            try await fixture.link(.solana(), to: alice)
            try await fixture.wait(for: awarded.id) { $0.state == .settled }
        }
    }

    @Test func withoutTheOthersItWaitsAndNothingCountsAsFailed() async throws {
        try await SettlementFixture.run(withOthers: false) { fixture in
            let account = BountyRecord.Account(id: 5, login: "alice")
            let awarded = try await fixture.award(to: [(account, 1)])
            try await poll {
                let rows = try await fixture.database.query("SELECT 1 FROM work WHERE last_error IS NOT NULL")
                return !rows.isEmpty
            }
            let rows = try await fixture.database.query("SELECT attempts FROM work")
            #expect(try rows.map { try $0.get("attempts", as: Int.self) } == [0])
            try await fixture.withOthers {
                try await fixture.wait(for: awarded.id) { $0.shares.last?.state == .awaitingWallet }
            }
        }
    }

    @Test func threeReplicasMakeOneOrderForEachShare() async throws {
        try await SettlementFixture.run(replicas: 3) { fixture in
            var recipients: [(BountyRecord.Account, Int64)] = []
            for index in 0..<5 {
                let person = try await fixture.signIn("solver-\(index)")
                try await fixture.link(.solana(), to: person)
                recipients.append((person.account, Int64(index + 1)))
            }
            var ids: [UUID] = []
            for _ in 0..<10 { ids.append(try await fixture.award(to: recipients).id) }
            // Asked for again and again while it is done.
            for id in ids + ids {
                try await fixture.database.transaction { try Settlement.enqueue(id, traceparent: nil, in: $0) }
            }
            for id in ids { try await fixture.wait(for: id) { $0.state == .settled } }
            for id in ids {
                try await expectEqual(fixture.payouts(of: id).count, recipients.count)
                let steps = try await fixture.steps(of: id)
                #expect(steps.count { $0 == "share-ordered" } == recipients.count)
                #expect(steps.count { $0 == "settled" } == 1)
            }
        }
    }

    // MARK: - Taken step by step

    /// What a process that dies leaves behind: everything up to the step, and nothing after it.
    private struct Crash: Error {}

    @Test(arguments: Settlement.Step.allCases)
    func endedAtAnyStepItIsTakenUpAgain(step: Settlement.Step) async throws {
        try await SettlementFixture.run(replicas: 0) { fixture in
            let (alice, bob, carol) = (
                try await fixture.signIn("alice"), try await fixture.signIn("bob"), try await fixture.signIn("carol")
            )
            for person in [alice, carol] { try await fixture.link(.solana(), to: person) }
            let awarded = try await fixture.award(to: [(alice.account, 1), (bob.account, 1), (carol.account, 1)])
            var settlement = fixture.settlements.settlement
            settlement.reached = { reached in if reached == step { throw Crash() } }
            let ending = settlement
            // Again and again, and each time it comes a step further at the most.
            for _ in 0..<4 { _ = try? await ending.handle(fixture.item(awarded.id)) }
            settlement.reached = { _ in }
            _ = try await settlement.handle(fixture.item(awarded.id))
            let waiting = try await fixture.bounty(awarded.id)
            #expect(waiting.shares.map(\.state) == [.ordered, .awaitingWallet, .ordered])
            try await fixture.link(.solana(), to: bob)
            for _ in 0..<4 { _ = try? await ending.handle(fixture.item(awarded.id)) }
            _ = try await settlement.handle(fixture.item(awarded.id))
            _ = try await settlement.handle(fixture.item(awarded.id))
            let settled = try await fixture.bounty(awarded.id)
            #expect(settled.state == .settled)
            let payouts = try await fixture.payouts(of: awarded.id)
            #expect(payouts.count == 3)
            #expect(Set(payouts.map(\.id)) == Set(settled.shares.compactMap(\.payout)))
            let rows = try await fixture.database.query(
                "SELECT count(*) AS count FROM bounty_events WHERE type = 'bursar.bounty.share-ordered.v1'")
            #expect(try rows[0].get("count", as: Int.self) == 3)
        }
    }

    @Test func manyAtOnceMakeOneOrder() async throws {
        try await SettlementFixture.run(replicas: 0) { fixture in
            let alice = try await fixture.signIn("alice")
            try await fixture.link(.solana(), to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1)])
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        _ = try? await fixture.settlements.settlement.handle(fixture.item(awarded.id))
                    }
                }
            }
            try await expectEqual(fixture.bounty(awarded.id).state, .settled)
            try await expectEqual(fixture.count("payout_orders"), 1)
        }
    }

    @Test func anOrderPinsItsWalletForGood() async throws {
        try await SettlementFixture.run(replicas: 0) { fixture in
            let alice = try await fixture.signIn("alice")
            let (first, second) = (TestWallet.solana(), TestWallet.solana())
            try await fixture.link(first, to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1)])
            _ = try await fixture.settlements.settlement.handle(fixture.item(awarded.id))
            try await fixture.link(second, to: alice, agreedBy: first)
            _ = try await fixture.settlements.settlement.handle(fixture.item(awarded.id))
            let payout = try #require(try await fixture.payouts(of: awarded.id).first)
            #expect(payout.account == first.name)
            // Not even by hand.
            let changes: [SQL] = [
                "UPDATE payout_orders SET account = \(second.name)", "DELETE FROM payout_orders",
                "UPDATE payout_orders SET canonical = '{}'",
                """
                INSERT INTO payout_orders (id, bounty_id, recipient_id, account, key_id, canonical, signature, record, issued_at)
                SELECT gen_random_uuid(), bounty_id, recipient_id, account, key_id, canonical, signature, record, issued_at
                FROM payout_orders
                """,
            ]
            for change in changes {
                await #expect(throws: PostgresError.self) { try await fixture.database.execute(change) }
            }
        }
    }
}
