import BountyProtocol
import Events
import Foundation
import GatewayDomain
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import GatewayService

struct BountyPageTests {
    private static let sponsor = BountyRecord.Account(id: 20, login: "Wile-E")

    private static func settled(_ state: BountyRecord.Share.State) -> (BountyRecord, PayoutRecord) {
        var bounty = BountyRecord.sample(7, version: 9, state: state == .paid ? .paid : .settling)
        bounty.wallet = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:BGYtLEiZn5uFQTksJ2Gkv71A2K9X2C1ig6zDX577J2zC"
        bounty.award = .init(
            ground: .closing, by: .init(id: 3, login: "octocat"), at: BountyRecord.start,
            url: "https://github.com/acme/x/pull/4",
            recipients: [.init(account: .init(id: 2, login: "alice"), weight: 1)])
        let isOrdered = state == .ordered || state == .paid
        bounty.shares = [
            .init(
                recipient: .init(id: 2, login: "alice"), amount: "250.5", units: "250500000", state: state,
                payout: isOrdered ? .numbered(9) : nil)
        ]
        let payout = PayoutRecord(
            id: .numbered(9), bounty: bounty.id, recipient: .init(id: 2, login: "alice"),
            account: "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv",
            asset: "x", units: "250500000", issuedAt: BountyRecord.start, keyID: "k", canonical: "{}", signature: "s",
            state: state == .paid ? .acknowledged : .issued, transaction: state == .paid ? "5VfYmG" : nil)
        return (bounty, payout)
    }

    private static func text(_ view: BountyView) -> String {
        let text = view.html.text
        #expect(Markup(text).faults == [])
        #expect(Markup(text).inline == [])
        return text
    }

    // MARK: - Facts

    @Test(arguments: BountyRecord.State.allCases) func everyStateHasItsPage(state: BountyRecord.State) {
        let text = Self.text(.sample(.sample(7, state: state)))
        #expect(text.contains(#"<span class="state \#(state.rawValue)">\#(state.rawValue)</span>"#))
        #expect(text.contains("250.5"))
        #expect(text.contains("Brakes are missing"))
        #expect(text.contains(#"href="https://github.com/acme/x/issues/3""#))
        #expect(text.contains(#"href="http://github.test:8082/Wile-E""#))
    }

    @Test(
        arguments: [
            (.pending, "being prepared"), (.awaitingWallet, "first has to <a href=\"/link\">link a wallet</a>"),
            (.ordered, "order</a> issued<br><code class=\"address\">7S3P4H"),
            (.paid, "transaction <code>5VfYmG</code>"), (.empty, "nothing to pay"),
        ] as [(BountyRecord.Share.State, String)])
    func everyShareSaysHowItStands(state: BountyRecord.Share.State, words: String) {
        let (bounty, payout) = Self.settled(state)
        let text = Self.text(.sample(bounty, payouts: [payout]))
        #expect(text.contains(words))
        #expect(text.contains("by closing the issue"))
    }

    @Test func whatIsAwardedAndNotDividedNamesItsRecipients() {
        var bounty = Self.settled(.pending).0
        bounty.state = .awarded
        bounty.shares = []
        #expect(Self.text(.sample(bounty)).contains("Awarded to"))
    }

    @Test func aLinkThatIsNoneOfGitHubsIsNoLink() {
        var bounty = BountyRecord.sample(7)
        bounty.issue.url = "javascript:alert(1)"
        bounty.source.url = "http://evil.example/x"
        let text = Self.text(.sample(bounty))
        #expect(!text.contains("javascript:"))
        #expect(!text.contains("evil.example"))
    }

    // MARK: - Comment and history

    @Test func whatDoesNotAnswerIsSaidAndTheRestIsThere() {
        let text = Self.text(.sample(.sample(7), history: .unavailable, comment: .unavailable))
        #expect(text.components(separatedBy: "Not available right now").count == 3)
        #expect(text.contains("250.5"))
    }

