import Events
import Foundation
import HTTPTypes
import HummingbirdTesting
import Money
import NIOCore
import Testing

@testable import GatewayService

struct BoardPageTests {
    /// The bounties of a page by their numbers, in its order, and the address of the next one.
    private static func listed(_ fixture: PagesFixture, _ uri: String) async throws -> (numbers: [Int], next: String?) {
        let markup = Markup(try await fixture.page(uri))
        let numbers = markup.addresses.filter { $0.hasPrefix("/bounties/") }.compactMap {
            UUID(uuidString: String($0.dropFirst(10)))?.number
        }
        let next = markup.all("a").first { $0.attributes["rel"] == "next" }?.attributes["href"]
        return (numbers, next?.replacingOccurrences(of: "&amp;", with: "&"))
    }

    private static let several = [
        BountyRecord.sample(1), .sample(2, state: .cancelled, denomination: "ETH"),
        .sample(3, state: .active, repository: .init(id: 11, fullName: "acme/anvil"), title: "Drop it & run"),
        .sample(4, sponsor: .init(id: 21, login: "road-runner")), .sample(5, state: .paid),
        .sample(6, state: .active, denomination: "UATOM"),
    ]

    @Test(
        arguments: [
            ("/", [6, 4, 3, 1]), ("/?state=open", [6, 4, 3, 1]), ("/?state=any", [6, 5, 4, 3, 2, 1]),
            ("/?state=cancelled", [2]), ("/?state=active", [6, 3]), ("/?q=drop+it", [3]),
            ("/?repository=acme/anvil", [3]), ("/?sponsor=Road-Runner", [4]), ("/?denomination=uatom", [6]),
            ("/?denomination=eth", []), ("/?denomination=eth&state=any", [2]), ("/?q=&denomination=", [6, 4, 3, 1]),
            ("/?utm_source=elsewhere", [6, 4, 3, 1]), ("/?state=any&q=drop&q=brakes", [3]),
        ] as [(String, [Int])])
    func theListIsNarrowedAsTheAPIs(uri: String, numbers: [Int]) async throws {
        #expect(try await Self.listed(try PagesFixture(Self.several), uri).numbers == numbers)
    }

    @Test(arguments: ["/", "/?state=any", "/?state=proposed"])
    func pagesTogetherAreEverythingOnce(uri: String) async throws {
        let states: [BountyRecord.State] = [.proposed, .active, .active, .cancelled, .proposed, .proposed, .paid]
        let bounties = (1...140).map { BountyRecord.sample($0, state: states[$0 % states.count]) }
        let fixture = try PagesFixture(bounties)
        var numbers: [Int] = []
        var address: String? = uri
        while let next = address {
            let page = try await Self.listed(fixture, next)
            #expect(page.numbers.count <= BoardSearch.pageSize)
            numbers += page.numbers
            address = page.next
        }
        let expected = bounties.filter { bounty in
            switch uri {
            case "/": [.proposed, .active].contains(bounty.state)
            case "/?state=proposed": bounty.state == .proposed
            default: true
            }
        }.map(\.id.number).reversed()
        #expect(numbers == Array(expected))
    }

    @Test func aFilterIsKeptInFormAndPages() async throws {
        let fixture = try PagesFixture(
            (1...30).map { .sample($0, sponsor: .init(id: 21, login: "road-runner")) })
        let text = try await fixture.page("/?sponsor=road-runner&q=brakes&denomination=usdc")
        let markup = Markup(text)
        #expect(markup.all("input").contains { $0.attributes["name"] == "q" && $0.attributes["value"] == "brakes" })
        #expect(
            markup.all("input").contains {
                $0.attributes["name"] == "sponsor" && $0.attributes["value"] == "road-runner"
            })
        #expect(
            markup.all("option").contains {
                $0.attributes["value"] == "USDC" && $0.attributes["selected"] != nil
            })
        let next = try #require(markup.all("a").first { $0.attributes["rel"] == "next" }?.attributes["href"])
        #expect(next.hasPrefix("/?q=brakes&amp;denomination=usdc&amp;sponsor=road-runner&amp;cursor="))
    }

    @Test func whoSolvedMostIsNamed() {
        let view = BoardView(
            search: BoardSearch(), bounties: [],
            leaders: [
                .init(denomination: "USDC", leaders: [(.init(id: 2, login: "alice"), "250.5")]),
                .init(denomination: "ETH", leaders: []),
            ], denominations: .builtIn, links: PagesFixture.links)
        let text = view.html.text
        #expect(Markup(text).faults == [])
        #expect(Markup(text).all("caption").count == 1)
        #expect(text.contains("http://github.test:8082/alice"))
        #expect(text.contains("250.5"))
    }

    @Test func anEmptyBoardSaysHowToBegin() async throws {
        #expect(try await PagesFixture().page("/").contains("No bounty is open yet"))
        let other = try await PagesFixture([.sample(1)]).page("/?q=nothing")
        #expect(other.contains("No bounty is like this"))
        #expect(other.contains("state=any"))
    }

    @Test(arguments: ["state=Active", "state=x", "cursor=x", "q=%FF"])
    func whatCannotBeMeantIsAPageThatSaysSo(query: String) async throws {
        let answer = try await PagesFixture([.sample(1)]).answer("/?\(query)")
        #expect(answer.status == .badRequest)
        let text = String(buffer: answer.body)
        #expect(text.contains("The query parameter \(query.prefix { $0 != "=" }) must be"))
        #expect(Markup(text).faults == [])
    }

    @Test func hostileTextIsTextAlone() async throws {
        let fixture = try PagesFixture([
            .sample(
                1, repository: .init(id: 1, fullName: #"a"onclick="x/<img src=x>"#),
                title: "<script>alert(1)</script>\"\u{301} onload=x", sponsor: .init(id: 2, login: "'><b>&"))
        ])
        for uri in [
            "/", "/?sponsor=%27%3E%3Cb%3E&q=%22%3E%3Cscript%3E&state=any", "/bounties/\(UUID.numbered(1).wireText)",
        ] {
            let markup = Markup(try await fixture.page(uri))
            #expect(markup.inline == [])
            #expect(markup.all("img") == [])
            #expect(markup.all("b") == [])
        }
    }
}
