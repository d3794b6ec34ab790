import Encodings
import IdentityDomain
import Testing

struct EncodingTests {
    /// Of draft-msporny-base58-03, section 5, and Bitcoin Core's base58_encode_decode.json.
    @Test(arguments: [
        ("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U"), ("0000287fb4cd", "11233QC4"),
        ("61", "2g"), ("626262", "a3gV"), ("516b6fcd0f", "ABnLTmg"), ("00000000000000000000", "1111111111"),
        ("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"),
    ])
    func base58GivesPublishedExamples(bytes: String, text: String) throws {
        let bytes = try #require(Hexadecimal.decode(bytes))
        #expect(Base58.encode(bytes) == text)
        #expect(Base58.decode(text) == bytes)
    }

    @Test(arguments: ["", " 2g", "2g ", "2g\n", "0", "O", "I", "l", "a+b", "é", String(repeating: "2", count: 129)])
    func base58RefusesWhatIsNotOfIt(text: String) { #expect(Base58.decode(text) == nil) }

    @Test func base58GivesBackWhatItTook() {
        for length in 1...72 {
            var bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max) }
            if length % 3 == 0 { bytes[0] = 0 }
            #expect(Base58.decode(Base58.encode(bytes)) == bytes)
        }
    }

    /// BIP-173, "Test vectors".
    @Test(arguments: [
        "A12UEL5L", "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "?1ezyfcl",
    ])
    func bech32TakesTheValidOfItsStandard(text: String) throws {
        let bech32 = try #require(Bech32(text))
        #expect(text.lowercased().hasPrefix(bech32.prefix + "1"))
    }

    /// BIP-173, "Test vectors", and bech32m's.
    @Test(arguments: [
        "\u{20}1nwldj5", "\u{7F}1axkwrx", "\u{80}1eym55h",
        "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx", "pzry9x0s0muk",
        "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "de1lg7wt\u{FF}", "A1G7SGD8", "10a06t8", "1qzzfhee", "A12uEL5L",
        "A1LQFN3A", "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx", "", "cosmos1",
    ])
    func bech32RefusesTheInvalidOfItsStandard(text: String) { #expect(Bech32(text) == nil) }

    @Test func bech32GivesBackWhatItTook() throws {
        for length in 1...40 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max) }
            let text = Bech32(prefix: "cosmos", bytes: bytes).text
            let read = try #require(Bech32(text))
            #expect(read.bytes == bytes)
            #expect(read.prefix == "cosmos")
        }
    }

    @Test(arguments: ["AA==", "AAA=", "AAAA", ""])
    func base64TakesItsOneForm(text: String) throws {
        let bytes = try #require(StrictBase64.decode(text))
        #expect(StrictBase64.encode(bytes) == text)
    }

    @Test(arguments: [
        "AB==", "AA", "AA=", "AA= =", "AA==\n", " AA==", "A-_=", "====", String(repeating: "A", count: 260),
    ])
    func base64RefusesAnyOther(text: String) { #expect(StrictBase64.decode(text) == nil) }
}
