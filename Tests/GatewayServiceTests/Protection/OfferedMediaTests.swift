import Testing

@testable import GatewayService

struct OfferedMediaTests {
    @Test(arguments: [
        ("*/*", true), ("application/json", true), ("application/*", true), ("text/html, */*;q=0.1", true),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true), ("APPLICATION/JSON", true),
        ("application/json; charset=utf-8", true), ("text/html", false), ("application/json;q=0", false),
        ("application/json;q=0, */*", false), ("*/*;q=0", false), ("text/*", false), ("", false), (",;,", false),
        ("application/problem+json", false),
    ])
    func jsonIsTakenOrNot(accept: String, isTaken: Bool) {
        #expect(OfferedMedia.allows(accept, "application/json") == isTaken)
    }
}
