import BountyDomain
import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import Money
import NIOCore
import Postgres
import TestSupport
import TestWallets
import Testing

@testable import BountyService

@Suite(.serialized)
struct PayoutsTests {
    private static func acknowledge(
        _ payout: UUID, _ transaction: String, _ token: String?, _ fixture: SettlementFixture
    ) async throws -> AcknowledgePayout.Response {
        try await fixture.services.call(
            AcknowledgePayout.self, .init(payout: payout.wireText, transaction: transaction), session: token)
    }

    @Test func aBountyIsPaidOnceAllItsOrdersAre() async throws {
        try await SettlementFixture.run { fixture in
            let (alice, bob) = (try await fixture.signIn("alice"), try await fixture.signIn("bob"))
            try await fixture.link(.solana(), to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1), (bob.account, 1)])
            try await fixture.wait(for: awarded.id) { $0.shares.last?.state == .awaitingWallet }
            let treasury = try fixture.program([.payouts])
            let first = try #require(try await fixture.payouts(of: awarded.id).first)
            // One order is executed while another share waits.
            let answer = try await Self.acknowledge(first.id, "5vJ", treasury, fixture)
            #expect(answer.payout.state == .acknowledged)
            #expect(answer.payout.transaction == "5vJ")
            #expect(answer.payout.canonical == first.canonical)
            try await expectEqual(fixture.bounty(awarded.id).version, answer.version)
            try await fixture.link(.solana(), to: bob)
            let settled = try await fixture.wait(for: awarded.id) { $0.state == .settled }
            let second = try #require(settled.shares.last?.payout)
            let last = try await Self.acknowledge(second, "6wK", treasury, fixture)
            let paid = try await fixture.bounty(awarded.id)
            #expect(paid.state == .paid)
            #expect(paid.version == last.version)
            #expect(paid.shares.map(\.state) == [.paid, .paid])
            // Again is the same answer; otherwise is refused.
            try await expectEqual(Self.acknowledge(second, "6wK", treasury, fixture).payout, last.payout)
            try await expectEqual(
                fixture.refusal { try await Self.acknowledge(second, "7xL", treasury, fixture) },
                "acknowledged-otherwise")
            let steps = try await fixture.steps(of: awarded.id)
            #expect(steps.suffix(3) == ["settled", "share-paid", "paid"])
        }
    }

    @Test func onlyTheTreasuryAcknowledges() async throws {
        try await SettlementFixture.run { fixture in
            let alice = try await fixture.signIn("alice")
            try await fixture.link(.solana(), to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1)])
            try await fixture.wait(for: awarded.id) { $0.state == .settled }
            let payout = try #require(try await fixture.payouts(of: awarded.id).first)
            func refusal(_ transaction: String, _ token: String?) async throws -> String? {
                try await fixture.refusal { try await Self.acknowledge(payout.id, transaction, token, fixture) }
            }
            try await expectEqual(refusal("x", nil), "not-signed-in")
            try await expectEqual(refusal("x", alice.token), "missing-scope")
            try await expectEqual(refusal("x", fixture.program([.read])), "missing-scope")
            let treasury = try fixture.program([.payouts])
            for wrong in ["", "a b", "a\n", "\u{e9}", String(repeating: "x", count: 257)] {
                try await expectEqual(refusal(wrong, treasury), "invalid-transaction")
            }
            try await expectEqual(
                fixture.refusal { try await Self.acknowledge(UUID(), "x", treasury, fixture) }, "not-found")
            try await expectEqual(fixture.payouts(of: awarded.id), [payout])
        }
    }

    @Test func manyAcknowledgementsAtOnceAreOne() async throws {
        try await SettlementFixture.run(replicas: 2) { fixture in
            let alice = try await fixture.signIn("alice")
            try await fixture.link(.solana(), to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1)])
            try await fixture.wait(for: awarded.id) { $0.state == .settled }
            let payout = try #require(try await fixture.payouts(of: awarded.id).first)
            let treasury = try fixture.program([.payouts])
            let outcomes = await withTaskGroup(of: String?.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        try? await Self.acknowledge(payout.id, "tx-\(index % 2)", treasury, fixture).payout.transaction
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(Set(outcomes.compactMap { $0 }).count == 1)
            #expect(outcomes.count { $0 != nil } == 8)
            let steps = try await fixture.steps(of: awarded.id)
            #expect(steps.count { $0 == "share-paid" } == 1)
            #expect(steps.count { $0 == "paid" } == 1)
        }
    }

    @Test func oldKeysStayPublished() async throws {
        try await SettlementFixture.run { fixture in
            let retired = try #require(PayoutSigningKey(seed: String(repeating: "c", count: 64)))
            let payouts = fixture.settlements.methods.payouts
            try await payouts.register([retired])
            let keys = try await fixture.services.call(PayoutKeys.self, .init()).keys
            #expect(keys.contains(retired.publicKey))
            #expect(Set(keys.map(\.id)) == Set(fixture.configuration.payoutKeys.map(\.id) + [retired.id]))
        }
    }

    @Test func whoIsErasedIsNamedNowhere() async throws {
        try await SettlementFixture.run { fixture in
            let (alice, bob) = (try await fixture.signIn("alice"), try await fixture.signIn("bob"))
            try await fixture.link(.solana(), to: alice)
            let awarded = try await fixture.award(to: [(alice.account, 1), (bob.account, 1)])
            try await fixture.wait(for: awarded.id) { $0.shares.last?.state == .awaitingWallet }
            let before = try await fixture.payouts(of: awarded.id)
            // Work that waits names people too.
            try await fixture.database.transaction { [bob = bob.account] transaction in
                try Work.enqueue(
                    kind: "claim", key: "k", payload: ["actor": bob], after: .seconds(3600), in: transaction)
            }
            for person in [alice, bob] {
                let event = IdentityEvent(
                    .erased,
                    identity: IdentityRecord(
                        github: .init(id: person.account.id, login: nil), version: 9, links: [], updatedAt: .now),
                    link: nil)
                let message = try event.cloudEvent(id: .version7(), traceparent: nil)
                try await fixture.client.store(
                    NATSOutgoingMessage(
                        subject: event.streamSubject, headers: NATSHeaders(message.headers),
                        payload: ByteBuffer(bytes: message.data)))
            }
            try await fixture.wait(for: awarded.id) { $0.shares.allSatisfy { $0.recipient.login == "ghost" } }
            for column in ["bounties.record", "bounty_events.data", "payout_orders.record", "work.payload"] {
                let parts = column.split(separator: ".").map(String.init)
                let rows = try await fixture.database.query(
                    "SELECT count(*) AS count FROM \(identifier: parts[0]) WHERE \(identifier: parts[1])::text ~ '(alice|bob)'"
                )
                #expect(try rows.first?.get("count", as: Int.self) == 0, "\(column)")
            }
            // The order itself names nobody, and stands; what waits goes on by id.
            let after = try #require(try await fixture.payouts(of: awarded.id).first)
            #expect(after.canonical == before.first?.canonical)
            try await fixture.link(.solana(), to: try await fixture.signIn("bob-2", id: bob.account.id))
            try await fixture.wait(for: awarded.id) { $0.state == .settled }
        }
    }
}

