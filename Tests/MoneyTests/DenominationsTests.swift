import Money
import Testing

struct DenominationsTests {
    @Test(
        arguments: [
            (
                "USDC", 6, "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
                .solana
            ),
            ("SOL", 9, "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501", .solana),
            ("LAMPORT", 0, "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501", .solana),
            ("ETH", 18, "eip155:1/slip44:60", .ethereum), ("GWEI", 9, "eip155:1/slip44:60", .ethereum),
            ("WEI", 0, "eip155:1/slip44:60", .ethereum),
            ("ATOM", 6, "cosmos:cosmoshub-4/slip44:118", .cosmos),
            ("UATOM", 0, "cosmos:cosmoshub-4/slip44:118", .cosmos),
        ] as [(String, Int, String, WalletFamily)])
    func aDenominationIsBuiltIn(symbol: String, decimals: Int, asset: String, family: WalletFamily) throws {
        let denomination = try #require(Denominations.builtIn[symbol])
        #expect(denomination.symbol == symbol)
        #expect(denomination.decimals == decimals)
        #expect(denomination.asset.description == asset)
        #expect(denomination.family == family)
        #expect(denomination.minimum < denomination.maximum)
        for other in Denominations.builtIn.all where other.asset == denomination.asset {
            #expect((other.minimum, other.maximum) == (denomination.minimum, denomination.maximum))
        }
    }

    @Test(arguments: ["usdc", "Usdc", "uSDC"])
    func symbolsAreFoundWithoutCase(symbol: String) {
        #expect(Denominations.builtIn[symbol]?.symbol == "USDC")
    }

    @Test(arguments: ["", "USD", "USDC ", "u\u{17F}dc", "\u{FF35}SDC", "USDC\u{301}"])
    func otherSymbolsAreNot(symbol: String) {
        #expect(Denominations.builtIn[symbol] == nil)
    }

    @Test(arguments: [
        ("usdc", "250", "250 USDC"), ("sol", "1.50", "1.5 SOL"), ("USDC", "0.01", "0.01 USDC"),
        ("Wei", "1000000000", "1000000000 WEI"),
        ("usdc", "10000000", "10000000 USDC"),
    ])
    func moneyIsResolved(symbol: String, amount: String, text: String) throws {
        #expect(try Denominations.builtIn.resolve(symbol: symbol, amount: amount).description == text)
    }

    @Test(arguments: [
        ("doge", "1", "denomination-unknown"), ("usdc", "x", "amount-character"),
        ("usdc", "0.009999", "amount-below-minimum"),
        ("usdc", "10000000.000001", "amount-above-maximum"), ("lamport", "999", "amount-below-minimum"),
        ("usdc", "0", "amount-zero"),
    ])
    func otherMoneyIsRefused(symbol: String, amount: String, code: String) {
        let error = #expect(throws: MoneyError.self) {
            try Denominations.builtIn.resolve(symbol: symbol, amount: amount)
        }
        #expect(error?.code == code)
        #expect(error?.sentence.hasSuffix(".") == true)
    }

    @Test func limitsAreNamedInTheDenominationsOwnUnit() throws {
        let usdc = try #require(Denominations.builtIn["usdc"])
        #expect(MoneyError.belowMinimum(of: usdc).sentence == "The least amount is 0.01 USDC.")
        #expect(MoneyError.aboveMaximum(of: usdc).sentence == "The greatest amount is 10000000 USDC.")
    }

    @Test func aListHasOneOrMoreAndNoSymbolTwice() throws {
        let sol = try #require(Denominations.builtIn["sol"])
        let lower = try Denomination(
            symbol: "sol", decimals: 9, minimum: sol.minimum, maximum: sol.maximum, asset: sol.asset, family: .solana)
        #expect(throws: DenominationsError.none) { try Denominations([]) }
        #expect(throws: DenominationsError.duplicate(index: 1)) { try Denominations([sol, lower]) }
        #expect(throws: DenominationsError.tooMany) { try Denominations(Array(repeating: sol, count: 1001)) }
    }
}
