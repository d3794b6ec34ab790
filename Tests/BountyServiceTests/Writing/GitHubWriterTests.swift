import BountyDomain
import Events
import FoundationEssentials
import GitHub
import GitHubSandbox
import HTTP
import HTTPTypes
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// What is written to GitHub, against a server that behaves as GitHub does.
struct GitHubWriterTests {
    @Test func theCommentIsMadeOnceAndEdited() async throws {
        try await WriterFixture.run { fixture in
            let writer = fixture.writer()
            try await fixture.bounty("250")
            try await fixture.pass(writer)
            let first = try fixture.onlyComment()
            #expect(first.body.hasPrefix("<!-- bursar:issue:\(fixture.repository)/1 -->\n"))
            #expect(first.body.contains("`250 USDC`"))
            try await fixture.bounty("300")
            try await fixture.pass(writer)
            let edited = try fixture.onlyComment()
            #expect(edited.id == first.id)
            #expect(edited.body.contains("`300 USDC`"))
            // Nothing is due, and nothing asked.
            let asked = fixture.sandbox.apiRequests.count
            try await fixture.pass(writer)
            #expect(fixture.sandbox.apiRequests.count == asked)
            // A change that shows nothing new makes no edit.
            let place = fixture.place()
            try await fixture.database.transaction { try IssueWrites.touch(place, in: $0) }
            let edits = fixture.edits()
            try await fixture.pass(writer)
            #expect(fixture.edits() == edits)
            let preview = try await IssueWrites.preview(
                repository: fixture.repository, number: 1, client: fixture.database)
            #expect(preview == edited.body)
        }
    }

    @Test func aBurstOfChangesMakesOneEdit() async throws {
        try await WriterFixture.run { fixture in
            for amount in 1...20 { try await fixture.bounty(String(amount)) }
            // On a busy machine GitHub's answer may come too late, and is asked for again.
            try await poll {
                try await fixture.pass(fixture.writer())
                return fixture.edits() > 0
            }
            #expect(fixture.edits() == 1)
            #expect(try #require(try fixture.comments().first).body.contains("`20 USDC`"))
        }
    }

    @Test func whatChangesWhileItIsWrittenIsWrittenNext() async throws {
        try await WriterFixture.run { fixture in
            let writer = fixture.writer()
            try await fixture.bounty("1")
            fixture.sandbox.add(SandboxFault(.post, "/comments", delay: .milliseconds(500)))
            try await fixture.makeDue()
            async let pass = writer.pass()
            try await poll { fixture.sandbox.apiRequests.contains { $0.path.contains("comments?per_page") } }
            try await fixture.bounty("2")
            _ = try await pass
            try await fixture.pass(writer)
            #expect(try fixture.onlyComment().body.contains("`2 USDC`"))
        }
    }

    @Test func afterALossOfItsRowTheCommentIsFoundAgainByItsMarker() async throws {
        try await WriterFixture.run { fixture in
            try await fixture.bounty("1")
            try await fixture.pass(fixture.writer())
            for index in 1...120 {
                try fixture.sandbox.perform(
                    .comment(repository: WriterFixture.name, number: 1, body: "\(index)", by: "octocat"))
            }
            try await fixture.database.execute("DELETE FROM github_issues")
            try await fixture.bounty("2")
            try await fixture.pass(fixture.writer())
            #expect(try fixture.onlyComment().body.contains("`2 USDC`"))
        }
    }

    @Test func forgedAndCopiedMarkersAreNotOurs() async throws {
        try await WriterFixture.run { fixture in
            let marker = StatusMarker(repository: fixture.repository, number: 1).text
            try fixture.sandbox.perform(
                .comment(repository: WriterFixture.name, number: 1, body: marker + "\nforged", by: "wile-e-coyote"))
            try await fixture.bounty("1")
            try await fixture.pass(fixture.writer())
            #expect(try fixture.comments().count == 1)
            let texts = try fixture.sandbox.view(repository: WriterFixture.name, number: 1).comments
            #expect(texts.first?.body.hasSuffix("forged") == true)
            // A transfer copies our comment, whose marker names the old place.
            try fixture.sandbox.perform(.makeRepository(fullName: "acme/elsewhere", by: "octocat"))
            try fixture.sandbox.perform(
                .transferIssue(repository: WriterFixture.name, number: 1, to: "acme/elsewhere", by: "octocat"))
            let other = try #require(fixture.sandbox.repositoryID("acme/elsewhere"))
            let found = try await fixture.client.firstComment(
                of: GitHubIssue(
                    repository: GitHubRepository(
                        id: other, fullName: "acme/elsewhere", installation: 4_800_000_001), number: 1)
            ) { StatusMarker(repository: other, number: 1).marks($0.body) }
            #expect(found == nil)
            // Where it was, nothing is to be written any more.
            try await fixture.bounty("2")
            let writer = fixture.writer { $0.maximumAttempts = 2 }
            for _ in 0..<2 { try await fixture.pass(writer) }
            let error = try await fixture.column("last_error")
            #expect(error?.contains("404") == true || error?.contains("403") == true, "\(error ?? "")")
        }
    }

