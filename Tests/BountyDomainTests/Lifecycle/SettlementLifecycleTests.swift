import BountyDomain
import Events
import FoundationEssentials
import Money
import Testing

struct SettlementLifecycleTests {
    static let time = BountyLifecycleTests.later
    static let alice = BountyRecord.Account(id: 2, login: "alice")
    static let bob = BountyRecord.Account(id: 3, login: "bob")

    static func active() throws -> BountyRecord {
        try BountyLifecycleTests.proposed().sign(version: 1, wallet: "solana:c:a", challenge: "c", at: time).bounty
    }

    static func award(_ recipients: [BountyRecord.Award.Recipient]) -> BountyRecord.Award {
        .init(ground: .command, by: alice, at: time, recipients: recipients)
    }

    /// Divided between two.
    static func settling(_ parts: [UInt64] = [150_500_000, 100_000_000]) throws -> BountyRecord {
        try active().award(award([.init(account: alice, weight: 3), .init(account: bob, weight: 2)]), at: time).bounty
            .divide(into: parts.map { Amount(units: $0) }, at: time).bounty
    }

    static func payout(_ bounty: BountyRecord, _ share: Int, id: UUID = UUID()) -> PayoutRecord {
        PayoutRecord(
            id: id, bounty: bounty.id, recipient: bounty.shares[share].recipient, account: "solana:c:b",
            asset: bounty.asset, units: bounty.shares[share].units, issuedAt: time, keyID: "k", canonical: "{}",
            signature: "s")
    }

    static func paid(_ payout: PayoutRecord) -> PayoutRecord {
        var payout = payout
        payout.state = .acknowledged
        payout.transaction = "t"
        return payout
    }

    @Test func aSignatureActivatesTheVersionThatItNames() throws {
        let bounty = try BountyLifecycleTests.proposed()
        #expect(throws: LifecycleError.version(known: 1, given: 2)) {
            try bounty.sign(version: 2, wallet: "w", challenge: "c", at: Self.time)
        }
        let active = try Self.active()
        #expect(active.state == .active)
        #expect(active.wallet == "solana:c:a")
        #expect(throws: LifecycleError.state(.active, target: .active)) {
            try active.sign(version: 1, wallet: "w", challenge: "c", at: Self.time)
        }
    }

    @Test(
        arguments: [
            [], [.init(account: alice, weight: 0)],
            [.init(account: alice, weight: 1), .init(account: alice, weight: 1)],
        ] as [[BountyRecord.Award.Recipient]])
    func anAwardNamesEachRecipientOnceWithAPositiveWeight(recipients: [BountyRecord.Award.Recipient]) throws {
        let active = try Self.active()
        #expect(throws: LifecycleError.self) { try active.award(Self.award(recipients), at: Self.time) }
    }

    @Test(arguments: [[], [250_500_000], [1, 2], [250_500_000, 1], [250_000_000, 500_000, 0]] as [[UInt64]])
    func thePartsAreTheWholeAmount(parts: [UInt64]) throws {
        #expect(throws: LifecycleError.self) { try Self.settling(parts) }
    }

    @Test func theStoryToTheEnd() throws {
        var bounty = try Self.settling()
        #expect(bounty.shares.map(\.amount) == ["150.5", "100"])
        #expect(bounty.shares.map(\.state) == [.pending, .pending])
        bounty = try #require(try bounty.wait(for: 3, at: Self.time)).bounty
        #expect(try bounty.wait(for: 3, at: Self.time) == nil)
        let first = Self.payout(bounty, 0)
        bounty = try bounty.order(first, at: Self.time).bounty
        #expect(throws: LifecycleError.self) { try bounty.order(Self.payout(bounty, 0), at: Self.time) }
        #expect(throws: LifecycleError.self) { try bounty.settle(at: Self.time) }
        // One may be paid while another waits.
        bounty = try #require(try bounty.acknowledge(Self.paid(first), at: Self.time)).bounty
        #expect(bounty.state == .settling)
        let second = Self.payout(bounty, 1)
        bounty = try bounty.order(second, at: Self.time).bounty
        bounty = try bounty.settle(at: Self.time).bounty
        #expect(throws: LifecycleError.self) { try bounty.pay(at: Self.time) }
        bounty = try #require(try bounty.acknowledge(Self.paid(second), at: Self.time)).bounty
        #expect(try bounty.acknowledge(Self.paid(second), at: Self.time) == nil)
        bounty = try bounty.pay(at: Self.time).bounty
        #expect(bounty.state == .paid)
        #expect(bounty.shares.map(\.state) == [.paid, .paid])
    }

    @Test func aPartOfNothingGetsNoOrder() throws {
        var bounty = try Self.settling([250_500_000, 0])
        #expect(bounty.shares.map(\.state) == [.pending, .empty])
        #expect(throws: LifecycleError.self) { try bounty.order(Self.payout(bounty, 1), at: Self.time) }
        bounty = try bounty.order(Self.payout(bounty, 0), at: Self.time).bounty
        #expect(try bounty.settle(at: Self.time).bounty.state == .settled)
    }

    @Test func anOrderIsForItsShare() throws {
        let bounty = try Self.settling()
        for change: (inout PayoutRecord) -> Void in [
            { $0.units = "1" }, { $0.bounty = UUID() }, { $0.asset = "a" }, { $0.recipient.id = 9 },
            { $0.state = .acknowledged },
        ] {
            var payout = Self.payout(bounty, 0)
            change(&payout)
            #expect(throws: LifecycleError.self) { try bounty.order(payout, at: Self.time) }
        }
    }

    @Test(arguments: BountyRecord.State.allCases)
    func expiryAndCommandsEndWhatIsOpen(state: BountyRecord.State) throws {
        var bounty = try Self.active()
        bounty.state = state
        let isOpen = state == .proposed || state == .active
        #expect(((try? bounty.cancel(.command, at: Self.time)) != nil) == isOpen)
        #expect(((try? bounty.expire(at: bounty.expiresAt)) != nil) == isOpen)
        #expect(throws: LifecycleError.self) {
            try bounty.expire(at: bounty.expiresAt.addingTimeInterval(-1))
        }
    }
}
