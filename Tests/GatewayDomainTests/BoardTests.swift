import BigInt
import Events
import FoundationEssentials
import Testing

@testable import GatewayDomain

struct CurrencyTests {
    @Test(
        arguments: [
            (6, "250000000", "250"), (6, "1", "0.000001"), (0, "7", "7"), (18, "1500000000000000000", "1.5"),
            (2, "0", "0"),
            (
                6, "115792089237316195423570985008687907853269984665640564039457584007913129639936000000",
                "115792089237316195423570985008687907853269984665640564039457584007913129639936"
            ),
        ] as [(Int, String, String)])
    func sumsAreWrittenExactly(decimals: Int, units: String, text: String) throws {
        let currency = Currency(symbol: "X", decimals: decimals, asset: "a")
        #expect(currency.decimal(try #require(BigUInt(units))) == text)
    }

    @Test func oneSymbolOnTwoChainsIsTwoBoards() {
        var snapshot = BountySnapshot()
        for (number, asset) in ["eip155:1/erc20:0x0", "solana:x/token:y"].enumerated() {
            var bounty = BountyRecord.sample(number + 1, state: .active)
            bounty.asset = asset
            snapshot.apply(.proposed(bounty), sequence: UInt64(number + 1))
        }
        let boards = snapshot.leaderboards(.sponsors, denomination: "usdc", after: nil, limit: 10)
        #expect(boards.map(\.asset) == ["eip155:1/erc20:0x0", "solana:x/token:y"])
        #expect(boards.flatMap(\.leaders).map(\.total.amount) == ["1", "1"])
        #expect(snapshot.leaderboards(.sponsors, denomination: "ETH", after: nil, limit: 10).isEmpty)
    }
}

struct IdentityBookTests {
    private static let time = Date(timeIntervalSince1970: 1_795_253_400)

    private static func event(
        _ kind: IdentityEvent.Kind, _ account: Int64, _ login: String?, version: Int,
        _ states: [LinkRecord.State] = [.active]
    ) -> IdentityEvent {
        func link(_ index: Int, _ state: LinkRecord.State) -> LinkRecord {
            LinkRecord(
                id: .numbered(index), wallet: "eip155:1:0x0\(index)", family: "ethereum", state: state, linkedAt: time,
                effectiveAt: time)
        }
        let links = states.enumerated().map { link($0.offset, $0.element) }
        return IdentityEvent(
            kind,
            identity: .init(github: .init(id: account, login: login), version: version, links: links, updatedAt: time),
            link: kind == .erased ? nil : links.first ?? link(0, .revoked))
    }

    private static func snapshot(_ events: [IdentityEvent]) -> BountySnapshot {
        var snapshot = BountySnapshot()
        for (index, event) in events.enumerated() { snapshot.apply(event, sequence: UInt64(index + 1)) }
        return snapshot
    }

    @Test(arguments: ["20", "wile-e", "Wile-E", "@wile-e"]) func anAccountIsFoundByIDAndLogin(text: String) {
        let book = Self.snapshot([Self.event(.linked, 20, "Wile-E", version: 1)]).identities
        #expect(book.find(text)?.github.id == 20)
    }

    @Test(arguments: ["21", "+20", "wile", "@20", ""]) func othersAreNot(text: String) {
        #expect(Self.snapshot([Self.event(.linked, 20, "Wile-E", version: 1)]).identities.find(text) == nil)
    }

    @Test func whatWaitsIsNotPublic() {
        let book = Self.snapshot([Self.event(.changeRequested, 20, "w", version: 1, [.active, .pending])]).identities
        #expect(book.find("20")?.links.map(\.state) == [.active])
    }

    @Test func aLoginMeansWhoLinkedUnderItFirst() {
        let book = Self.snapshot([
            Self.event(.linked, 20, "w", version: 1), Self.event(.linked, 21, "W", version: 1),
            Self.event(.linked, 20, "renamed", version: 2),
        ]).identities
        #expect(book.find("w")?.github.id == 20)
        #expect(book.find("renamed")?.github.id == 20)
        #expect(book.find("21")?.github.login == "W")
    }

