import FoundationEssentials
import Money
import TestRandom
import Testing

struct AmountTests {
    static let maximum = "115792089237316195423570985008687907853269984665640564039457584007913129639935"
    static let overMaximum = "115792089237316195423570985008687907853269984665640564039457584007913129639936"

    @Test(arguments: [
        ("1", 0, "1"), ("1", 6, "1000000"), ("250", 6, "250000000"), ("0.000001", 6, "1"), ("1.5", 9, "1500000000"),
        ("1.50", 2, "150"), ("007", 0, "7"), ("00.10", 2, "10"), (".5", 1, "5"), ("5.", 0, "5"), ("5.", 3, "5000"),
        ("0.1", 18, "100000000000000000"),
        ("123456789012345678901234567890.123456", 6, "123456789012345678901234567890123456"),
        (maximum, 0, maximum), ("000" + maximum, 0, maximum), (".000000000000000000000000000000000001", 36, "1"),
        ("11579208923731619542357098500868790785326998466564056403945.7584007913129639935", 19, maximum),
    ])
    func anAmountIsParsedExactly(text: String, decimals: Int, units: String) throws {
        #expect(try Amount(decimal: text, decimals: decimals).units == units)
    }

    @Test(
        arguments: [
            ("", 6, .empty), (String(repeating: "1", count: 101), 0, .tooLong),
            (String(repeating: "1", count: 1_000_000), 0, .tooLong),
            (" 1", 6, .surroundingSpace), ("1 ", 6, .surroundingSpace), ("\u{A0}1", 6, .surroundingSpace),
            ("\n", 6, .surroundingSpace),
            ("-1", 6, .signed), ("+1", 6, .signed), ("\u{2212}1", 6, .signed), ("--", 6, .signed),
            ("1e5", 6, .exponent), ("1E5", 6, .exponent), ("1.5e-3", 6, .exponent), (".5e+3", 6, .exponent),
            ("1,000", 6, .grouped), ("1_000", 6, .grouped), ("1'000", 6, .grouped), ("1 000", 6, .grouped),
            ("1,5", 6, .grouped),
            ("1\u{202F}000", 6, .grouped),
            ("1e", 6, .unexpectedCharacter("e")), ("e5", 6, .unexpectedCharacter("e")),
            ("1e+", 6, .unexpectedCharacter("e")),
            ("0x10", 6, .unexpectedCharacter("x")), ("abc", 6, .unexpectedCharacter("a")),
            (",5", 6, .unexpectedCharacter(",")),
            ("\u{FF15}", 6, .unexpectedCharacter("\u{FF15}")), ("\u{665}", 6, .unexpectedCharacter("\u{665}")),
            ("5\u{200B}", 6, .unexpectedCharacter("\u{200B}")), ("\u{200F}5", 6, .unexpectedCharacter("\u{200F}")),
            ("5\u{301}", 6, .unexpectedCharacter("\u{301}")), ("\u{BD}", 6, .unexpectedCharacter("\u{BD}")),
            ("NaN", 6, .unexpectedCharacter("N")), ("inf", 6, .unexpectedCharacter("i")),
            ("1/2", 6, .unexpectedCharacter("/")),
            ("1.2.3", 6, .severalPoints), ("..", 6, .severalPoints), (".", 6, .noDigits),
            ("1.0000001", 6, .tooManyFractionalDigits(allowed: 6)),
            ("1.0000000", 6, .tooManyFractionalDigits(allowed: 6)),
            ("1.0", 0, .tooManyFractionalDigits(allowed: 0)),
            ("0", 6, .zero), ("0.00", 6, .zero), ("000", 6, .zero), ("0.", 6, .zero), (".0", 6, .zero),
            (overMaximum, 0, .over256Bits), (maximum, 1, .over256Bits), ("1" + maximum, 0, .over256Bits),
        ] as [(String, Int, AmountError)])
    func aBadAmountIsRefusedForTheRuleThatItBreaks(text: String, decimals: Int, error: AmountError) {
        #expect(throws: error) { try Amount(decimal: text, decimals: decimals) }
        #expect(error.code.hasPrefix("amount-"))
        #expect(error.sentence.hasSuffix("."))
    }

    @Test(arguments: [
        ("0", 6, "0"), ("1", 0, "1"), ("1", 6, "0.000001"), ("1000000", 6, "1"), ("1500000", 6, "1.5"), ("10", 0, "10"),
        ("100", 1, "10"), ("123", 2, "1.23"), ("123", 3, "0.123"), ("1", 36, "0.000000000000000000000000000000000001"),
    ])
    func anAmountIsWrittenWithoutTrailingZeros(units: String, decimals: Int, text: String) throws {
        #expect(try Amount(units: units).decimal(decimals: decimals) == text)
    }

    @Test(arguments: 0...Denomination.maximumDecimals)
    func parsingWhatWasWrittenGivesTheSameAmount(decimals: Int) throws {
        var generator = SplitMix64(seed: UInt64(decimals))
        for _ in 0..<100 {
            var digits = String(Int.random(in: 1...9, using: &generator))
            for _ in 0..<Int.random(in: 0...76, using: &generator) {
                digits += String(Int.random(in: 0...9, using: &generator))
            }
            let amount = try Amount(units: digits)
            let text = amount.decimal(decimals: decimals)
            #expect(try Amount(decimal: text, decimals: decimals) == amount)
            #expect(!text.contains(".") || text.last != "0")
        }
    }

    @Test(
        arguments: [
            ("", .empty), ("01", .leadingZero), ("00", .leadingZero), ("+1", .unexpectedCharacter("+")),
            ("1.0", .unexpectedCharacter(".")), ("1 ", .unexpectedCharacter(" ")), (overMaximum, .over256Bits),
            (String(repeating: "9", count: 101), .tooLong),
        ] as [(String, AmountError)])
    func unitsHaveOneSpelling(text: String, error: AmountError) {
        #expect(throws: error) { try Amount(units: text) }
    }

    @Test func unitsSurviveJSON() throws {
        let amounts = [Amount.zero, Amount(units: 1), .maximum]
        let json = try JSONEncoder().encode(amounts)
        #expect(String(decoding: json, as: UTF8.self) == #"["0","1","\#(Self.maximum)"]"#)
        #expect(try JSONDecoder().decode([Amount].self, from: json) == amounts)
    }

    @Test(arguments: ["[1]", #"["01"]"#, #"["1.5"]"#, #"["-1"]"#, #"["\#(overMaximum)"]"#, "[null]"])
    func otherJSONIsRefused(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Amount].self, from: Data(json.utf8)) }
    }

    @Test func amountsAddUpAndCompare() throws {
        #expect(Amount(units: 2).adding(Amount(units: 3)) == Amount(units: 5))
        #expect(Amount.maximum.adding(.zero) == .maximum)
        #expect(Amount.maximum.adding(Amount(units: 1)) == nil)
        #expect(try Amount(units: "9") < Amount(units: "10"))
        #expect(Amount.zero.isZero && Amount.maximum > Amount(units: .max))
    }
}
