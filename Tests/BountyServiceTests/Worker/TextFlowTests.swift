import Events
import FoundationEssentials
import Money
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// What becomes of bounties as their texts are written, edited and deleted.
@Suite(.timeLimit(.minutes(5))) struct TextFlowTests {
    @Test(arguments: TextKind.allCases)
    func aBountyIsProposedChangedAndCancelledWithItsText(kind: TextKind) async throws {
        try await WorkerFixture.run { fixture in
            #expect(try await fixture.deliver(kind, kind.payload(kind.firstAction, "Fix it: $usdc:250$")) == "applied")
            let proposed = try #require(try await fixture.bounties.first)
            #expect(proposed.version == 1)
            #expect(proposed.state == .proposed)
            #expect(proposed.amount == "250")
            #expect(proposed.units == "250000000")
            #expect(proposed.denomination == "USDC")
            #expect(proposed.source.kind == kind.source)
            #expect(proposed.source.id == 77)
            #expect(proposed.sponsor == .init(id: 502, login: "road-runner"))
            #expect(proposed.repository.fullName == "acme/rocket-skates")
            #expect(proposed.issue.number == 12)
            #expect(proposed.issue.isPullRequest == (kind == .pullRequest))
            #expect(proposed.createdAt == WorkerFixture.now)
            #expect(proposed.expiresAt == WorkerFixture.now.addingTimeInterval(86_400))

            let edited = try kind.payload("edited", "Now $sol:1.5$", at: 1, from: "Fix it: $usdc:250$")
            #expect(try await fixture.deliver(kind, edited) == "applied")
            let changed = try #require(try await fixture.bounties.first)
            #expect(changed.id == proposed.id)
            #expect(changed.version == 2)
            #expect(changed.denomination == "SOL")
            #expect(changed.units == "1500000000")

            #expect(try await fixture.deliver(kind, kind.payload("edited", "No.", at: 2)) == "applied")
            let cancelled = try #require(try await fixture.bounties.first)
            #expect(cancelled.state == .cancelled)
            #expect(cancelled.version == 3)
            #expect(try await fixture.steps == ["1 proposed", "2 changed", "3 cancelled"])
            #expect(try await fixture.unanswered == 0)
        }
    }

    @Test(arguments: TextKind.deletable)
    func deletionCancelsAndIsFinal(kind: TextKind) async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(kind, kind.payload(kind.firstAction, "$usdc:250$ $eth:1$"))
            #expect(try await fixture.deliver(kind, kind.payload("deleted", "$usdc:250$ $eth:1$", at: 5)) == "applied")
            #expect(try await fixture.bounties.map(\.state) == [.cancelled, .cancelled])
            #expect(try await fixture.count("outbox") == 4)
            // Whatever comes afterwards.
            let late = try kind.payload("edited", "$usdc:251$", at: 9)
            #expect(try await fixture.deliver(kind, late) == "after_deletion")
            #expect(try await fixture.deliver(kind, kind.payload("deleted", "", at: 9)) == "after_deletion")
            #expect(try await fixture.steps.count == 4)
        }
    }

    @Test func aTextWithoutABountyMakesNone() async throws {
        try await WorkerFixture.run { fixture in
            #expect(try await fixture.deliver(.comment, TextKind.comment.payload("created", "Nice.")) == "applied")
            #expect(try await fixture.count("bounties") == 0)
            #expect(try await fixture.count("outbox") == 0)
            // And one that is written into it later does.
            try await fixture.deliver(.comment, TextKind.comment.payload("edited", "Nice. $usdc:5$", at: 1))
            #expect(try await fixture.bounties.map(\.amount) == ["5"])
        }
    }

    /// GitHub's App may be installed after the text was written.
    @Test func anEditOfATextThatWasNeverSeenCounts() async throws {
        try await WorkerFixture.run { fixture in
            let edited = try TextKind.issue.payload("edited", "$usdc:5$", at: 1, from: "nothing")
            #expect(try await fixture.deliver(.issue, edited) == "applied")
            #expect(try await fixture.bounties.map(\.amount) == ["5"])
        }
    }

    @Test func textsWithTheSameIDButOfAnotherKindAreApart() async throws {
        try await WorkerFixture.run { fixture in
            for kind in TextKind.allCases {
                try await fixture.deliver(kind, kind.payload(kind.firstAction, "$usdc:5$"))
            }
            try await fixture.deliver(.comment, TextKind.comment.payload("deleted", "$usdc:5$", at: 1))
            let states = try await fixture.bounties.map { "\($0.source.kind.rawValue) \($0.state.rawValue)" }
            #expect(states == ["issue proposed", "issue_comment cancelled", "pull_request proposed"])
        }
    }

    @Test func anEditOfTheTitleAloneChangesNothing() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(.issue, TextKind.issue.payload("opened", "$usdc:5$"))
            let edited = try TextKind.issue.payload("edited", "$usdc:50$", at: 1)
                .setting("changes", to: .raw(#"{"title":{"from":"Brakes"}}"#))
            #expect(try await fixture.deliver(.issue, edited) == "ignored")
            #expect(try await fixture.bounties.map(\.amount) == ["5"])
        }
    }

    @Test(arguments: [
        ("issues", "closed"), ("issues", "labeled"), ("issue_comment", "pinned"), ("pull_request", "closed"),
    ])
    func otherActionsAreIgnored(event: String, action: String) async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send(event, Payload.of(event, action).data)
            try await fixture.handleNext()
            #expect(fixture.outcomes(of: event) == ["ignored": 1])
            #expect(try await fixture.unanswered == 0)
            #expect(try await fixture.count("texts") == 0)
        }
    }

    // MARK: - Several in one text

    @Test func everyBountyOfATextStandsAlone() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(
                .comment, TextKind.comment.payload("created", "$usdc:250$ and $sol:1.5$ and $usdc:10$"))
            let first = try await fixture.bounties
            #expect(first.map(\.amount) == ["250", "1.5", "10"])
            #expect(Set(first.map(\.id)).count == 3)
            // One goes, one changes, one stays, one is new.
            try await fixture.deliver(
                .comment, TextKind.comment.payload("edited", "$usdc:10$, $usdc:300$, $eth:2$", at: 1))
            let second = try await fixture.bounties
            #expect(
                second.map { "\($0.amount) \($0.denomination) \($0.state.rawValue) \($0.version)" }.sorted()
                    == ["10 USDC proposed 1", "2 ETH proposed 2", "300 USDC proposed 2"])
            #expect(Set(second.map(\.id)) == Set(first.map(\.id)))
        }
    }

    @Test func theSameBountyTwiceInATextIsTwo() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:5$ $usdc:5$"))
            #expect(try await fixture.bounties.map(\.amount) == ["5", "5"])
            try await fixture.deliver(.comment, TextKind.comment.payload("edited", "$usdc:5$", at: 1))
            #expect(try await fixture.bounties.filter { $0.state == .proposed }.count == 1)
        }
    }

    @Test func whatWasTakenOutAndPutBackIsANewBounty() async throws {
        try await WorkerFixture.run { fixture in
            for (second, body) in ["$usdc:5$", "", "$usdc:5$", "", "$usdc:5$"].enumerated() {
                let action = second == 0 ? "created" : "edited"
                try await fixture.deliver(.comment, TextKind.comment.payload(action, body, at: second))
            }
            let bounties = try await fixture.bounties
            #expect(bounties.map(\.state) == [.cancelled, .cancelled, .proposed])
            #expect(Set(bounties.map(\.id)).count == 3)
        }
    }

    /// PRODUCT.md: up to 10 in one text.
    @Test func theEleventhBountyIsRefused() async throws {
        try await WorkerFixture.run { fixture in
            let body = (1...11).map { "$usdc:\($0)$" }.joined(separator: " ")
            try await fixture.deliver(.comment, TextKind.comment.payload("created", body))
            #expect(try await fixture.bounties.map(\.amount) == (1...10).map(String.init))
            #expect(fixture.metrics.value("bursar_bounty_refusals_total{rule=\"too-many-bounties\"}") == 1)
        }
    }

    @Test func whatIsRefusedIsCountedAndTheRestStands() async throws {
        try await WorkerFixture.run { fixture in
            let body = "$usdc:250$ $usdc:0$ $usdc:1.1234567$ $doge:5$ `$usdc:9$`\n\n> $usdc:8$"
            try await fixture.deliver(.comment, TextKind.comment.payload("created", body))
            #expect(try await fixture.bounties.map(\.amount) == ["250"])
            #expect(fixture.metrics.value("bursar_bounty_refusals_total{rule=\"unknown-denomination\"}") == 1)
            let refusals = fixture.metrics.render().split(separator: "\n")
                .filter { $0.hasPrefix("bursar_bounty_refusals_total{") }
            #expect(refusals.count == 3, "\(refusals)")
        }
    }

    /// Text that takes too long to read, or nests too deeply, cancels nothing that stands.
    @Test func anEditThatCannotBeReadChangesNothing() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:5$"))
            let hostile = String(repeating: "> ", count: 200_000) + "$usdc:6$"
            #expect(
                try await fixture.deliver(.comment, TextKind.comment.payload("edited", hostile, at: 1)) == "unreadable")
            #expect(try await fixture.bounties.map(\.amount) == ["5"])
            #expect(
                try await fixture.deliver(.comment, TextKind.comment.payload("edited", "$usdc:7$", at: 2)) == "applied")
            #expect(try await fixture.bounties.map(\.amount) == ["7"])
        }
    }

    // MARK: - Whose text counts

    @Test func anEditBySomebodyElseNeitherMakesNorChanges() async throws {
        try await WorkerFixture.run { fixture in
            let kind = TextKind.comment
            try await fixture.deliver(kind, kind.payload("created", "$usdc:5$"))
            for (second, body) in ["$usdc:500$", "$usdc:5$ $eth:1$", ""].enumerated() {
                let edited = try kind.payload("edited", body, at: second + 1, sender: TextKind.maintainer)
                #expect(try await fixture.deliver(kind, edited) == "foreign_edit")
            }
            #expect(try await fixture.bounties.map { "\($0.amount) \($0.version)" } == ["5 1"])
            // It is told, and counted, where other bounties stand in it than before.
            let told: [String] = try await fixture.database.query("SELECT code FROM refusals").map {
                try $0.get("code")
            }
            #expect(told == ["foreign-edit"])
            #expect(fixture.metrics.value(#"bursar_bounty_refusals_total{rule="foreign-edit"}"#) == 2)
        }
    }

    @Test func deletionBySomebodyElseCancels() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:5$"))
            let deleted = try TextKind.comment.payload("deleted", "$usdc:5$", at: 1, sender: TextKind.maintainer)
            #expect(try await fixture.deliver(.comment, deleted) == "applied")
            #expect(try await fixture.bounties.map(\.state) == [.cancelled])
        }
    }

    @Test func textsOfBotsMakeNone() async throws {
        try await WorkerFixture.run { fixture in
            for kind in TextKind.allCases {
                let payload = try kind.payload(kind.firstAction, "$usdc:5$", author: TextKind.bot)
                #expect(try await fixture.deliver(kind, payload) == "bot")
            }
            #expect(try await fixture.count("bounties") == 0)
        }
    }

    @Test func anEditByABotChangesNothing() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:5$"))
            let edited = try TextKind.comment.payload("edited", "$usdc:6$", at: 1, sender: TextKind.bot)
            #expect(try await fixture.deliver(.comment, edited) == "bot")
            #expect(try await fixture.bounties.map(\.amount) == ["5"])
        }
    }

    @Test func labelsFollowAndIDsStay() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:5$"))
            let edited = try TextKind.comment.payload(
                "edited", "$usdc:6$", at: 1, author: Payload.account(502, "roadrunner")
            ).setting("repository.full_name", to: .text("acme/skates")).setting(
                "issue.title", to: .text("New \u{1F6FC}")
            )
            .setting("comment.html_url", to: .text("https://github.com/acme/skates/issues/12#issuecomment-77"))
            try await fixture.deliver(.comment, edited)
            let bounty = try #require(try await fixture.bounties.first)
            #expect(bounty.sponsor == .init(id: 502, login: "roadrunner"))
            #expect(bounty.repository == .init(id: 4_100_200_300, fullName: "acme/skates"))
            #expect(bounty.issue.title == "New \u{1F6FC}")
            #expect(bounty.source.url == "https://github.com/acme/skates/issues/12#issuecomment-77")
        }
    }

    /// PostgreSQL's text cannot hold what JSON can.
    @Test func aTitleWithNULIsKeptAsFarAsItCanBe() async throws {
        try await WorkerFixture.run { fixture in
            let payload = try TextKind.comment.payload("created", "$usdc:5$ \u{202E}")
                .setting("issue.title", to: .raw(#""a\u0000b""#))
                .setting("comment.body", to: .raw(#""$usdc:5$ \u0000""#))
            #expect(try await fixture.deliver(.comment, payload) == "applied")
            #expect(try await fixture.bounties.first?.issue.title == "a\u{FFFD}b")
        }
    }
}
