import BountyDomain
import Events
import JetStream
import TestSupport
import Testing

@testable import BountyService

/// What is delivered late about the place that an issue was transferred from belongs to where it is now.
@Suite(.timeLimit(.minutes(5))) struct TransferTests {
    private static let there = IssueKey(repository: 11, number: 3)

    private static func newIssue() throws -> Payload {
        try Payload.issue(page: "issues").setting("id", to: .number(7)).setting("number", to: .number(3))
            .setting("html_url", to: .text("https://github.com/acme/other/issues/3"))
    }

    private static let newRepository = Payload.object(["id": .number(11), "full_name": .text("acme/other")])

    private static func transfer() throws -> Payload {
        try Payload.issues("transferred").setting(
            "changes", to: .object(["new_issue": newIssue(), "new_repository": newRepository]))
    }

    private static func comment(_ action: String, _ body: String, at second: Int = 0) throws -> Payload {
        try TextKind.comment.payload(action, body, at: second)
            .setting("comment.created_at", to: .text("2026-11-21T10:00:00Z"))
    }

    /// The deliveries of a comment that is written, edited and perhaps deleted before the transfer, from the first to the last.
    private static func story(deletes: Bool) throws -> [(String, Payload)] {
        [
            ("issue_comment", try comment("created", "$usdc:5$")),
            ("issue_comment", try comment("edited", "$usdc:6$", at: 1)),
        ] + (deletes ? [("issue_comment", try comment("deleted", "$usdc:6$", at: 2))] : [])
            + [("issues", try transfer())]
    }

    @Test(arguments: [false, true], [0, 1, 2, 3])
    func deliveriesOfBeforeFollowWheneverTheyCome(deletes: Bool, early: Int) async throws {
        try await WorkerFixture.run { fixture in
            var deliveries = try Self.story(deletes: deletes)
            // The transfer comes after the first few.
            let last = deliveries.removeLast()
            deliveries.insert(last, at: min(early, deliveries.count))
            for (event, payload) in deliveries {
                try await fixture.send(event, payload.data)
                try await fixture.handleNext()
            }
            let found = try await fixture.bounties
            #expect(found.map(\.amount) == ["6"])
            // What was cancelled before stays where it was.
            if !deletes || early < 3 { #expect(found.map(\.place.key) == [Self.there]) }
            #expect(found.map(\.state) == [deletes ? .cancelled : .proposed])
        }
    }

    @Test func inOneBatchToo() async throws {
        try await WorkerFixture.run { fixture in
            let story = try Self.story(deletes: false)
            for (event, payload) in story.suffix(1) + story.dropLast() { try await fixture.send(event, payload.data) }
            var batch: [JetStreamMessage] = []
            while batch.count < story.count {
                batch += try #require(await fixture.consumer.next(FetchLimits(messages: 10)))
            }
            try await fixture.handler.handle(batch)
            let found = try await fixture.bounties
            #expect(found.map { "\($0.amount) \($0.place.key.repository)" } == ["6 11"])
        }
    }

    @Test func theIssuesOwnTextFollows() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send("issues", try Self.transfer().data)
            try await fixture.handleNext()
            let opened = try TextKind.issue.payload("opened", "$usdc:5$", id: 3_000_000_001)
            try await fixture.send("issues", opened.data)
            try await fixture.handleNext()
            let edited = try TextKind.issue.payload("edited", "$usdc:7$", at: 9, id: 7)
                .setting("issue.number", to: .number(3)).setting("repository", to: Self.newRepository)
            try await fixture.send("issues", edited.data)
            try await fixture.handleNext()
            let found = try await fixture.bounties
            #expect(found.map { "\($0.amount) \($0.source.id) \($0.place.key.repository)" } == ["7 7 11"])
        }
    }

    /// A transfer gives comments new ids, and nobody tells which.
    @Test func theCopyOfACommentIsTheSameText() async throws {
        try await WorkerFixture.run { fixture in
            for (event, payload) in try Self.story(deletes: false) {
                try await fixture.send(event, payload.data)
                try await fixture.handleNext()
            }
            func copy(_ action: String, _ body: String, at second: Int) throws -> Payload {
                try Self.comment(action, body, at: second).setting("comment.id", to: .number(999))
                    .setting("comment.html_url", to: .text("https://github.com/acme/other/issues/3#issuecomment-999"))
                    .setting("issue", to: Self.newIssue()).setting("repository", to: Self.newRepository)
            }
            try await fixture.send("issue_comment", try copy("edited", "$usdc:8$", at: 60).data)
            try await fixture.handleNext()
            #expect(try await fixture.bounties.map { "\($0.amount) \($0.source.id)" } == ["8 999"])
            try await fixture.send("issue_comment", try copy("deleted", "$usdc:8$", at: 61).data)
            try await fixture.handleNext()
            #expect(try await fixture.bounties.map(\.state) == [.cancelled])
        }
    }
}
