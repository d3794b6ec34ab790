import Encodings
import Testing

struct JSONEscapesTests {
    @Test(arguments: [
        ("", ""), ("a b/\u{7F}\u{E4}\u{1F600}", "a b/\u{7F}\u{E4}\u{1F600}"), (#"a"b\c"#, #"a\"b\\c"#),
        ("\0\n\r\t\u{1F} ", #"\u0000\u000a\u000d\u0009\u001f "#), ("\u{E4}\"\u{301}", "\u{E4}\\\"\u{301}"),
    ])
    func onlyWhatMayNotStandIsEscaped(text: String, escaped: String) {
        #expect(Array(text.jsonEscaped.utf8) == Array(escaped.utf8))
    }
}
