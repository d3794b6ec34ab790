import BountyDomain
import Markdown
import Money
import TestRandom
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

struct GrammarPropertyTests {
    private static let hostile = [
        "$", "$", "$$", "usdc", "sol", "HOST", ":", "5", "0", ".", "1.5", "$usdc:5$", "$sol:1$", " ", "\n", "\n\n",
        "\r\n", "\t", "    ",
        "`", "```\n", "~~~\n", "> ", "- ", "1. ", "*", "**", "_", "~~", "<b>", "</b>", "<br>", "<!--", "-->", "<div>\n",
        "|", "|-|\n", "\\",
        "&#36;", "&", "#", "!", "(", ")", "http://a.b/", "@", "\u{200B}", "\u{301}", "\u{FF04}", "\u{FFFC}", "\u{0}",
        "\u{1F4B0}",
    ]

    private static func text(_ generator: inout SplitMix64, alphabet: [String]) -> String {
        (0..<Int.random(in: 0...60, using: &generator))
            .map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }.joined()
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func whateverTheTextEachBountyIsWithinTheLimits(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let text = Self.text(&generator, alphabet: Self.hostile + ["[", "]", "[a]: ", "![", "]("])
            var bounties = 0
            for mention in try BountyGrammar.scan(text: text, denominations: .builtIn) {
                guard case .bounty(let money) = mention else { continue }
                bounties += 1
                #expect(money.amount >= money.denomination.minimum && money.amount <= money.denomination.maximum)
            }
            #expect(bounties <= BountyGrammar.maximumBounties)
        }
    }

    /// Brackets are left out: a quotation may define a link or footnote that the text then has.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func aQuotationAddedToATextChangesNothing(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let text = Self.text(&generator, alphabet: Self.hostile)
            let quoted = Self.text(&generator, alphabet: Self.hostile).split(
                omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let reply = text + "\n\n> " + quoted.joined(separator: "\n> ")
            #expect(
                try BountyGrammar.scan(text: reply, denominations: .builtIn)
                    == BountyGrammar.scan(text: text, denominations: .builtIn), "\(reply.debugDescription)")
        }
    }

    @Test(arguments: Denominations.builtIn.all.map(\.symbol))
    func aBountyIsFoundAsItIsWritten(symbol: String) throws {
        var generator = SplitMix64(seed: 1)
        let denomination = try #require(Denominations.builtIn[symbol])
        for _ in 0..<100 {
            let units =
                try #require(UInt64(denomination.minimum.units))
                + UInt64.random(in: 0...1_000_000_000, using: &generator)
            let money = try Money(denomination, Amount(units: units))
            let text = "$\(symbol):\(money.amount.decimal(decimals: denomination.decimals))$"
            #expect(try BountyGrammar.scan(text: text, denominations: .builtIn) == [.bounty(money)])
        }
    }

    @Test(arguments: [
        "$a:", "$", "$$", "$ ", "$usdc:5$ ", "$a:1$", "$usdc:", "$aaaaaaaa", "$$ $", "$a:\u{1F4B0}", "$a:1",
        "$usdc:1$$",
    ])
    func aLongTextTakesLessThanASecond(pattern: String) throws {
        let text = String(repeating: pattern, count: MarkdownText.maximumSize / pattern.utf8.count)
        let seconds = try threadSeconds { _ = try BountyGrammar.scan(text: text, denominations: .builtIn) }
        #expect(seconds < 1)
    }

    @Test func aTextThatCannotBeReadIsAnError() {
        let tooLong = String(repeating: "$usdc:5$ ", count: 40_000)
        let tooComplex = String(repeating: "> ", count: 1000) + "$usdc:5$"
        #expect(throws: UnreadableText.tooLong) { try BountyGrammar.scan(text: tooLong, denominations: .builtIn) }
        #expect(throws: UnreadableText.tooComplex) { try BountyGrammar.scan(text: tooComplex, denominations: .builtIn) }
    }

    /// The processor time of this thread, so that tests beside this one do not count.
    private func threadSeconds(_ work: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        try work()
        return now() - start
    }
}