    @Test func aCommentThatSomebodyDeletedIsMadeAnew() async throws {
        try await WriterFixture.run { fixture in
            let writer = fixture.writer()
            try await fixture.bounty("1")
            try await fixture.pass(writer)
            try fixture.sandbox.perform(.deleteComment(id: try fixture.onlyComment().id, by: "octocat"))
            try await fixture.bounty("2")
            try await fixture.pass(writer)
            #expect(try fixture.comments().map { $0.body.contains("`2 USDC`") } == [true])
        }
    }

    /// The answer to making the comment is lost: by a crash, or on its way.
    @Test func aCommentWhoseMakingWasNotHeardOfIsNotMadeTwice() async throws {
        try await WriterFixture.run { fixture in
            try await fixture.bounty("1")
            fixture.sandbox.add(SandboxFault(.post, "/comments", status: .badGateway, takesEffect: true))
            try await fixture.pass(fixture.writer())
            #expect(try await fixture.column("comment_id") == nil)
            #expect(try await fixture.column("attempts") == "0")
            try await fixture.pass(fixture.writer())
            #expect(try fixture.comments().count == 1)
            #expect(try await fixture.column("comment_id") != nil)
        }
    }

    @Test func ofManyReplicasOneWrites() async throws {
        try await WriterFixture.run { fixture in
            for number in 2...6 {
                try fixture.sandbox.perform(
                    .openIssue(repository: WriterFixture.name, title: "\(number)", body: "", by: "octocat"))
            }
            let tasks = (0..<4).map { index in
                Task { try await fixture.writer(index % 2) { $0.pollInterval = .milliseconds(20) }.run() }
            }
            for round in 1...5 {
                for number in 1...6 {
                    try await fixture.bounty("\(round)", number: Int64(number), comment: Int64(number))
                }
            }
            try await poll {
                try await fixture.database.query("SELECT 1 AS one FROM github_issues WHERE wanted > written").isEmpty
            }
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
            for number in 1...6 {
                let comments = try fixture.comments(number: Int64(number))
                #expect(comments.count == 1)
                #expect(comments.first?.body.contains("`5 USDC`") == true)
            }
        }
    }

    @Test func anotherReplicaTakesOverWhenTheLeaseHasEnded() async throws {
        try await WriterFixture.run { fixture in
            try await fixture.bounty("1")
            try await fixture.database.execute(
                """
                INSERT INTO github_writers (installation_id, holder, expires_at)
                VALUES (4800000001, 'a crashed replica', now() + interval '1 hour')
                """)
            let writer = fixture.writer()
            try await fixture.pass(writer)
            #expect(try fixture.comments().isEmpty)
            try await fixture.database.execute("UPDATE github_writers SET expires_at = now() - interval '1 second'")
            try await fixture.pass(writer)
            #expect(try fixture.comments().count == 1)
        }
    }

    @Test func betweenTwoWritesIsAPauseThatAllReplicasKeep() async throws {
        try await WriterFixture.run { fixture in
            try fixture.sandbox.perform(.openIssue(repository: WriterFixture.name, title: "2", body: "", by: "octocat"))
            try await fixture.bounty("1")
            try await fixture.bounty("1", number: 2, comment: 78)
            for index in 0..<2 { try await fixture.pass(fixture.writer(index) { $0.interval = .seconds(600) }) }
            #expect(fixture.edits() == 1)
            try await fixture.database.execute(
                "UPDATE github_writers SET next_write_at = now() - interval '1 second', expires_at = now()")
            try await fixture.pass(fixture.writer(1) { $0.interval = .seconds(600) })
            #expect(fixture.edits() == 2)
        }
    }