    @Test func theHistoryIsTold() throws {
        let (ordered, payout) = Self.settled(.ordered)
        var waiting = ordered
        waiting.shares[0].state = .awaitingWallet
        let events: [(BountyEvent, String)] = [
            (.proposed(.sample(7)), "Proposed by"), (.changed(.sample(7)), "Changed to"),
            (.moved(.sample(7)), "Moved: now at"), (.signed(ordered, challenge: "c"), "Signed by"),
            (.awarded(ordered), "Awarded to"), (.divided(ordered), "Divided:"),
            (.shareWaiting(waiting), "Waiting for the wallet of"),
            (.shareOrdered(ordered, payout: payout), "Payout ordered: "), (.settled(ordered), "Settled"),
            (.sharePaid(ordered, payout: payout), "Paid: "), (.paid(ordered), "Paid in full"),
            (.expired(ordered), "Expired"), (.cancelled(ordered, reason: .command), "Cancelled: by its sponsor"),
        ]
        let entries = try events.enumerated().map { index, event in
            HistoryEntry(
                .init(
                    version: index + 1, type: event.0.type, time: BountyRecord.start,
                    data: String(decoding: try event.0.data(), as: UTF8.self)), BountySnapshot())
        }
        let text = Self.text(.sample(ordered, payouts: [payout], history: .answered(entries)))
        for (event, words) in events { #expect(text.contains(words), "\(event.type)") }
    }

    @Test func anEventOfALaterProgramIsNamed() {
        let entry = HistoryEntry(
            .init(version: 1, type: "bursar.bounty.<new>.v9", time: BountyRecord.start, data: "{}"), BountySnapshot())
        #expect(entry.sentence(PagesFixture.links).text == "<code>bursar.bounty.&lt;new&gt;.v9</code>")
    }

    @Test func ofALongHistoryTheEndIsShown() throws {
        let data = String(decoding: try BountyEvent.changed(.sample(7)).data(), as: UTF8.self)
        let entries = (1...60).map {
            HistoryEntry(
                .init(version: $0, type: "bursar.bounty.changed.v1", time: BountyRecord.start, data: data),
                BountySnapshot())
        }
        let text = Self.text(.sample(.sample(7), history: .answered(entries)))
        #expect(text.contains("10 earlier"))
        #expect(text.components(separatedBy: "Changed to").count == 51)
    }

    // MARK: - Signing

    @Test func withoutALinkNothingIsToBeSigned() {
        #expect(!Self.text(.sample(.sample(7), viewer: Self.sponsor)).contains("id=\"sign\""))
    }

    @Test func aStrangerIsAskedToSignInAndComesBack() {
        let text = Self.text(.sample(.sample(7), link: "bl1.a.b"))
        #expect(
            text.contains(
                "/login/github?return_to=/bounties/\(UUID.numbered(7).wireText)%3Flink%3Dbl1.a.b"))
        #expect(!text.contains("data-sign "))
    }

    @Test func somebodyElseIsToldWhoCanSign() {
        let text = Self.text(.sample(.sample(7), viewer: .init(id: 21, login: "Wile-E"), link: "bl1.a.b"))
        #expect(text.contains("only its sponsor"))
        #expect(text.contains("data-sign-out"))
        #expect(!text.contains("data-sign "))
    }

    @Test func theSponsorGetsWhatTheScriptNeeds() throws {
        let view = BountyView.sample(.sample(7, denomination: "SOL"), viewer: Self.sponsor, link: #"bl1."<x>"#)
        let tag = try #require(Markup(Self.text(view)).all("div").first { $0.attributes["data-sign"] != nil })
        #expect(tag.attributes["data-family"] == "solana")
        #expect(tag.attributes["data-account"] == "20")
        #expect(tag.attributes["data-link"] == "bl1.&quot;&lt;x&gt;")
        #expect(tag.attributes["data-bounty"] == UUID.numbered(7).wireText)
    }

    @Test(arguments: BountyRecord.State.allCases.filter { $0 != .proposed })
    func whatIsSignedOrOverIsNotSignedAgain(state: BountyRecord.State) {
        let text = Self.text(.sample(.sample(7, state: state), viewer: Self.sponsor, link: "bl1.a.b"))
        #expect(text.contains("Nothing to sign"))
        #expect(!text.contains("data-sign "))
    }

    @Test func aDenominationThatIsGoneIsSaid() {
        let text = Self.text(.sample(.sample(7, denomination: "DOGE"), viewer: Self.sponsor, link: "l"))
        #expect(text.contains("DOGE is not configured here any more"))
    }

    // MARK: - The route

    @Test func thePageIsReadWithoutTheServicesBehindIt() async throws {
        let text = try await PagesFixture([.sample(7)]).page("/bounties/\(UUID.numbered(7).uuidString)?link=l&x=y")
        #expect(text.contains("250.5"))
        #expect(text.contains("Not available right now"))
    }

    @Test(arguments: [UUID.numbered(8).wireText, "7", "%00", "null"])
    func whereThereIsNoneAPageSaysSo(id: String) async throws {
        let answer = try await PagesFixture([.sample(7)]).answer("/bounties/\(id)")
        #expect(answer.status == .notFound)
        #expect(String(buffer: answer.body).contains("There is no bounty with this id."))
    }
}
