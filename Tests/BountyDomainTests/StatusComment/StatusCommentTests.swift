import BountyDomain
import Events
import FoundationEssentials
import Markdown
import TestRandom
import Testing

struct StatusCommentTests {
    private static let time = Date(timeIntervalSince1970: 1_795_260_000)
    private static let links = StatusComment.Links(
        github: "https://github.com", gateway: "https://bursar.example",
        signing: { "https://bursar.example/bounties/\($0.id.wireText)?link=bl1.x.y" })
    private static let marker = StatusMarker(repository: 7, number: 12)
    private static let id = UUID.version7(at: time)

    private static func bounty(
        _ amount: String, _ denomination: String = "USDC", _ state: BountyRecord.State = .proposed,
        login: String = "road-runner", shares: [BountyRecord.Share] = [], units: String? = nil,
        isPullRequest: Bool = false
    ) -> BountyRecord {
        BountyRecord(
            id: id, version: 1, state: state, amount: amount, units: units ?? amount + "000000",
            denomination: denomination, decimals: 6, asset: "a", repository: .init(id: 7, fullName: "acme/skates"),
            issue: .init(id: 1, number: 12, title: "t", url: "u", isPullRequest: isPullRequest),
            source: .init(kind: .issueComment, id: 5, url: "u"), sponsor: .init(id: 502, login: login),
            wallet: state == .proposed || state == .cancelled ? nil : "solana:x:y", createdAt: time, updatedAt: time,
            expiresAt: time.addingTimeInterval(86_400), shares: shares)
    }

    private static func body(
        _ bounties: [BountyRecord], _ refusals: [StatusComment.Refused] = [], explains: Bool = false
    ) -> String {
        StatusComment(bounties: bounties, refusals: refusals, explains: explains, links: links).body(marker: marker)
            ?? "nothing"
    }

    private static func refused(_ detail: String, by login: String = "coyote") -> StatusComment.Refused {
        .init(actor: .init(id: 1, login: login), refusal: Refusal(code: "x", detail: detail))
    }

    @Test func nothingToSayIsNoComment() {
        #expect(Self.body([]) == "nothing")
    }

