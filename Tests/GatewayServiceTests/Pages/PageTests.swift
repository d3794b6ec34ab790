import Events
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Money
import NIOCore
import Testing
import Wire

@testable import GatewayService

/// What holds for every page.
struct PageTests {
    static let paths = [
        "/", "/?state=any", "/link", "/link?family=cosmos&return_to=/calculator%3Fx%3Dy", "/calculator",
        "/jobs/01000000-0000-7000-8000-000000000007", "/bounties/01000000-0000-7000-8000-000000000007?link=x",
    ]
    /// Made elsewhere than in this folder, or with the calculator.
    private static let others = ["/docs", "/openapi.json", "/v1/", "/login/github", "/calculator?expression="]

    @Test(arguments: paths) func everyPageIsWhole(path: String) async throws {
        let markup = Markup(try await PagesFixture([.sample(7)]).page(path))
        #expect(markup.inline == [])
        #expect(markup.all("html").first?.attributes["lang"] == "en")
        #expect(markup.all("h1").count == 1)
        #expect(markup.all("main").count == 1)
        #expect(markup.all("title").count == 1)
        #expect(markup.all("meta").contains { $0.attributes["name"] == "viewport" })
        // Each control has its label.
        let labels = Set(markup.all("label").compactMap { $0.attributes["for"] })
        let controls = (markup.all("input") + markup.all("select")).filter { $0.attributes["type"] != "hidden" }
        for control in controls { #expect(labels.contains(control.attributes["id"] ?? "")) }
    }

    @Test(arguments: paths) func everyAddressOfOursLeadsSomewhere(path: String) async throws {
        let fixture = try PagesFixture([.sample(7)])
        for address in Set(Markup(try await fixture.page(path)).addresses) where address.hasPrefix("/") {
            if Self.others.contains(where: address.hasPrefix) { continue }
            let answer = try await fixture.answer(address.replacingOccurrences(of: "&amp;", with: "&"))
            #expect(answer.status == .ok, "\(address)")
        }
    }

    @Test(arguments: paths) func nothingIsLoadedFromElsewhere(path: String) async throws {
        let markup = Markup(try await PagesFixture([.sample(7)]).page(path))
        let loaded =
            markup.tags.filter { ["script", "img", "iframe"].contains($0.name) }.compactMap { $0.attributes["src"] }
            + markup.all("link").compactMap { $0.attributes["href"] }
        #expect(loaded.allSatisfy { $0.hasPrefix("/assets/") })
    }

    @Test func aPageIsForWhoAsksAndAskedForAnew() async throws {
        let answer = try await PagesFixture().answer("/")
        #expect(answer.headers[.cacheControl] == "private, no-cache")
        #expect(answer.headers[.vary] == "Cookie")
        #expect(try await PagesFixture().answer("/link").headers[.cacheControl] == "no-store")
    }

    @Test func headIsThePageWithoutItsText() async throws {
        let fixture = try PagesFixture()
        let head = try await fixture.answer("/", method: .head)
        #expect(head.status == .ok)
        #expect(head.body.readableBytes == 0)
        let length = try await fixture.answer("/").body.readableBytes
        #expect(head.headers[.contentLength] == String(length))
    }

    // MARK: - Problems

    @Test(arguments: ["/nothing", "/bounties/7", "/assets/none.js"])
    func aBrowserGetsAPage(path: String) async throws {
        let answer = try await PagesFixture().answer(
            path, headers: [.accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"])
        #expect(answer.status == .notFound)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        let text = String(buffer: answer.body)
        #expect(Markup(text).faults == [])
        #expect(Markup(text).inline == [])
        #expect(text.contains(try #require(answer.headers[.xRequestID])))
    }

    @Test(arguments: [
        ("/nothing", "application/json"), ("/nothing", "*/*"), ("/bounties/7", ""), ("/v1/nothing", "text/html"),
        ("/v1/bounties/7/comment?x=y", "text/html"),
    ])
    func aProgramGetsADocument(path: String, accept: String) async throws {
        let answer = try await PagesFixture().answer(path, headers: [.accept: accept])
        #expect(answer.headers[.contentType] == "application/problem+json")
    }

    @Test func anotherMethodIsRefusedWithAllow() async throws {
        let answer = try await PagesFixture().answer("/", method: .delete)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
    }

    @Test func whatIsAskedForOfTheAddressIsText() async throws {
        let answer = try await PagesFixture().answer("/%3Cscript%3E/%22%3E")
        #expect(Markup(String(buffer: answer.body)).inline == [])
        #expect(answer.status == .notFound)
    }

    @Test func whoIsNotSignedInIsLedThere() {
        let problem = Problem(.unauthorized, "not-signed-in", title: "Not signed in", detail: "sign in first")
        let text = ProblemView(problem: problem, requestID: "r", location: "/x?y=z").html.text
        #expect(text.contains("/login/github?return_to=/x%3Fy%3Dz"))
        let denied = Problem(.forbidden, "login-denied", title: "Not signed in", detail: "begin again")
        let again = ProblemView(problem: denied, requestID: "r", location: "/login/github/callback?code=c").html.text
        #expect(again.contains("return_to=/\""))
        #expect(!again.contains("code=c"))
    }

    // MARK: - Wallets

    private static func wallets(_ wallets: LinkView.Wallets, family: WalletFamily? = nil) -> String {
        let view = LinkView(
            viewer: .init(id: 20, login: "Wile-E"), wallets: wallets, returnTo: nil, family: family, location: "/link",
            denominations: .builtIn)
        #expect(Markup(view.html.text).faults == [])
        return view.html.text
    }

    @Test func eachFamilyHasItsCardTheOneAskedForFirst() throws {
        let cards = Markup(Self.wallets(.known([]), family: .cosmos)).all("section")
        #expect(cards.map { $0.attributes["data-family"] } == ["cosmos", "solana", "ethereum"])
        #expect(cards.first?.attributes["data-chains"] == "cosmos:cosmoshub-4")
    }

    @Test func activeAndWaitingWalletsAreShown() {
        func link(_ number: Int, _ state: LinkRecord.State) -> LinkRecord {
            LinkRecord(
                id: .numbered(number), wallet: "eip155:1:0x\(number)", family: "ethereum", state: state,
                linkedAt: BountyRecord.start, effectiveAt: BountyRecord.start.addingTimeInterval(72 * 3600))
        }
        let text = Self.wallets(.known([link(1, .active), link(2, .pending)]))
        #expect(text.contains("0x1</code>"))
        #expect(text.contains("payouts go to it from <strong><time datetime=\"2026-11-24T09:30:00.000Z\">"))
        #expect(text.contains(#"data-action="unlink" data-link="\#(UUID.numbered(1).wireText)""#))
        #expect(text.contains(#"data-action="stop" data-link="\#(UUID.numbered(2).wireText)""#))
        #expect(text.contains("Change the wallet"))
        #expect(Self.wallets(.unavailable).contains("cannot be read right now"))
    }

    @Test(
        arguments: [
            ("/bounties/x?link=y", "/bounties/x?link=y"), ("/", "/"), ("//evil.example", nil), ("/\\evil.example", nil),
            ("https://evil.example", nil), ("javascript:x", nil), ("/a b", nil), ("/\t/evil.example", nil), ("", nil),
        ] as [(String, String?)])
    func onlyAPathOfOursIsGoneBackTo(text: String, path: String?) {
        #expect(PersonalPages.ownPath(text) == path)
    }

    // MARK: - The calculator

    @Test(arguments: [
        ("2 +* 3", 4, "2 +<mark>*</mark> 3"), ("2 +", 4, "2 +<mark> </mark>"), ("<", 1, "<mark>&lt;</mark>"),
        ("\u{1F4B0}x", 2, "\u{1F4B0}<mark>x</mark>"), ("x", 99, "x<mark> </mark>"), ("x", 0, "<mark>x</mark>"),
    ])
    func thePlaceOfAnErrorIsMarked(expression: String, position: Int, marked: String) {
        var question = CalculatorView.Question()
        question.expression = expression
        let text = CalculatorView(question: question, outcome: .failure(detail: "no", position: position)).html.text
        #expect(text.contains("<code>\(marked)</code>"))
        #expect(Markup(text).faults == [])
    }

    @Test func aResultSaysWhetherItWasRounded() {
        let question = CalculatorView.Question()
        func text(_ outcome: CalculatorView.Outcome) -> String {
            CalculatorView(question: question, outcome: outcome).html.text
        }
        #expect(text(.answer(result: "0.3", isExact: true, digits: nil)).contains(">exact<"))
        #expect(
            text(.answer(result: "0.33", isExact: false, digits: 2)).contains(
                "rounded to 2 significant digits, half-even"))
    }

    @Test(arguments: ["precision=0", "precision=x", "rounding=sideways"])
    func aBadChoiceIsSaidOnThePage(query: String) async throws {
        let text = try await PagesFixture().page("/calculator?expression=1&\(query)")
        #expect(text.contains("role=\"alert\""))
        #expect(text.contains("must be"))
    }
}
