import Testing

@testable import GatewayService

struct HTMLTests {
    @Test(
        arguments: [
            ("plain text", "plain text"), ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
            (#"" onload="x"#, "&quot; onload=&quot;x"), ("it's", "it&#39;s"), ("&amp;", "&amp;amp;"),
            // One character to Swift; to a browser a quotation mark, and what follows it.
            ("\"\u{301} onload=x", "&quot;\u{301} onload=x"), ("<\u{301}b>", "&lt;\u{301}b&gt;"),
            ("a\u{0}b", "a\u{FFFD}b"), ("\u{1F4B0} \u{E4}", "\u{1F4B0} \u{E4}"), ("", ""),
        ])
    func textIsEscaped(text: String, escaped: String) {
        let html: HTML = "\(text)"
        #expect(html.text == escaped)
        let attribute: HTML = #"<a title="\#(text)">x</a>"#
        #expect(attribute.text == #"<a title="\#(escaped)">x</a>"#)
    }

    @Test func piecesGoInAsTheyAre() {
        let name = "<b>"
        let piece: HTML = "<i>\(name)</i>"
        let nothing: HTML? = nil
        let whole: HTML = "\(piece)\([piece, "<br>"])\(nothing)\(7)"
        #expect(whole.text == "<i>&lt;b&gt;</i><i>&lt;b&gt;</i><br>7")
    }

    @Test(
        arguments: [
            "https://github.com/acme/x/issues/3", "https://ghe.example/x", "http://github.test:8082/acme/x/issues/1",
        ])
    func thesePlacesAreLinkedTo(url: String) {
        #expect(PagesFixture.links.checked(url) == url)
    }

    @Test(
        arguments: [
            "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//evil.example", "http://evil.example/",
            "http://github.test:8082.evil.example/", "http://github.test:80821/", "https://a b",
            "https://\u{E4}.example",
            " https://a", "java\nscript:x", "", "/path", "https://x\u{0}",
        ])
    func otherPlacesAreNot(url: String) {
        #expect(PagesFixture.links.checked(url) == nil)
        #expect(HTML.link("label", to: url, PagesFixture.links).text == "label")
    }

    @Test(
        arguments: [
            ("octocat", "http://github.test:8082/octocat"), ("a-b_c", "http://github.test:8082/a-b_c"),
            ("dependabot[bot]", nil), ("../x", nil), ("", nil),
        ] as [(String, String?)])
    func accountsAreLinkedToByTheirNames(login: String, url: String?) {
        #expect(PagesFixture.links.account(login) == url)
    }

    @Test func valuesInAddressesAreEscaped() {
        #expect("a b&c=d/e?f#g+h\u{E4}".addingQueryEscapes == "a%20b%26c%3Dd/e%3Ff%23g%2Bh%C3%A4")
    }
}
