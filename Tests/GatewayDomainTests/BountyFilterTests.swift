import Events
import FoundationEssentials
import GatewayDomain
import Testing

struct BountyFilterTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var filter: BountyFilter
        var bounty = BountyRecord.sample(1)

        init(_ description: String, _ filter: BountyFilter, _ bounty: BountyRecord = .sample(1)) {
            self.testDescription = description
            self.filter = filter
            self.bounty = bounty
        }
    }

    /// Filters are seen from outside through the pages they make.
    static func matches(_ example: Case) -> Bool {
        var snapshot = BountySnapshot()
        snapshot.apply(.proposed(example.bounty), sequence: 1)
        return snapshot.page(matching: example.filter, before: nil, limit: 1).bounties == [example.bounty]
    }

    static func sponsored(by login: String) -> BountyRecord { .sample(1, sponsor: .init(id: 20, login: login)) }

    @Test(arguments: [
        Case("no part", BountyFilter()),
        Case("repository by name", BountyFilter(repository: .init("acme/Rocket-Skates"))),
        Case("repository in another case", BountyFilter(repository: .init("ACME/rocket-skates"))),
        Case("repository by id", BountyFilter(repository: .init("10"))),
        Case("state", BountyFilter(state: .proposed)),
        Case("denomination", BountyFilter(denomination: "USDC")),
        Case("denomination in another case", BountyFilter(denomination: "usdc")),
        Case("sponsor by login", BountyFilter(sponsor: .init("wile-e"))),
        Case("sponsor by id", BountyFilter(sponsor: .init("20"))),
        Case("login of digits", BountyFilter(sponsor: .init("123")), sponsored(by: "123")),
        Case("login of digits that start with zeros", BountyFilter(sponsor: .init("007")), sponsored(by: "007")),
        Case(
            "login of more digits than an id has", BountyFilter(sponsor: .init("99999999999999999999")),
            sponsored(by: "99999999999999999999")),
        Case("text in the repository's name", BountyFilter(text: "rocket")),
        Case("text in the title, in another case", BountyFilter(text: "BRAKES are")),
        Case("text in the sponsor's login", BountyFilter(text: "wile-e")),
        Case("the beginning of a word", BountyFilter(text: "b")),
        Case("a longer beginning of a word", BountyFilter(text: "missin")),
        Case("words in another order", BountyFilter(text: "missing, brakes!")),
        Case("words of several members", BountyFilter(text: "wile acme brak")),
        Case("text without its diacritics", BountyFilter(text: "apfel"), .sample(1, title: "Alle \u{E4}pfel")),
        Case("text with diacritics that are not there", BountyFilter(text: "br\u{E2}kes")),
        Case("text that folds to more letters", BountyFilter(text: "STRASSE"), .sample(1, title: "Stra\u{DF}e")),
        Case("an ideograph", BountyFilter(text: "\u{8F66}"), .sample(1, title: "\u{5239}\u{8F66}")),
        Case("the issue's number", BountyFilter(issue: 3)),
        Case("text outside of ASCII", BountyFilter(text: "\u{C4}PFEL"), .sample(1, title: "Alle \u{E4}pfel")),
        Case(
            "every part",
            BountyFilter(
                repository: .init("10"), state: .proposed, denomination: "usdc", sponsor: .init("wile-e"),
                text: "brakes")),
    ])
    func aBountyIsFoundBy(example: Case) {
        #expect(Self.matches(example))
    }

    @Test(arguments: [
        Case("another repository", BountyFilter(repository: .init("acme/rocket"))),
        Case("the name without its owner", BountyFilter(repository: .init("rocket-skates"))),
        Case("another repository's id", BountyFilter(repository: .init("11"))),
        Case("another state", BountyFilter(state: .active)),
        Case("another denomination", BountyFilter(denomination: "USD")),
        Case("another login", BountyFilter(sponsor: .init("wile"))),
        Case("another id", BountyFilter(sponsor: .init("2"))),
        Case("an id with leading zeros", BountyFilter(sponsor: .init("020"))),
        Case("an id with a sign", BountyFilter(sponsor: .init("+20"))),
        Case("other text", BountyFilter(text: "anvil")),
        Case("the middle of a word", BountyFilter(text: "rakes")),
        Case("the beginning of a word that is not the last", BountyFilter(text: "brak missing")),
        Case("one word of two", BountyFilter(text: "brakes anvil")),
        Case("a word that only begins alike", BountyFilter(text: "brakesman")),
        Case("text without letters and digits", BountyFilter(text: "--- !")),
        Case("another issue's number", BountyFilter(issue: 30)),
        Case("text over two members", BountyFilter(text: "skatesBrakes")),
        Case("text of the denomination", BountyFilter(text: "usdc")),
        Case("one part of several", BountyFilter(state: .proposed, denomination: "ETH", text: "brakes")),
    ])
    func aBountyIsNotFoundBy(example: Case) {
        #expect(!Self.matches(example))
    }
}
