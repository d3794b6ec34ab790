import BountyDomain
import Events
import FoundationEssentials
import Testing

/// Closings, merges and commands: who awards what, in which order whatever arrives.
struct ClaimTests {
    typealias Fixture = BookFixture

    // MARK: - Closings

    @Test func aClosingByAMergedPullRequestAwardsItsAuthor() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        try fixture.happen(.closing, at: 2)
        #expect(fixture.states == [.active])
        #expect(fixture.questions.count == 1)
        try fixture.answer(Fixture.merged, at: 3)
        let award = try #require(fixture.book.bounties.first?.award)
        #expect(award.ground == .closing)
        #expect(award.recipients == [.init(account: Fixture.solver, weight: 1)])
        #expect(award.at == Fixture.at(2))
        #expect(fixture.states == [.awarded])
    }

    @Test func aClosingByHandAwardsNobodyAndSaysSo() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        try fixture.happen(.closing, at: 2)
        try fixture.answer(.nobody(reason: Refusal.NobodyReason.notMerged), at: 3)
        #expect(fixture.states == [.active])
        #expect(fixture.told == ["not-closed-by-merge"])
    }

    @Test func withoutABountyNobodyIsAsked() throws {
        var fixture = Fixture()
        try fixture.comment(77, "no bounty")
        try fixture.happen(.closing, at: 2)
        #expect(fixture.questions == [])
        #expect(fixture.told == [])
    }

    @Test func aClosingWaitsForABountyWhoseTextWasThereBefore() throws {
        var fixture = Fixture()
        try fixture.happen(.closing, at: 2)
        try fixture.comment(77, "$usdc:250$", at: 0, now: 3)
        #expect(fixture.questions.count == 1)
        try fixture.answer(Fixture.merged, at: 4)
        #expect(fixture.states == [.proposed])
        try fixture.sign(at: 5)
        #expect(fixture.states == [.awarded])
    }

    @Test func aClosingCoversNoBountyThatWasWrittenAfterIt() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$", at: 5)
        try fixture.sign(at: 6)
        try fixture.happen(.closing, at: 2, now: 7)
        #expect(fixture.questions == [])
        #expect(fixture.states == [.active])
    }

    @Test func aClosingStopsToWait() throws {
        var fixture = Fixture()
        try fixture.happen(.closing, at: 2)
        try fixture.comment(77, "$usdc:250$", at: 0, now: 100)
        try fixture.sign(at: 101)
        #expect(fixture.questions == [])
        #expect(fixture.states == [.active])
    }

    @Test func whatIsSignedAfterTheReopeningIsNotAwardedByTheClosingBefore() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.happen(.closing, at: 2)
        try fixture.answer(Fixture.merged, at: 3)
        try fixture.happen(.reopening, at: 4)
        try fixture.sign(at: 5)
        #expect(fixture.states == [.active])
        try fixture.happen(.closing, at: 6)
        try fixture.answer(Fixture.merged, at: 7)
        #expect(fixture.states == [.awarded])
    }

    @Test func reopeningAndClosingAgainAwardsNothingTwice() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        for minute in [2.0, 2, 4] {
            try fixture.happen(.closing, at: minute)
            if !fixture.questions.isEmpty { try fixture.answer(Fixture.merged, at: minute + 0.5) }
            try fixture.happen(.reopening, at: minute + 1)
        }
        #expect(fixture.book.bounties.map(\.version) == [3])
    }

    @Test func aMergeAwardsItsAuthorWithoutAQuestion() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        let time = Fixture.at(2)
        try fixture.book.claim(
            Claim(
                kind: .merge, id: 1, actor: Fixture.other, at: time, until: Fixture.at(60), answer: Fixture.merged),
            at: Fixture.place, Fixture.terms(2))
        fixture.drain()
        #expect(fixture.states == [.awarded])
        #expect(fixture.book.bounties.first?.award?.ground == .merge)
        #expect(fixture.questions == [])
    }

    // MARK: - /award

    private func awarded(by actor: BountyRecord.Account, forAll: Bool) throws -> BookFixture {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.comment(78, "$sol:1$", by: Fixture.other)
        try fixture.sign(at: 1)
        try fixture.sign(by: Fixture.other, at: 1)
        try fixture.comment(79, "Thanks!\n/award @alice", by: actor, at: 2)
        try fixture.answer(.recipients([.init(account: Fixture.solver, weight: 1)], forAll: forAll, url: nil), at: 3)
        return fixture
    }

    @Test func aSponsorAwardsTheirOwnBountiesAlone() throws {
        let fixture = try awarded(by: Fixture.sponsor, forAll: false)
        #expect(fixture.states == [.awarded, .active])
        #expect(fixture.told == [])
    }

    @Test func whoMayWriteAwardsAllOfThem() throws {
        let fixture = try awarded(by: Fixture.solver, forAll: true)
        #expect(fixture.states == [.awarded, .awarded])
        #expect(fixture.book.bounties.map(\.award?.ground) == [.command, .command])
    }

    @Test func anyoneElseIsRefusedVisibly() throws {
        let fixture = try awarded(by: Fixture.solver, forAll: false)
        #expect(fixture.states == [.active, .active])
        #expect(fixture.told == ["no-permission"])
    }

    @Test func anAwardOfNothingIsRefusedUntilThereIsSomething() throws {
        var fixture = Fixture()
        try fixture.comment(79, "/award @alice", at: 2)
        #expect(fixture.told == ["nothing-to-award"])
        #expect(fixture.questions == [])
        try fixture.comment(77, "$usdc:250$", at: 0, now: 3)
        #expect(fixture.told == [])
        try fixture.answer(.recipients([.init(account: Fixture.solver, weight: 1)], forAll: false, url: nil), at: 4)
        #expect(fixture.told == ["not-signed"])
        try fixture.sign(at: 5)
        #expect(fixture.told == [])
        #expect(fixture.states == [.awarded])
    }

    @Test func anAwardInAnEditIsNone() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        try fixture.comment(79, "nothing", at: 2)
        try fixture.comment(79, "/award @alice", at: 2, editedAt: 3)
        #expect(fixture.questions == [])
    }

    @Test func anAwardThatWasEditedSinceCountsAndSaysNothing() throws {
        var fixture = Fixture()
        try fixture.comment(79, "edited", at: 2, editedAt: 3)
        #expect(try fixture.comment(79, "/award @alice", at: 2, now: 4) == .stale)
        #expect(fixture.told == [])
        try fixture.comment(77, "$usdc:250$", at: 0, now: 5)
        #expect(fixture.questions.count == 1)
    }

    @Test func anAwardAfterItsDeletionIsNone() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        _ = try fixture.book.delete(
            Fixture.source(79), updatedAt: Fixture.at(2), by: Fixture.sponsor, at: Fixture.place, Fixture.terms(3))
        #expect(try fixture.comment(79, "/award @alice", at: 2, now: 4) == .afterDeletion)
        #expect(fixture.questions == [])
    }

    @Test func aBotAwardsNothing() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        #expect(try fixture.comment(79, "/award @alice", at: 2, isBot: true) == .bot)
        #expect(fixture.questions == [])
    }

    @Test func anAccountThatNobodyKnowsIsRefused() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        try fixture.comment(79, "/award @alise", at: 2)
        try fixture.answer(.nobody(reason: Refusal.NobodyReason.unknownAccount), at: 3)
        #expect(fixture.told == ["unknown-account"])
        #expect(fixture.states == [.active])
    }

    // MARK: - /cancel and /help

    @Test func aSponsorCancelsTheirOwnProposedAndActiveBounties() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        try fixture.comment(78, "$usdc:5$")
        try fixture.comment(80, "$sol:1$", by: Fixture.other)
        try fixture.comment(79, "/cancel", at: 2)
        #expect(fixture.book.bounties.map(\.sponsor.id) == [Fixture.other.id])
        #expect(fixture.told == [])
    }

    @Test(arguments: [(BookFixture.other, "not-your-bounty"), (BookFixture.sponsor, "nothing-to-cancel")])
    func anyOtherCancellationIsRefused(actor: BountyRecord.Account, code: String) throws {
        var fixture = Fixture()
        if actor != Fixture.sponsor { try fixture.comment(77, "$usdc:250$") }
        try fixture.comment(79, "/cancel", by: actor, at: 2)
        #expect(fixture.told == [code])
        #expect(fixture.states.allSatisfy { $0 == .proposed })
    }

    @Test func aCancellationBeforeItsBountyWaits() throws {
        var fixture = Fixture()
        try fixture.comment(79, "/cancel", at: 2)
        try fixture.comment(77, "$usdc:250$", at: 0, now: 3)
        #expect(fixture.states == [])
        #expect(fixture.told == [])
    }

    @Test func anyoneIsHelped() throws {
        var fixture = Fixture()
        try fixture.comment(79, "/help", by: Fixture.other)
        #expect(fixture.told == ["help"])
    }

    // MARK: - Texts

    @Test func editingASignedBountyChangesNothingAndSaysSo() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        try fixture.comment(77, "$usdc:1$", at: 0, editedAt: 2)
        #expect(fixture.book.bounties.map(\.amount) == ["250"])
        #expect(fixture.states == [.active])
        #expect(fixture.told == ["signed-stands"])
    }

    @Test func aRefusalGoesWithTheNextEdit() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:0$")
        #expect(fixture.told.count == 1)
        try fixture.comment(77, "$usdc:1$", at: 0, editedAt: 1)
        #expect(fixture.told == [])
        #expect(fixture.states == [.proposed])
    }

    @Test func withAnIssueGoTheProposedBountiesOfItsComments() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        let issue = Fixture.place.issue
        let outcome = try fixture.book.delete(
            .init(kind: .issue, id: issue.id, url: issue.url), updatedAt: Fixture.at(1), by: Fixture.other,
            at: Fixture.place, Fixture.terms(1))
        #expect(outcome == .applied)
        #expect(fixture.states == [])
        #expect(try fixture.comment(78, "$usdc:5$", at: 0, now: 2) == .afterDeletion)
    }

    @Test func aBountyExpiresWhenItsTimeIsOver() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.book.expire(Fixture.terms(24 * 60 - 1))
        #expect(fixture.states == [.proposed])
        try fixture.book.expire(Fixture.terms(24 * 60))
        #expect(fixture.states == [.expired])
    }

    @Test func bountiesGoWithTheirIssue() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:250$")
        try fixture.sign(at: 1)
        let new = IssuePlace(
            repository: .init(id: 11, fullName: "acme/other"),
            issue: .init(
                id: 31, number: 1, title: "Brakes", url: "https://github.com/acme/other/issues/1",
                isPullRequest: false))
        var there = IssueBook(key: new.key)
        for _ in 0..<2 {
            try fixture.book.transfer(from: Fixture.place, to: new, into: &there, Fixture.terms(2))
        }
        #expect(fixture.states == [])
        #expect(there.bounties.map(\.place.key) == [new.key])
        #expect(there.bounties.map(\.state) == [.active])
        #expect(try fixture.comment(80, "$usdc:5$", at: 0, now: 3) == .afterDeletion)
    }
}