    @Test func aProposedBountyHasTheLinkToSignIt() {
        #expect(
            Self.body([Self.bounty("250")])
                == """
                <!-- bursar:issue:7/12 -->

                ### Bounties

                | Amount | Sponsor | State |
                | ---: | --- | --- |
                | [`250 USDC`](https://bursar.example/bounties/\(Self.id.wireText)) | [road-runner](https://github.com/road-runner) | \
                **proposed**: [road-runner](https://github.com/road-runner), [sign to activate it](https://bursar.example/bounties/\
                \(Self.id.wireText)?link=bl1.x.y) by 2026-11-22 |

                **Total** `250 USDC` (250 proposed)

                <sub>Awarded when this issue is closed as completed by a merged pull request, or by `/award @login`. `/help` says more.</sub>

                """)
    }

    @Test(arguments: BountyRecord.State.allCases) func everyStateHasARow(state: BountyRecord.State) {
        let share = BountyRecord.Share(
            recipient: .init(id: 3, login: "alice"), amount: "250", units: "250000000", state: .ordered)
        let text = Self.body([Self.bounty("250", "USDC", state, shares: [share])])
        #expect(text.contains(state.rawValue))
        #expect(text.contains("sign to activate") == (state == .proposed))
        #expect(MarkdownHTML.rendered(text).parts(by: "<tr>").count == 3)
    }

    @Test func sharesSayWhoWaitsForAWallet() {
        let shares: [BountyRecord.Share] = [
            .init(recipient: .init(id: 1, login: "alice"), amount: "7", units: "7000000", state: .ordered),
            .init(recipient: .init(id: 2, login: "bob"), amount: "3", units: "3000000", state: .awaitingWallet),
            .init(recipient: .init(id: 3, login: "carol"), amount: "0", units: "0", state: .empty),
        ]
        let text = Self.body([Self.bounty("10", "USDC", .settling, shares: shares)])
        #expect(text.contains("`7 USDC` to [alice](https://github.com/alice) (payout ordered)"))
        #expect(
            text.contains("`3 USDC` to @bob, who first has to [link a wallet](https://bursar.example/link)"))
        #expect(text.contains("What is signed stands"))
        // The one mention.
        #expect(text.parts(by: "@").count == 2)
    }

    @Test func totalsAreExactAndByDenomination() {
        let text = Self.body([
            Self.bounty("0.1", "USDC", .active, units: "100000"), Self.bounty("0.2", "USDC", .active, units: "200000"),
            Self.bounty("1", "USDC"), Self.bounty("5", "SOL", .paid), Self.bounty("9", "SOL", .cancelled),
        ])
        #expect(text.contains("**Total** `5 SOL` (5 paid) · `1.3 USDC` (0.3 active, 1 proposed)"))
    }

    @Test func aPullRequestHasItsOwnTerms() {
        let text = Self.body([Self.bounty("1", isPullRequest: true)])
        #expect(text.contains("Awarded when this pull request is merged"))
    }

    @Test func manyBountiesStayWithinGitHubsLength() {
        let shares = (0..<200).map {
            BountyRecord.Share(
                recipient: .init(id: $0, login: String(repeating: "a", count: 39)), amount: "1", units: "1",
                state: .awaitingWallet)
        }
        let bounties = (0..<500).map {
            Self.bounty("\($0)", "USDC", $0 % 20 == 0 ? .settling : .proposed, shares: shares)
        }
        let refusals = (0..<50).map { _ in Self.refused("$usdc:" + String(repeating: "🦆", count: 100) + "$: no") }
        let text = Self.body(bounties, refusals, explains: true)
        #expect(text.count < 65_536, "\(text.count)")
        #expect(text.contains("and 440 more."))
    }

    // MARK: - What people write

    static let hostile = [
        "@octocat", "`@octocat`", "``@octocat``", "`", "```", "a`b", "` `", " ", "", "|", "a|b|c", "\\|", "\\", "\\`",
        "<b>x</b>", "<!--", "-->", "<!-- bursar:issue:7/12 -->", "</td></tr></table>", "[x](javascript:alert(1))",
        "![x](http://evil/x.png)", "\n\n# Heading\n\n@octocat", "\r\n| a | b |", "#1", "GH-1", "acme/skates#1", ":+1:",
        "http://evil.example", "www.evil.example", "a@evil.example", "&#64;octocat", "\u{202E}@octocat", "\u{0}",
        "\u{2028}@octocat", "**x", "__", "~~", "$$x$$", "🦆", "`\u{200B}`@octocat",
    ]

    /// What is left of the page without its code, which is where user text may be.
    private static func withoutCode(_ html: String) -> String {
        var rest = html[...]
        var text = ""
        while let start = rest.firstRange(of: "<code>") {
            text += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "</code>") else { return text + rest }
            rest = rest[end.upperBound...]
        }
        return text + rest
    }

    private static func check(_ text: String, _ hostile: String) {
        let body = body(
            [bounty("1"), bounty("2", login: text)],
            [refused("$\(text)$: Bad \(text)."), refused(text), refused("fine", by: text)])
        let html = MarkdownHTML.rendered(body)
        let page = withoutCode(html)
        #expect(!page.contains("@"), "\(hostile)")
        #expect(!page.contains("#1") && !page.contains(":+1:") && !page.contains("evil"), "\(hostile)")
        #expect(!page.contains("<img") && !page.contains("javascript"), "\(hostile)")
        // Head and two rows, three refusals, one heading, one comment.
        #expect(page.parts(by: "<tr>").count == 4, "\(hostile)")
        #expect(page.parts(by: "<li>").count == 4, "\(hostile)")
        #expect(page.parts(by: "<h3>").count == 2 && !page.contains("<h1>"), "\(hostile)")
        #expect(body.hasPrefix(marker.text + "\n"))
        #expect(body.parts(by: "<table").count == 1)
    }

    @Test(arguments: hostile) func textOfPeopleIsNoMoreThanText(text: String) { Self.check(text, text) }

    @Test func norIsAnyMixtureOfIt() {
        var generator = SplitMix64(seed: 6)
        for _ in 0..<300 {
            let count = Int.random(in: 1...4, using: &generator)
            let text = (0..<count).compactMap { _ in Self.hostile.randomElement(using: &generator) }.joined()
            Self.check(text, text)
        }
    }

    @Test func aSentenceOfOursMentionsNobody() {
        #expect(
            QuotedText.sentence("Write it like /award @alice 70 @bob 30.")
                == "Write it like /award `@alice` 70 `@bob` 30.")
        #expect(QuotedText.sentence("Use `$usdc:5$`, please.") == "Use `` `$usdc:5$` ``, please.")
    }

    @Test func theMarkerIsTheFirstLineOfThisVeryIssue() {
        let text = Self.marker.text
        #expect(Self.marker.marks(text + "\n\nx"))
        #expect(Self.marker.marks(text + "\r\nx"))
        #expect(Self.marker.marks(text))
        for other in ["x\n" + text, " " + text, text + "x", "", StatusMarker(repository: 7, number: 1).text] {
            #expect(!Self.marker.marks(other))
        }
        #expect(!StatusMarker(repository: 7, number: 1).marks(text))
    }
}

extension String {
    /// One more than the separator occurs.
    fileprivate func parts(by separator: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return parts + [rest]
    }
}