struct PayoutAccountTests {
    private static func link(_ wallet: String?, _ state: LinkRecord.State = .active) -> LinkRecord {
        LinkRecord(
            id: UUID(), wallet: wallet, family: "x", state: state, linkedAt: .now, effectiveAt: .now)
    }

    @Test(
        arguments: [
            ("eip155:137:0xAb", "eip155:1", "eip155:1:0xAb"), ("eip155:1:0xAb", "eip155:1", "eip155:1:0xAb"),
            ("solana:devnet:7S3", "solana:main", "solana:main:7S3"), ("solana:main:7S3", "eip155:1", nil),
            ("cosmos:osmosis-1:osmo1x", "cosmos:cosmoshub-4", nil),
            ("cosmos:cosmoshub-4:cosmos1x", "cosmos:cosmoshub-4", "cosmos:cosmoshub-4:cosmos1x"),
            (nil, "eip155:1", nil),
            ("x", "eip155:1", nil),
        ] as [(String?, String, String?)])
    func theAccountIsOnTheAssetsChain(wallet: String?, chain: String, expected: String?) throws {
        let chain = try #require(ChainID(chain))
        #expect(PayoutAccount.account(of: [Self.link(wallet)], on: chain) == expected)
        #expect(
            PayoutAccount.account(of: [Self.link(wallet, .pending), Self.link(wallet, .revoked)], on: chain) == nil)
    }
}