    @Test func anOlderVersionChangesNothing() {
        let book = Self.snapshot([
            Self.event(.unlinked, 20, "w", version: 2, []), Self.event(.linked, 20, "w", version: 1),
        ]).identities
        #expect(book.find("w")?.links.isEmpty == true)
    }

    @Test func whoIsErasedHasNoLogin() {
        let book = Self.snapshot([
            Self.event(.linked, 20, "w", version: 1), Self.event(.erased, 20, nil, version: 2, []),
        ]).identities
        #expect(book.find("w") == nil)
        #expect(book.find("20")?.github.login == nil)
    }
}

struct BadgeTests {
    private static func badge(_ bounties: [BountyRecord]) -> String {
        var snapshot = BountySnapshot()
        for (index, bounty) in bounties.enumerated() { snapshot.apply(.proposed(bounty), sequence: UInt64(index + 1)) }
        return Badge(snapshot.repository(named: "acme/rocket-skates")).svg
    }

    @Test func activeBountiesAreSummedByDenomination() {
        let svg = Self.badge([
            .sample(1, state: .active), .sample(2, state: .active), .sample(3, state: .active, denomination: "ETH"),
            .sample(4, state: .proposed, denomination: "SOL"),
        ])
        #expect(svg.contains("<title>bounties: 1 ETH + 2 USDC</title>"))
    }

    @Test func withoutAnyItSaysSo() {
        #expect(Self.badge([]).contains("bounties: none"))
        #expect(Self.badge([.sample(1)]).contains("bounties: none"))
    }

    @Test func ofManyDenominationsSomeAreCounted() {
        let svg = Self.badge((1...5).map { .sample($0, state: .active, denomination: "D\($0)") })
        #expect(svg.contains("bounties: 1 D1 + 1 D2 + 1 D3 + 2 more"))
    }

    @Test func nothingIsReferredToAndMarkupIsEscaped() {
        let svg = Self.badge([.sample(1, state: .active, denomination: "<script>&\"'")])
        #expect(svg.contains("&lt;script&gt;&amp;&quot;&#39;"))
        #expect(!svg.contains("<script") && !svg.contains("href") && !svg.contains("url("))
    }

    @Test func aLongerTextIsWider() {
        #expect(Badge.width(of: "iiii") < Badge.width(of: "mmmm"))
        #expect(Badge.width(of: "\u{8F66}\u{8F66}") == 22)
        #expect(Badge.width(of: "e\u{301}") == Badge.width(of: "e"))
        #expect(Badge.width(of: "") > 0)
    }
}

struct BountyTextTests {
    @Test(
        arguments: [
            (#"{"bounty":{"a":1},"payout":2}"#, #"{"a":1}"#),
            (#" { "x" : "}\"" , "bounty" : [1,{"b":"]"}] } "#, #"[1,{"b":"]"}]"#),
            (#"{"a":{"bounty":1},"bounty":7}"#, "7"), (#"{"bounty":"x"}"#, #""x""#),
            (#"{"bounty":true,"z":1}"#, "true"),
        ])
    func itIsFoundAsItStands(object: String, value: String) throws {
        let found = try #require(BountyEntry.text(in: Array(object.utf8)))
        #expect(String(decoding: found, as: UTF8.self) == value)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"a":1}"#, #"{"bounty""#, #"{"bounty":{"#, #"{"bounty":"x"#, #"{"a":{"bounty":1}}"#,
    ])
    func otherwiseThereIsNone(object: String) {
        #expect(BountyEntry.text(in: Array(object.utf8)) == nil)
    }

    @Test func theJSONOfABountyIsTheEventsOwn() throws {
        let event = BountyEvent.cancelled(.sample(1, title: "a \"quote\" and a \\ { brace"), reason: .command)
        var told = BountySnapshot()
        told.apply(try #require(try BountyTelling(type: event.type, data: event.data())), sequence: 1)
        var made = BountySnapshot()
        made.apply(event, sequence: 1)
        let entry = try #require(told.entry(.numbered(1)))
        #expect(entry.json == made.entry(.numbered(1))?.json)
        #expect(entry.record == event.bounty)
    }
}
