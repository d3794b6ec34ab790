import BountyDomain
import Money
import Testing

/// What stands beside candidates, and several of them in one text.
struct PlacementGrammarTests {
    @Test(arguments: [
        GrammarCase("I offer $usdc:5$ for this.", "5 USDC"), GrammarCase("($usdc:5$)", "5 USDC"),
        GrammarCase("a$usdc:5$b", "5 USDC"),
        GrammarCase("$usdc:5$.", "5 USDC"), GrammarCase("\u{200B}$usdc:5$\u{200B}", "5 USDC"),
        GrammarCase("\u{200F}$usdc:5$", "5 USDC"),
        GrammarCase("$usdc:5$\u{301}", "5 USDC"), GrammarCase("x\t$usdc:5$\t", "5 USDC"),
        GrammarCase("a\r\n$usdc:5$\r\nb", "5 USDC"),
        GrammarCase("\u{1F4B0}$usdc:5$\u{1F4B0}", "5 USDC"), GrammarCase("$5 or $usdc:5$", "5 USDC"),
        GrammarCase("$HOME and $usdc:5$", "5 USDC"),
        GrammarCase("$PATH:$usdc:5$", "5 USDC"), GrammarCase("$usdc:$usdc:5$", "5 USDC"),
        GrammarCase("$usdc:5 and $usdc:6$", "6 USDC"),
    ])
    func itCountsAmongOtherText(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        GrammarCase("$usdc:1$ $sol:2$", "1 USDC", "2 SOL"), GrammarCase("$usdc:1$,$sol:2$", "1 USDC", "2 SOL"),
        GrammarCase("$usdc:1$ $usdc:1$", "1 USDC", "1 USDC"),
        GrammarCase("$usdc:1$\n$sol:2$\n\n$atom:3$", "1 USDC", "2 SOL", "3 ATOM"),
        GrammarCase(
            "$usdc:0$ $HOST:80$ $sol:2$ $eth:x$", "!amount-zero $usdc:0$", "?HOST", "2 SOL", "!amount-character $eth:x$"
        ),
        GrammarCase("$usdc:1$sol:2$", "1 USDC"), GrammarCase("$usdc:1$sol:2$atom:3$", "1 USDC", "3 ATOM"),
        GrammarCase("$usdc:1$ sol:2$", "1 USDC"), GrammarCase("$HOST:80$usdc:1$", "?HOST"),
        GrammarCase("$usdc:0$sol:2$", "!amount-zero $usdc:0$"),
    ])
    func severalAreFoundInOrderAndADollarSignServesOne(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        GrammarCase("$$usdc:5$"), GrammarCase("$usdc:5$$"), GrammarCase("$$usdc:5$$"), GrammarCase("$$$usdc:5$$$"),
        GrammarCase("$usdc:1$$sol:2$"), GrammarCase("$usdc:1$$sol:2$$atom:3$"), GrammarCase("$$ $usdc:5$ $$"),
        GrammarCase("$$\n$usdc:5$\n$$"),
        GrammarCase("$$ a $usdc:5$ b\nc $sol:1$ $$"), GrammarCase("$$$ $usdc:5$ $$$"), GrammarCase("$$$ $usdc:5$ $$"),
        GrammarCase("$$$$ $usdc:5$ $$"),
        GrammarCase("paid $$ for $usdc:5$ and $$ more"), GrammarCase("\\$$ $usdc:5$ $$"),
        GrammarCase("**$$** $usdc:5$ _$$_"),
        GrammarCase("$$ `a` $usdc:5$ <b>b</b> $$"),
    ])
    func betweenDoubledDollarSignsItDoesNotCount(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        GrammarCase("$$ $usdc:5$", "5 USDC"), GrammarCase("$usdc:5$ $$", "5 USDC"),
        GrammarCase("$$$ $usdc:5$", "5 USDC"),
        GrammarCase("$$x$$ $usdc:5$", "5 USDC"), GrammarCase("$$ $$ $usdc:5$ $$", "5 USDC"),
        GrammarCase("$$x$$ $usdc:5$ $$y$$", "5 USDC"),
        GrammarCase("$$x$$$usdc:5$"), GrammarCase("$$\n\n$usdc:5$\n\n$$", "5 USDC"),
        GrammarCase("- $$\n- $usdc:5$\n- $$", "5 USDC"),
        GrammarCase("`$$` $usdc:5$ `$$`", "5 USDC"), GrammarCase("$ $ $usdc:5$ $ $", "5 USDC"),
    ])
    func outsideOfThemItDoes(_ example: GrammarCase) throws {
        try example.check()
    }

    private static func bounties(_ amounts: ClosedRange<Int>) -> String {
        amounts.map { "$usdc:\($0)$" }.joined(separator: " ")
    }

    @Test func tenCountAndTheRestIsRefused() throws {
        let found = try BountyGrammar.scan(text: Self.bounties(1...12), denominations: .builtIn)
        #expect(
            found.map(GrammarCase.summary) == (1...10).map { "\($0) USDC" } + [
                "!too-many-bounties $usdc:11$", "!too-many-bounties $usdc:12$",
            ])
    }

    @Test func onlyBountiesCountTowardsTheTen() throws {
        let text =
            "$usdc:0$ $HOST:1$ " + Self.bounties(1...5) + " $sol:x$\n\n" + Self.bounties(6...10) + " $usdc:0$ $HOST:1$"
        let found = try BountyGrammar.scan(text: text, denominations: .builtIn).map(GrammarCase.summary)
        #expect(found.filter { $0.hasSuffix(" USDC") } == (1...10).map { "\($0) USDC" })
        #expect(found.suffix(2) == ["!amount-zero $usdc:0$", "?HOST"])
        #expect(found.count == 15)
    }

    @Test func remarksAreLimitedAndBountiesAfterThemCount() throws {
        let text = String(repeating: "$usdc:0$ $HOST:1$ ", count: 1000) + "$usdc:5$"
        let found = try BountyGrammar.scan(text: text, denominations: .builtIn)
        #expect(found.count == BountyGrammar.maximumRemarks + 1)
        #expect(found.last.map(GrammarCase.summary) == "5 USDC")
    }

    @Test func refusalsAreExplained() throws {
        let text = "$usdc:0$ " + Self.bounties(1...11)
        let sentences = try BountyGrammar.scan(text: text, denominations: .builtIn).compactMap { mention in
            if case .refused(let refusal) = mention { refusal.rule.sentence } else { nil }
        }
        #expect(sentences == ["The amount must be greater than zero.", "One text may have at most 10 bounties."])
    }
}
