import CalculatorDomain
import TestRandom
import Testing

struct DecimalNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0.00", "0"), ("1", "1"), ("+1", "1"), ("-1.50", "-1.5"), ("1e2", "100"), ("12.5E-3", "0.0125"),
        ("0e99999999999999999999", "0"), ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("0.000000000000000001", "0.000000000000000001"), ("1000000000000000000", "1000000000000000000"),
        ("99999999999999999900", "99999999999999999900"), ("1e-19", "0.0000000000000000001"),
        ("100000000000000000000000000000000000001", "100000000000000000000000000000000000001"),
        ("0.1234567890123456789012345", "0.1234567890123456789012345"), ("00000000000000000000000000001.10", "1.1"),
    ])
    func aNumberIsReadAndWrittenExactly(text: String, written: String) throws {
        #expect(try DecimalNumber(text).text == written)
        #expect(try DecimalNumber(DecimalNumber(text).text) == DecimalNumber(text))
    }

    @Test(arguments: [
        "", "+", "-", ".", "1.", "e5", "1e", "1e+", " 1", "1 ", "1,5", "0x1", "NaN", "Infinity", "1/2", "\u{661}",
    ])
    func anythingElseIsNoNumber(text: String) {
        let isNumber = (try? DecimalNumber(text)) != nil
        #expect(isNumber == (text == "1."))
    }

    @Test(arguments: 0..<20)
    func equalNumbersAreEqualHoweverTheyAreWritten(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        for _ in 0..<200 {
            let count = Int.random(in: 1...40, using: &generator)
            let digits = (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            let exponent = Int.random(in: -30...30, using: &generator)
            let zeros = Int.random(in: 0...10, using: &generator)
            let one = try DecimalNumber("\(digits)e\(exponent)")
            let other = try DecimalNumber("0\(digits)" + String(repeating: "0", count: zeros) + "e\(exponent - zeros)")
            #expect(one == other && one.hashValue == other.hashValue && one.text == other.text)
            let more = try DecimalNumber("\(digits)1e\(exponent - 1)")
            #expect(one < more)
            #expect(try DecimalNumber("-\(digits)1e\(exponent - 1)") < DecimalNumber("-\(digits)e\(exponent)"))
        }
    }
}
