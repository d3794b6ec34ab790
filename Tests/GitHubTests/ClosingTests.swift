import FoundationEssentials
import GitHubSandbox
import NIOHTTP1
import TestSupport
import Testing

@testable import GitHub

/// What closed an issue, as GitHub's own record says.
struct ClosingTests {
    private static let repository = "acme/rocket-skates"
    private static let coyote = GitHubUser(id: 1_004, login: "wile-e-coyote")

    @Test func aMergedPullRequestIsTheCloser() async throws {
        try await GitHubFixture.run { fixture in
            let open = try await fixture.client.closing(of: fixture.issue)
            #expect(open == nil)
            let pull = try fixture.sandbox.perform(
                .openPullRequest(repository: Self.repository, title: "Fix", body: "Closes #1", by: "wile-e-coyote"))
            try fixture.sandbox.perform(
                .mergePullRequest(repository: Self.repository, number: pull.number ?? 0, by: "octocat"))
            let closing = try #require(try await fixture.client.closing(of: fixture.issue))
            #expect(closing.isClosed)
            #expect(closing.reason == "COMPLETED")
            #expect(closing.closedAt != nil)
            #expect(closing.closer == .pullRequest(number: 2, author: Self.coyote))
        }
    }

    @Test func anEnterprisesAPIIsBelowAPath() async throws {
        try await GitHubFixture.run(apiPrefix: "/api/v3") { fixture in
            try fixture.sandbox.perform(
                .closeIssue(repository: Self.repository, number: 1, reason: "completed", commit: nil, by: "octocat"))
            let closing = try await fixture.client.closing(of: fixture.issue)
            #expect(closing?.closer == .other)
            let made = try await fixture.client.createComment("x", on: fixture.issue)
            for _ in 0..<101 { _ = try await fixture.client.createComment("y", on: fixture.issue) }
            try fixture.sandbox.perform(.renameRepository(Self.repository, to: "jet-skates", by: "octocat"))
            let last = try await fixture.client.firstComment(of: fixture.issue) { $0.body == "z" }
            #expect(last == nil)
            #expect(
                fixture.asked("/api/v3/repositories/\(fixture.repository.id)/issues/1/comments?per_page=100&page=2")
                    == 1)
            try await fixture.client.editComment(made.id, to: "edited", in: fixture.repository)
        }
    }

    @Test func byHandItIsNobody() async throws {
        try await GitHubFixture.run { fixture in
            try fixture.sandbox.perform(
                .closeIssue(
                    repository: Self.repository, number: 1, reason: "not_planned", commit: nil, by: "octocat"))
            let closing = try #require(try await fixture.client.closing(of: fixture.issue))
            #expect(closing.reason == "NOT_PLANNED")
            #expect(closing.closer == .other)
            try fixture.sandbox.perform(.reopenIssue(repository: Self.repository, number: 1, by: "octocat"))
            let reopened = try await fixture.client.closing(of: fixture.issue)
            #expect(reopened?.isClosed == false)
        }
    }

    @Test func ofARepositoryThatTookTheNameNothingIsBelieved() async throws {
        try await GitHubFixture.run { fixture in
            try fixture.sandbox.perform(
                .closeIssue(repository: Self.repository, number: 1, reason: "completed", commit: nil, by: "octocat"))
            var other = fixture.issue
            other.repository.id += 1
            let closing = try await fixture.client.closing(of: other)
            #expect(closing == nil)
        }
    }

    private static func answer(_ closer: String) -> String {
        #"""
        {"data":{"repository":{"databaseId":7,"issue":{"state":"CLOSED","timelineItems":{"nodes":[
        {"createdAt":"2026-11-21T10:00:00Z","stateReason":"COMPLETED","closer":\#(closer)}]}}}}}
        """#
    }

    private static func pull(
        _ number: Int, merged: Bool = true, repository: Int = 7, commit: String = "m", author: String = coyoteJSON
    ) -> String {
        #""number":\#(number),"merged":\#(merged),"mergeCommit":{"oid":"\#(commit)"},"repository":{"databaseId":\#(repository)},"author":\#(author)"#
    }

    private static let coyoteJSON = #"{"login":"wile-e-coyote","databaseId":1004}"#

    static let closers: [(String, GitHubClosing.Closer)] = [
        ("null", .other),
        (#"{"__typename":"ProjectV2"}"#, .other),
        (#"{"__typename":"PullRequest",\#(pull(2))}"#, .pullRequest(number: 2, author: coyote)),
        (#"{"__typename":"PullRequest",\#(pull(2, merged: false))}"#, .other),
        (#"{"__typename":"PullRequest",\#(pull(2, repository: 8))}"#, .other),
        (#"{"__typename":"PullRequest",\#(pull(2, author: "null"))}"#, .pullRequest(number: 2, author: nil)),
        // An author without an account of their own, such as a mannequin that GitHub gives no id.
        (#"{"__typename":"PullRequest",\#(pull(2, author: #"{"login":"x"}"#))}"#, .pullRequest(number: 2, author: nil)),
        (#"{"__typename":"Commit","oid":"c","associatedPullRequests":{"nodes":[]}}"#, .other),
        (
            #"{"__typename":"Commit","oid":"c","associatedPullRequests":{"nodes":[{\#(pull(3))}]}}"#,
            .commit("c", ofPullRequest: 3, author: coyote)
        ),
        (
            #"{"__typename":"Commit","oid":"c","associatedPullRequests":{"nodes":[{\#(pull(3, repository: 8))}]}}"#,
            .other
        ),
        (
            #"{"__typename":"Commit","oid":"c","associatedPullRequests":{"nodes":[{\#(pull(3, merged: false))}]}}"#,
            .other
        ),
        // Part of two that are merged: whose is it?
        (
            #"{"__typename":"Commit","oid":"c","associatedPullRequests":{"nodes":[{\#(pull(3))},{\#(pull(4))}]}}"#,
            .other
        ),
        (
            #"{"__typename":"Commit","oid":"c","associatedPullRequests":{"nodes":[{\#(pull(3))},{\#(pull(4, commit: "c"))}]}}"#,
            .commit("c", ofPullRequest: 4, author: coyote)
        ),
    ]

    @Test(arguments: closers.indices) func whoTheSolverIs(index: Int) throws {
        let (closer, expected) = Self.closers[index]
        let decoded = try GitHubAnswer(status: 200, headers: [:], body: Data(Self.answer(closer).utf8))
            .json(ClosingAnswer.self)
        let closing = try #require(
            try decoded.closing(in: GitHubRepository(id: 7, fullName: "a/b", installation: 1)))
        #expect(closing.closer == expected)
    }

    @Test func anErrorOfGraphQLIsNoAnswer() throws {
        func decoded(_ text: String) throws -> GitHubClosing? {
            try GitHubAnswer(status: 200, headers: [:], body: Data(text.utf8)).json(ClosingAnswer.self)
                .closing(in: GitHubRepository(id: 7, fullName: "a/b", installation: 1))
        }
        #expect(try decoded(#"{"data":{"repository":null},"errors":[{"type":"NOT_FOUND"}]}"#) == nil)
        #expect(throws: GitHubError.self) { try decoded(#"{"errors":[{"message":"timeout"}]}"#) }
        #expect(throws: GitHubError.self) { try decoded("{}") }
    }
}
