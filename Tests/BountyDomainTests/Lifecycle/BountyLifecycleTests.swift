import BountyDomain
import Events
import FoundationEssentials
import Money
import Testing

struct BountyLifecycleTests {
    static let start = Date(timeIntervalSince1970: 1_795_253_400)
    static let later = start.addingTimeInterval(60)

    static func proposed(at time: Date = start) throws -> BountyRecord {
        BountyEvent.propose(
            id: .version7(), money: try .sample("usdc", "250.50"), in: .sample(), at: time, lifetime: .seconds(86400)
        ).bounty
    }

    @Test func aProposalHasWhatTheTextAndTheDenominationSay() throws {
        let id = UUID.version7()
        let revision = TextRevision.sample()
        let money = try Money.sample("usdc", "250.50")
        let event = BountyEvent.propose(id: id, money: money, in: revision, at: Self.start, lifetime: .seconds(86400))
        #expect(
            event
                == .proposed(
                    BountyRecord(
                        id: id, version: 1, state: .proposed, amount: "250.5", units: "250500000", denomination: "USDC",
                        decimals: 6, asset: money.denomination.asset.description, repository: revision.repository,
                        issue: revision.issue, source: revision.source, sponsor: .init(id: 501, login: "wile-e"),
                        createdAt: Self.start, updatedAt: Self.start, expiresAt: Self.start.addingTimeInterval(86400))))
    }

    @Test func aChangeTakesAmountDenominationLabelsAndPlace() throws {
        let bounty = try Self.proposed()
        let money = try Money.sample("sol", "1.5")
        let revision = TextRevision.sample(
            author: Actor(account: .init(id: 501, login: "renamed"), isBot: false),
            repository: .init(id: 10, fullName: "acme/moved"), title: "Better brakes",
            url: "https://github.com/acme/moved/issues/12#issuecomment-77")
        let event = try bounty.change(to: money, in: revision, at: Self.later)
        var expected = bounty
        expected.version = 2
        expected.amount = "1.5"
        expected.units = "1500000000"
        expected.denomination = "SOL"
        expected.decimals = 9
        expected.asset = money.denomination.asset.description
        expected.repository = revision.repository
        expected.issue = revision.issue
        expected.source.url = "https://github.com/acme/moved/issues/12#issuecomment-77"
        expected.sponsor.login = "renamed"
        expected.updatedAt = Self.later
        #expect(event == .changed(expected))
    }

    @Test(arguments: [BountyEvent.CancellationReason.textDeleted, .textEdited])
    func aCancellationChangesNothingElse(reason: BountyEvent.CancellationReason) throws {
        let bounty = try Self.proposed()
        var expected = bounty
        expected.version = 2
        expected.state = .cancelled
        expected.updatedAt = Self.later
        #expect(try bounty.cancel(reason, at: Self.later) == .cancelled(expected, reason: reason))
    }

    @Test func versionsHaveNoGaps() throws {
        var bounty = try Self.proposed()
        for version in 2...5 {
            bounty = try bounty.change(to: .sample("eth", "\(version)"), in: .sample(), at: Self.later).bounty
            #expect(bounty.version == version)
        }
        #expect(try bounty.cancel(.textEdited, at: Self.later).bounty.version == 6)
    }

    @Test(arguments: BountyRecord.State.allCases.filter { $0 != .proposed })
    func onlyAProposedBountyIsChangedOrCancelled(state: BountyRecord.State) throws {
        var bounty = try Self.proposed()
        bounty.state = state
        let money = try Money.sample("sol", "1")
        let change = #expect(throws: LifecycleError.self) {
            try bounty.change(to: money, in: .sample(), at: Self.later)
        }
        #expect(change?.description == "a bounty that is \(state.rawValue) cannot become proposed")
        let cancellation = #expect(throws: LifecycleError.self) { try bounty.cancel(.textDeleted, at: Self.later) }
        #expect(cancellation?.description == "a bounty that is \(state.rawValue) cannot become cancelled")
    }

    @Test func timesHaveNoMoreThanMilliseconds() throws {
        let time = Self.start.addingTimeInterval(0.123_456)
        let bounty = try Self.proposed(at: time)
        #expect(bounty.createdAt == time.roundedToMilliseconds)
        #expect(bounty.updatedAt == bounty.createdAt)
        #expect(bounty.expiresAt.timeIntervalSince(bounty.createdAt) == 86400)
        let cancelled = try bounty.cancel(.textEdited, at: Self.later.addingTimeInterval(0.987_654)).bounty
        #expect(cancelled.updatedAt == Self.later.addingTimeInterval(0.987_654).roundedToMilliseconds)
        #expect(cancelled.createdAt == bounty.createdAt)
    }

    @Test func aBountyEqualsTheOneThatIsReadBack() throws {
        for millisecond in stride(from: 0, to: 1000, by: 7) {
            let event = BountyEvent.proposed(
                try Self.proposed(at: Self.start.addingTimeInterval(Double(millisecond) / 1000)))
            let read = try BountyEvent(type: event.type, data: try event.data())
            guard read == event else {
                Issue.record("at millisecond \(millisecond)")
                return
            }
        }
    }

    @Test func aClockThatWasSetBackMakesNoVersionLookOlder() throws {
        let bounty = try Self.proposed(at: Self.later)
        let changed = try bounty.change(to: .sample("sol", "1"), in: .sample(), at: Self.start).bounty
        #expect(changed.updatedAt == Self.later)
        #expect(try changed.cancel(.textEdited, at: Self.start).bounty.updatedAt == Self.later)
    }
}
