import Encodings
import Testing

struct PercentEncodingTests {
    @Test(arguments: [
        ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b", "a%20b"), ("100%", "100%25"), ("/?#&=+", "%2F%3F%23%26%3D%2B"),
        ("\u{E4}\u{1F600}", "%C3%A4%F0%9F%98%80"), ("\0\n\u{7F}", "%00%0A%7F"),
    ])
    func onlyUnreservedCharactersStand(text: String, encoded: String) {
        #expect(text.percentEncoded == encoded)
        #expect(encoded.percentDecoded == text)
    }

    @Test func whatMayStandIsTold() {
        #expect("a/b c".percentEncoded { $0 != UInt8(ascii: " ") } == "a/b%20c")
    }

    @Test func eitherCaseIsRead() { #expect("%c3%A4".percentDecoded == "\u{E4}") }

    @Test(arguments: ["%", "a%2", "%GG", "%+5", "% 5", "%FF", "%C3", "%ED%A0%80"])
    func theMalformedIsNothing(text: String) { #expect(text.percentDecoded == nil) }
}
