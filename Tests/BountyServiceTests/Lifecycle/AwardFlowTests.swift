import BountyDomain
import Events
import FoundationEssentials
import GitHub
import Postgres
import TestSupport
import Testing

@testable import BountyService

/// From deliveries to awards, with what GitHub says.
@Suite(.timeLimit(.minutes(5))) struct AwardFlowTests {
    static let number: Int64 = 12

    /// A signed bounty of the author's on the issue, unless the kind is a pull request's.
    static func active(_ fixture: WorkerFixture, _ kind: TextKind = .comment) async throws {
        try await fixture.deliver(kind, kind.payload(kind.firstAction, "$usdc:250$"))
        try await fixture.sign(try #require(try await fixture.bounties.last).id)
    }

    static func close(_ fixture: WorkerFixture, reason: String = "completed") async throws {
        let payload = try Payload.issues("closed").setting("issue.state_reason", to: .text(reason))
            .setting("issue.closed_at", to: .text("2026-11-21T11:00:00Z"))
        try await fixture.deliver(.issue, payload)
    }

    static func comment(
        _ fixture: WorkerFixture, _ body: String, by author: Payload, id: Int64 = 99
    ) async throws {
        try await fixture.deliver(
            .comment, TextKind.comment.payload("created", body, at: 600, id: id, author: author))
    }

    static func facts(_ closer: GitHubClosing.Closer, reason: String = "COMPLETED") -> StubFacts {
        StubFacts(closings: [
            number: StubFacts.closing(at: Date(timeIntervalSince1970: 1_795_258_800), by: closer, reason: reason)
        ])
    }

    static func states(_ fixture: WorkerFixture) async throws -> [String] {
        try await fixture.bounties.map { bounty in
            "\(bounty.state)" + (bounty.award?.recipients.map { " \($0.account.login):\($0.weight)" }.joined() ?? "")
        }
    }

    static func refusals(_ fixture: WorkerFixture) async throws -> [String] {
        try await fixture.database.query("SELECT code FROM refusals ORDER BY code").map { try $0.get("code") }
    }

    struct Closing: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var closer: GitHubClosing.Closer
        var reason = "COMPLETED"
        var states: [String]
        var refusals: [String]
    }

    @Test(arguments: [
        Closing(
            testDescription: "by a merged pull request",
            closer: .pullRequest(number: 5, author: StubFacts.solver), states: ["awarded alice:1"], refusals: []),
        Closing(
            testDescription: "by a commit of one",
            closer: .commit("abc", ofPullRequest: 5, author: StubFacts.solver), states: ["awarded alice:1"],
            refusals: []),
        Closing(
            testDescription: "by hand, or a pull request elsewhere", closer: .other, states: ["active"],
            refusals: ["not-closed-by-merge"]),
        Closing(
            testDescription: "by a pull request of an account that is gone",
            closer: .pullRequest(number: 5, author: nil), states: ["active"], refusals: ["author-gone"]),
        Closing(
            testDescription: "as not planned, by GitHub's own record",
            closer: .pullRequest(number: 5, author: StubFacts.solver), reason: "NOT_PLANNED", states: ["active"],
            refusals: []),
    ])
    func anIssueIsClosed(example: Closing) async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await Self.close(fixture)
            let runner = fixture.runner(Self.facts(example.closer, reason: example.reason))
            #expect(try await runner.runOnce() == 1)
            #expect(try await Self.states(fixture) == example.states)
            #expect(try await Self.refusals(fixture) == example.refusals)
            let settlements = try await fixture.database.query("SELECT key FROM work WHERE kind = 'settlement'")
            #expect(settlements.count == (example.states == ["active"] ? 0 : 1))
        }
    }

    @Test func aClosingAsNotPlannedIsNone() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await Self.close(fixture, reason: "not_planned")
            #expect(try await fixture.count("work") == 0)
        }
    }

    @Test func withoutAnAppAClosingAwardsNobodyAndSaysSo() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await Self.close(fixture)
            try await fixture.runner(nil).runOnce()
            #expect(try await Self.states(fixture) == ["active"])
            #expect(try await Self.refusals(fixture) == ["closer-unknown"])
        }
    }

    @Test func aMergedPullRequestAwardsItsAuthor() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture, .pullRequest)
            let merged = try Payload.pullRequest("closed").setting("pull_request.merged", to: .raw("true"))
                .setting("pull_request.merged_at", to: .text("2026-11-21T11:00:00Z"))
                .setting("pull_request.user", to: .account(700, "alice"))
            for id in ["d-1", "d-2"] { try await fixture.deliver(.pullRequest, merged, id: id) }
            #expect(try await Self.states(fixture) == ["awarded alice:1"])
        }
    }

    @Test(
        arguments: [
            ("the sponsor", TextKind.author, ["awarded alice:70 bob:30"], []),
            ("who may write", TextKind.maintainer, ["awarded alice:70 bob:30"], []),
            ("anyone else", Payload.account(9, "mallory"), ["active"], ["no-permission"]),
            ("a bot", TextKind.bot, ["active"], []),
        ] as [(String, Payload, [String], [String])])
    func anAwardIsCommanded(by who: String, author: Payload, states: [String], refusals: [String]) async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await Self.comment(fixture, "/award @alice 70 @bob 30", by: author)
            try await fixture.runner(StubFacts()).runOnce()
            #expect(try await Self.states(fixture) == states, "by \(who)")
            #expect(try await Self.refusals(fixture) == refusals, "by \(who)")
        }
    }

    /// Where permission cannot be asked, only the sponsor's counts, for accounts that deliveries named.
    @Test(
        arguments: [
            ("@road-runner", TextKind.author, ["awarded road-runner:1"], []),
            ("@nobody-knows", TextKind.author, ["active"], ["unknown-account"]),
            ("@road-runner", TextKind.maintainer, ["active"], ["no-permission"]),
        ] as [(String, Payload, [String], [String])])
    func anAwardIsCommandedWithoutAnApp(
        login: String, author: Payload, states: [String], refusals: [String]
    ) async throws {
        try await WorkerFixture.run { fixture in
            var fixture = fixture
            fixture.handler.remembersAccounts = true
            try await Self.active(fixture)
            try await Self.comment(fixture, "/award \(login)", by: author)
            try await fixture.runner(nil).runOnce()
            #expect(try await Self.states(fixture) == states)
            #expect(try await Self.refusals(fixture) == refusals)
        }
    }

    @Test func reopeningClosingAndRedeliveryMakeNoSecondAward() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            let runner = fixture.runner(Self.facts(.pullRequest(number: 5, author: StubFacts.solver)))
            for _ in 0..<3 {
                try await Self.close(fixture)
                try await runner.runOnce()
                try await fixture.deliver(.issue, Payload.issues("reopened"))
            }
            #expect(try await fixture.steps == ["1 proposed", "2 signed", "3 awarded"])
        }
    }

    @Test func aBountyThatIsSignedAfterTheClosingIsAwardedThen() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.close(fixture)
            #expect(try await fixture.count("work") == 0)
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:250$"))
            let runner = fixture.runner(Self.facts(.pullRequest(number: 5, author: StubFacts.solver)))
            #expect(try await runner.runOnce() == 1)
            #expect(try await Self.states(fixture) == ["proposed"])
            try await fixture.sign(try #require(try await fixture.bounties.first).id)
            #expect(try await runner.runOnce() == 1)
            #expect(try await Self.states(fixture) == ["awarded alice:1"])
        }
    }

    // MARK: - Time and place

    @Test func aBountyExpires() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$sol:1$", id: 78))
            func expire(at time: Date) async throws {
                let ledgers = Ledgers(bountyLifetime: .seconds(86_400), claimTime: .seconds(60), now: { time })
                try await ExpiryTimer(database: fixture.database, ledgers: ledgers, logger: .quiet, committed: {})
                    .expireDue()
            }
            try await expire(at: WorkerFixture.now.addingTimeInterval(86_399))
            #expect(try await Self.states(fixture) == ["active", "proposed"])
            for _ in 0..<2 { try await expire(at: WorkerFixture.now.addingTimeInterval(86_400)) }
            #expect(try await Self.states(fixture) == ["expired", "expired"])
            #expect(try await fixture.count("bounty_events") == 5)
        }
    }

    @Test func bountiesFollowTheirRepository() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            func rename(_ name: String, at time: String) async throws {
                let repository = try Payload.repository.setting("full_name", to: .text(name))
                    .setting("updated_at", to: .text(time))
                try await fixture.send(
                    "repository", Payload.object(["action": .text("renamed"), "repository": repository]).data)
                try await fixture.handleNext()
                try await fixture.runner(nil).runOnce()
            }
            try await rename("acme/new", at: "2026-11-21T12:00:00Z")
            try await rename("acme/between", at: "2026-11-21T11:00:00Z")
            #expect(try await fixture.bounties.map(\.repository.fullName) == ["acme/new"])
            #expect(try await Self.states(fixture) == ["active"])
            #expect(try await fixture.steps == ["1 proposed", "2 signed", "3 moved"])
        }
    }

    @Test func withARepositoryGoItsProposedBounties() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$sol:1$", id: 78))
            try await fixture.send(
                "repository", Payload.object(["action": .text("deleted"), "repository": Payload.repository]).data)
            try await fixture.handleNext()
            try await fixture.runner(nil).runOnce()
            #expect(try await Self.states(fixture) == ["active", "cancelled"])
            #expect(
                try await fixture.deliver(.comment, TextKind.comment.payload("created", "$sol:2$", id: 79))
                    == "after_deletion")
        }
    }

    @Test func bountiesFollowTheirIssue() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.active(fixture)
            try await fixture.deliver(.issue, TextKind.issue.payload("opened", "$sol:1$", id: 3_000_000_001))
            let there = try Payload.issue(page: "issues").setting("id", to: .number(7)).setting(
                "number", to: .number(3)
            )
            .setting("body", to: .text("$sol:1$")).setting("html_url", to: .text("https://github.com/acme/o/issues/3"))
            let other = Payload.object(["id": .number(11), "full_name": .text("acme/o")])
            let left = try Payload.issues("transferred").setting(
                "changes", to: .object(["new_issue": there, "new_repository": other]))
            let arrived = try Payload.issues("opened").setting("issue", to: there).setting("repository", to: other)
                .setting(
                    "changes",
                    to: .object(["old_issue": Payload.issue(page: "issues"), "old_repository": Payload.repository]))
            for payload in [arrived, left, arrived] {
                try await fixture.deliver(.issue, payload, id: UUID().uuidString)
            }
            let bounties = try await fixture.bounties
            #expect(bounties.map(\.repository.id) == [11, 11])
            #expect(bounties.map(\.issue.number) == [3, 3])
            #expect(bounties.map { "\($0.source.kind) \($0.source.id)" }.sorted() == ["issue 7", "issueComment 77"])
            #expect(Set(try await Self.states(fixture)) == ["active", "proposed"])
        }
    }
}
