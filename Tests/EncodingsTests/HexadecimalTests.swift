import Encodings
import Testing

struct HexadecimalTests {
    /// RFC 4648, section 10.
    @Test(arguments: [("", ""), ("f", "66"), ("fo", "666f"), ("foobar", "666f6f626172")])
    func itGivesPublishedExamples(text: String, digits: String) {
        #expect(Hexadecimal.encode(Array(text.utf8)) == digits)
        #expect(Hexadecimal.decode(digits) == Array(text.utf8))
    }

    @Test func itGivesBackEveryByte() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.decode(text) == bytes)
        #expect(Hexadecimal.decode(text.uppercased()) == bytes)
        #expect(Hexadecimal.decode("0x\(text)".dropFirst(2)) == bytes)
    }

    @Test(arguments: ["0", "000", "0g", "g0", "0x00", "+1", " 0", "00 ", "/0", ":0", "@0", "G0", "`0", "\u{E9}"])
    func itRefusesWhatIsNotPairsOfDigits(text: String) { #expect(Hexadecimal.decode(text) == nil) }
}
