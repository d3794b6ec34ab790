import BountyDomain
import Events
import Testing

/// An edit by somebody else than the author neither makes nor changes a bounty, and says so where it would have.
struct ForeignEditTests {
    private typealias Fixture = BookFixture

    @Test(
        arguments: [
            ("$usdc:500$", true), ("", true), ("$usdc:5$ $eth:1$", true), ("$sol:5$", true),
            ("Please! $usdc:5$", false), ("$USDC:5.0$", false), ("$usdc:5$ and `$usdc:6$`", false),
        ])
    func itIsRefusedVisiblyWhereItWouldChangeABounty(body: String, isTold: Bool) throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:5$")
        let outcome = try fixture.comment(77, body, editedAt: 1, editor: Fixture.other, previous: "$usdc:5$")
        #expect(outcome == .foreignEdit)
        #expect(fixture.told == (isTold ? ["foreign-edit"] : []))
        #expect(fixture.book.bounties.map(\.amount) == ["5"])
        #expect(fixture.book.bounties.map(\.version) == [1])
        // What the author writes then counts, and nothing is said any more.
        try fixture.comment(77, "$usdc:6$", editedAt: 2)
        #expect(fixture.told == [])
        #expect(fixture.book.bounties.map(\.amount) == ["6"])
    }

    @Test func whatTheAuthorWroteBeforeCountsThoughItComesLater() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:500$", editedAt: 2, now: 3, editor: Fixture.other, previous: "$usdc:5$")
        #expect(fixture.book.bounties.isEmpty)
        try fixture.comment(77, "$usdc:5$", now: 4)
        #expect(fixture.book.bounties.map(\.amount) == ["5"])
        try fixture.comment(77, "$usdc:6$", editedAt: 1, now: 5)
        #expect(fixture.book.bounties.map(\.amount) == ["6"])
    }

    @Test func oneThatComesLateIsNotToldAnyMore() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:5$")
        try fixture.comment(77, "$usdc:6$", editedAt: 3)
        let outcome = try fixture.comment(77, "", editedAt: 2, now: 4, editor: Fixture.other, previous: "$usdc:5$")
        #expect(outcome == .foreignEdit)
        #expect(fixture.told == [])
    }

    @Test func commandsInItCountForNothing() throws {
        var fixture = Fixture()
        try fixture.comment(77, "$usdc:5$")
        try fixture.comment(77, "$usdc:5$\n/cancel", editedAt: 1, editor: Fixture.other, previous: "$usdc:5$")
        #expect(fixture.states == [.proposed])
        #expect(fixture.told == [])
    }
}