    @Test func aRateLimitPausesTheInstallationForAll() async throws {
        try await WriterFixture.run { fixture in
            try await fixture.bounty("1")
            fixture.sandbox.add(
                SandboxFault(
                    .post, "/comments", status: .forbidden, headers: [.constant("Retry-After"): "600"],
                    body: #"{"message":"secondary"}"#))
            try await fixture.pass(fixture.writer())
            #expect(try await fixture.column("attempts") == "0")
            let asked = fixture.sandbox.apiRequests.count
            for index in 0..<2 { try await fixture.pass(fixture.writer(index)) }
            #expect(fixture.sandbox.apiRequests.count == asked)
            let rows = try await fixture.database.query(
                "SELECT extract(epoch FROM next_write_at - now())::float8 AS wait FROM github_writers")
            let wait = try #require(rows.first).get("wait", as: Double.self)
            #expect((500...601).contains(wait))
        }
    }

    @Test func anOutageIsNoAttemptAndARefusalEndsAfterAFew() async throws {
        try await WriterFixture.run { fixture in
            let writer = fixture.writer { $0.maximumAttempts = 3 }
            try await fixture.bounty("1")
            fixture.sandbox.add(SandboxFault(nil, "/comments", status: .serviceUnavailable, times: 5))
            for _ in 0..<5 { try await fixture.pass(writer) }
            #expect(try await fixture.column("attempts") == "0")
            try fixture.sandbox.perform(.lockIssue(repository: WriterFixture.name, number: 1, by: "octocat"))
            for _ in 0..<3 { try await fixture.pass(writer) }
            #expect(try await fixture.column("attempts") == "3")
            let rows = try await fixture.database.query(
                "SELECT next_attempt_at > now() + interval '1 year' AS never FROM github_issues")
            #expect(try #require(rows.first).get("never"))
            // A change is tried again.
            try await fixture.bounty("2")
            #expect(try await fixture.column("attempts") == "0")
        }
    }

    @Test func theInstallationIsFoundOutWhereNoDeliveryNamesIt() async throws {
        try await WriterFixture.run { fixture in
            let writer = fixture.writer()
            try await fixture.bounty("1", installation: nil)
            try await fixture.pass(writer)
            #expect(try fixture.comments().isEmpty)
            #expect(try await fixture.column("installation_id") == "4800000001")
            try await fixture.pass(writer)
            #expect(try fixture.comments().count == 1)
        }
    }

    @Test func whereTheAppIsNotInstalledNothingIsWritten() async throws {
        try await WriterFixture.run { fixture in
            fixture.sandbox.setInstalled(false, in: WriterFixture.name)
            try await fixture.bounty("1", installation: nil)
            try await fixture.pass(fixture.writer())
            #expect(try await fixture.column("last_error")?.contains("not installed") == true)
            #expect(try await fixture.column("attempts") == "1")
        }
    }

    @Test func withoutAnAppItIsKeptWhatWouldBeWritten() async throws {
        try await WriterFixture.run { fixture in
            let writer = fixture.writer(app: false)
            try await fixture.bounty("250", installation: nil)
            let place = fixture.place(installation: nil)
            try await fixture.database.transaction {
                try IssueWrites.react(
                    to: .init(kind: .issueComment, id: 77, url: "u"), with: .rocket, at: place, in: $0)
            }
            try await fixture.pass(writer)
            let preview = try await IssueWrites.preview(
                repository: fixture.repository, number: 1, client: fixture.database)
            #expect(preview?.contains("`250 USDC`") == true)
            #expect(fixture.sandbox.apiRequests.isEmpty)
            let rows = try await fixture.database.query("SELECT 1 AS one FROM github_reactions WHERE done_at IS NULL")
            #expect(rows.isEmpty)
        }
    }

    @Test func aReactionIsPutOnItsText() async throws {
        try await WriterFixture.run { fixture in
            let comment = try fixture.sandbox.perform(
                .comment(repository: WriterFixture.name, number: 1, body: "x", by: "octocat"))
            let place = fixture.place()
            let sources: [BountyRecord.Source] = [
                .init(kind: .issueComment, id: comment.comment ?? 0, url: ""), .init(kind: .issue, id: 5, url: ""),
            ]
            for _ in 0..<2 {
                try await fixture.database.transaction { transaction in
                    for source in sources {
                        try IssueWrites.react(to: source, with: .confused, at: place, in: transaction)
                    }
                }
            }
            let writer = fixture.writer()
            for _ in 0..<2 { try await fixture.pass(writer) }
            let view = try fixture.sandbox.view(repository: WriterFixture.name, number: 1)
            #expect(view.text.reactions == ["confused"])
            #expect(view.comments.first?.reactions == ["confused"])
            // No comment without something to say.
            #expect(view.comments.count == 1)
        }
    }
}
