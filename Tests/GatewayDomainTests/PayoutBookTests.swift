import Events
import FoundationEssentials
import Testing

@testable import GatewayDomain

extension PayoutRecord {
    static func sample(
        _ number: UInt8, bounty: UUID = UUID(), recipient: Int64 = 1, state: State = .issued
    ) -> PayoutRecord {
        PayoutRecord(
            id: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number)), bounty: bounty,
            recipient: .init(id: recipient, login: "solver-\(recipient)"), account: "solana:x:\(number)",
            asset: "solana:x/slip44:501", units: "1", issuedAt: Date(timeIntervalSince1970: 0), keyID: "k",
            canonical: "{}", signature: "", state: state)
    }
}

struct PayoutBookTests {
    private static func snapshot(_ payouts: [PayoutRecord]) -> BountySnapshot {
        var snapshot = BountySnapshot()
        for (index, payout) in payouts.enumerated() {
            var bounty = BountyRecord.sample(index + 1)
            bounty.id = payout.bounty
            bounty.version = (snapshot[payout.bounty]?.version ?? 0) + 1
            bounty.shares = [
                .init(recipient: payout.recipient, amount: "1", units: "1", state: .ordered, payout: payout.id)
            ]
            snapshot.apply(.shareOrdered(bounty, payout: payout), sequence: UInt64(index + 1))
        }
        return snapshot
    }

    @Test func ordersAreListedTheNewestFirstAndInPages() {
        let book = Self.snapshot((1...5).shuffled().map { .sample($0) }).payouts
        #expect(book.count == 5)
        let first = book.page(matching: PayoutFilter(), before: nil, limit: 2)
        #expect(first.payouts.map(\.account) == ["solana:x:5", "solana:x:4"])
        let second = book.page(matching: PayoutFilter(), before: first.next, limit: 2)
        #expect(second.payouts.map(\.account) == ["solana:x:3", "solana:x:2"])
        let last = book.page(matching: PayoutFilter(), before: second.next, limit: 2)
        #expect(last.payouts.map(\.account) == ["solana:x:1"])
        #expect(last.next == nil)
    }

    @Test func aListIsNarrowedByEveryPartThatIsGiven() {
        let bounty = UUID()
        let snapshot = Self.snapshot([
            .sample(1, bounty: bounty), .sample(2, bounty: bounty, recipient: 2), .sample(3, recipient: 2),
        ])
        func numbers(_ filter: PayoutFilter) -> [String] {
            snapshot.payouts.page(matching: filter, before: nil, limit: 10).payouts.map { String($0.account.suffix(1)) }
        }
        #expect(numbers(PayoutFilter(bounty: bounty)) == ["2", "1"])
        #expect(numbers(PayoutFilter(recipient: 2)) == ["3", "2"])
        #expect(numbers(PayoutFilter(bounty: bounty, recipient: 2)) == ["2"])
        #expect(numbers(PayoutFilter(state: .acknowledged)) == [])
    }

    @Test func anAcknowledgementTakesTheOrdersPlaceAndAnEarlierEventDoesNot() throws {
        let order = PayoutRecord.sample(1)
        var snapshot = Self.snapshot([order])
        var paid = order
        paid.state = .acknowledged
        paid.transaction = "5x"
        var bounty = try #require(snapshot[order.bounty])
        let earlier = bounty
        bounty.version += 1
        snapshot.apply(.sharePaid(bounty, payout: paid), sequence: 2)
        snapshot.apply(.shareOrdered(earlier, payout: order), sequence: 3)
        #expect(snapshot.payouts.count == 1)
        #expect(snapshot.payouts[order.id] == paid)
    }

    @Test func whoIsErasedIsNoLongerNamed() throws {
        let order = PayoutRecord.sample(1, recipient: 9)
        var snapshot = Self.snapshot([order])
        let account = IdentityRecord(github: .init(id: 9, login: nil), version: 2, links: [], updatedAt: .now)
        snapshot.apply(IdentityEvent(.erased, identity: account, link: nil), sequence: 2)
        #expect(snapshot.payouts[order.id]?.recipient.login == BountySnapshot.erasedLogin)
        #expect(snapshot[order.bounty]?.shares.first?.recipient.login == BountySnapshot.erasedLogin)
        // What is told of later, neither.
        var bounty = try #require(snapshot[order.bounty])
        bounty.version += 1
        bounty.shares[0].recipient.login = "solver-9"
        snapshot.apply(.sharePaid(bounty, payout: order), sequence: 3)
        #expect(snapshot.payouts[order.id]?.recipient.login == BountySnapshot.erasedLogin)
        #expect(snapshot[order.bounty]?.shares.first?.recipient.login == BountySnapshot.erasedLogin)
    }
}
