import BountyDomain
import Testing

/// Denominations and amounts, in plain text.
struct AmountGrammarTests {
    private static let maximum = "115792089237316195423570985008687907853269984665640564039457584007913129639935"
    private static let over = "115792089237316195423570985008687907853269984665640564039457584007913129639936"
    private static let hundredZeros = String(repeating: "0", count: 98) + "42"

    @Test(arguments: [
        GrammarCase("$USDC:250$", "250 USDC"), GrammarCase("$usdc:250$", "250 USDC"),
        GrammarCase("$uSdC:250$", "250 USDC"),
        GrammarCase("$sol:1.5$", "1.5 SOL"), GrammarCase("$sol:1.500000000$", "1.5 SOL"),
        GrammarCase("$usdc:0.01$", "0.01 USDC"),
        GrammarCase("$usdc:5.000000$", "5 USDC"), GrammarCase("$usdc:007$", "7 USDC"),
        GrammarCase("$usdc:00.50$", "0.5 USDC"),
        GrammarCase("$usdc:.5$", "0.5 USDC"), GrammarCase("$usdc:5.$", "5 USDC"),
        GrammarCase("$lamport:5000.$", "5000 LAMPORT"),
        GrammarCase("$lamport:1000$", "1000 LAMPORT"), GrammarCase("$eth:0.000000001$", "0.000000001 ETH"),
        GrammarCase("$WEI:1000000000$", "1000000000 WEI"), GrammarCase("$gwei:1.5$", "1.5 GWEI"),
        GrammarCase("$uatom:1000$", "1000 UATOM"),
        GrammarCase("$usdc:10000000$", "10000000 USDC"), GrammarCase("$usdc:10000000.000000$", "10000000 USDC"),
        GrammarCase("$usdc:\(hundredZeros)$", "42 USDC"), GrammarCase("$usdc:9999999.999999$", "9999999.999999 USDC"),
    ])
    func aGoodAmountIsABounty(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        GrammarCase("$usdc:0$", "!amount-zero $usdc:0$"),
        GrammarCase("$usdc:0.000000$", "!amount-zero $usdc:0.000000$"),
        GrammarCase("$usdc:-5$", "!amount-signed $usdc:-5$"), GrammarCase("$usdc:+5$", "!amount-signed $usdc:+5$"),
        GrammarCase("$usdc:1e3$", "!amount-exponent $usdc:1e3$"),
        GrammarCase("$usdc:1.5E-3$", "!amount-exponent $usdc:1.5E-3$"),
        GrammarCase("$usdc:1,000$", "!amount-grouped $usdc:1,000$"),
        GrammarCase("$usdc:1_000$", "!amount-grouped $usdc:1_000$"),
        GrammarCase("$usdc:1,50$", "!amount-grouped $usdc:1,50$"),
        GrammarCase("$usdc:1'000$", "!amount-grouped $usdc:1'000$"),
        GrammarCase("$usdc:1.2.3$", "!amount-several-points $usdc:1.2.3$"),
        GrammarCase("$usdc:..$", "!amount-several-points $usdc:..$"),
        GrammarCase("$usdc:.$", "!amount-no-digits $usdc:.$"),
        GrammarCase("$usdc:five$", "!amount-character $usdc:five$"),
        GrammarCase("$usdc:5k$", "!amount-character $usdc:5k$"),
        GrammarCase("$usdc:0x10$", "!amount-character $usdc:0x10$"),
        GrammarCase("$usdc:5usdc$", "!amount-character $usdc:5usdc$"),
        GrammarCase("$usdc:5:5$", "!amount-character $usdc:5:5$"),
        GrammarCase("$usdc::5$", "!amount-character $usdc::5$"),
        GrammarCase("$usdc:(5)$", "!amount-character $usdc:(5)$"),
        GrammarCase("$usdc:1/2$", "!amount-character $usdc:1/2$"),
        GrammarCase("$usdc:50%$", "!amount-character $usdc:50%$"),
        GrammarCase("$usdc:\u{FF15}$", "!amount-character $usdc:\u{FF15}$"),
        GrammarCase("$usdc:\u{665}$", "!amount-character $usdc:\u{665}$"),
        GrammarCase("$usdc:\u{B2}$", "!amount-character $usdc:\u{B2}$"),
        GrammarCase("$usdc:5\u{200B}$", "!amount-character $usdc:5\u{200B}$"),
        GrammarCase("$usdc:\u{200F}5$", "!amount-character $usdc:\u{200F}5$"),
        GrammarCase("$usdc:\u{202E}5$", "!amount-character $usdc:\u{202E}5$"),
        GrammarCase("$usdc:\u{2060}5$", "!amount-character $usdc:\u{2060}5$"),
        GrammarCase("$usdc:5\u{301}$", "!amount-character $usdc:5\u{301}$"),
        GrammarCase("$usdc:1.0000001$", "!amount-fraction-too-long $usdc:1.0000001$"),
        GrammarCase("$usdc:1.0000000$", "!amount-fraction-too-long $usdc:1.0000000$"),
        GrammarCase("$lamport:5000.0$", "!amount-fraction-too-long $lamport:5000.0$"),
        GrammarCase("$usdc:0.009999$", "!amount-below-minimum $usdc:0.009999$"),
        GrammarCase("$lamport:999$", "!amount-below-minimum $lamport:999$"),
        GrammarCase("$sol:0.000000999$", "!amount-below-minimum $sol:0.000000999$"),
        GrammarCase("$wei:1$", "!amount-below-minimum $wei:1$"),
        GrammarCase("$usdc:10000000.000001$", "!amount-above-maximum $usdc:10000000.000001$"),
        GrammarCase("$wei:\(maximum)$", "!amount-above-maximum $wei:\(maximum)$"),
        GrammarCase("$wei:\(over)$", "!amount-over-256-bits $wei:\(over)$"),
        GrammarCase("$eth:\(maximum)$", "!amount-over-256-bits $eth:\(maximum)$"),
    ])
    func aBadAmountIsRefusedForTheRuleThatItBreaks(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        GrammarCase("$HOST:8080$", "?HOST"), GrammarCase("$doge:5$", "?doge"), GrammarCase("$usd:5$", "?usd"),
        GrammarCase("$usdc_:5$", "?usdc_"), GrammarCase("$usdcs:5$", "?usdcs"), GrammarCase("$a:nonsense!$", "?a"),
        GrammarCase("$PATH:/usr/bin:/bin$", "?PATH"), GrammarCase("$a1_B:x$", "?a1_B"),
        GrammarCase("$\(String(repeating: "a", count: 64)):1$", "?\(String(repeating: "a", count: 64))"),
    ])
    func anotherSymbolIsAnUnknownDenominationWhateverTheAmount(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        GrammarCase(""), GrammarCase("$"), GrammarCase("$$"), GrammarCase("$:$"), GrammarCase("$usdc$"),
        GrammarCase("$usdc:$"),
        GrammarCase("$:5$"), GrammarCase("$5$"), GrammarCase("$5:usdc$"), GrammarCase("usdc:5"), GrammarCase("$usdc:5"),
        GrammarCase("usdc:5$"), GrammarCase("$ usdc:5$"), GrammarCase("$usdc :5$"), GrammarCase("$usdc: 5$"),
        GrammarCase("$usdc:5 $"),
        GrammarCase("$usdc:1 000$"), GrammarCase("$usdc:\t5$"), GrammarCase("$usdc:5\n$"), GrammarCase("$usdc:\n5$"),
        GrammarCase("$usdc:5\r\n$"),
        GrammarCase("$usdc:\u{A0}5$"), GrammarCase("$usdc:5\u{3000}$"), GrammarCase("$usdc:\u{2028}5$"),
        GrammarCase("$usdc:5\u{85}$"),
        GrammarCase("$1usdc:5$"), GrammarCase("$_usdc:5$"), GrammarCase("$us-dc:5$"), GrammarCase("$us.dc:5$"),
        GrammarCase("$usdc\u{FF1A}5$"),
        GrammarCase("\u{FF04}usdc:5\u{FF04}"), GrammarCase("\u{FF04}usdc:5$"), GrammarCase("\u{FE69}usdc:5\u{FE69}"),
        GrammarCase("$usdc:5\u{FF04}"),
        GrammarCase("$\u{FF35}SDC:5$"), GrammarCase("$u\u{17F}dc:5$"), GrammarCase("$\u{430}tom:5$"),
        GrammarCase("$\u{200B}usdc:5$"),
        GrammarCase("$us\u{200B}dc:5$"), GrammarCase("$usdc\u{200F}:5$"), GrammarCase("$\u{202E}usdc:5$"),
        GrammarCase("$usdc\u{301}:5$"),
        GrammarCase("$usdc:5\u{FFFC}$"), GrammarCase("€usdc:5€"), GrammarCase("$usdc=5$"), GrammarCase("${usdc:5}$"),
        GrammarCase("$\(String(repeating: "a", count: 65)):1$"),
        GrammarCase("$usdc:\(String(repeating: "1", count: 101))$"),
        GrammarCase("costs $5, then usdc:5$"),
    ])
    func anythingElseIsNothing(_ example: GrammarCase) throws {
        try example.check()
    }
}
