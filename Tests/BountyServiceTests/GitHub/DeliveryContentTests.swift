import BountyDomain
import Events
import FoundationEssentials
import Testing

@testable import BountyService

struct DeliveryContentTests {
    static func revision(_ event: String, _ payload: Payload) throws -> TextRevision {
        let content = try DeliveryContent(event: event, body: payload.data)
        guard case .revision(let revision) = content else {
            throw Unexpected(content: content)
        }
        return revision
    }

    struct Unexpected: Error { var content: DeliveryContent }

    static let repository = BountyRecord.Repository(id: 4_100_200_300, fullName: "acme/rocket-skates")
    static let author = Actor(account: .init(id: 501, login: "wile-e"), isBot: false)
    static let commenter = Actor(account: .init(id: 502, login: "road-runner"), isBot: false)

    static func issue(page: String, isPullRequest: Bool) -> BountyRecord.Issue {
        .init(
            id: 3_000_000_001, number: 12, title: "Brakes are missing",
            url: "https://github.com/acme/rocket-skates/\(page)/12", isPullRequest: isPullRequest)
    }

    static let comment = BountyRecord.Source(
        kind: .issueComment, id: 77, url: "https://github.com/acme/rocket-skates/issues/12#issuecomment-77")

    // MARK: - What is read

    @Test func aCommentIsARevisionOfItsOwnText() throws {
        #expect(
            try Self.revision("issue_comment", .comment("created"))
                == TextRevision(
                    source: Self.comment, repository: Self.repository,
                    issue: Self.issue(page: "issues", isPullRequest: false), author: Self.commenter,
                    sender: Self.commenter, body: "Me too: $sol:1.5$",
                    updatedAt: Date(timeIntervalSince1970: 1_795_255_200), change: .created))
    }

    @Test func anIssueIsARevisionOfItsBody() throws {
        #expect(
            try Self.revision("issues", .issues("opened"))
                == TextRevision(
                    source: .init(
                        kind: .issue, id: 3_000_000_001, url: "https://github.com/acme/rocket-skates/issues/12",
                        createdAt: Date(timeIntervalSince1970: 1_795_251_600)),
                    repository: Self.repository, issue: Self.issue(page: "issues", isPullRequest: false),
                    author: Self.author, sender: Self.author, body: "Please add some.\n$usdc:250$",
                    updatedAt: Date(timeIntervalSince1970: 1_795_253_400), change: .created))
    }

    @Test func aPullRequestIsARevisionOfItsBody() throws {
        #expect(
            try Self.revision("pull_request", .pullRequest("opened"))
                == TextRevision(
                    source: .init(
                        kind: .pullRequest, id: 3_000_000_001, url: "https://github.com/acme/rocket-skates/pull/12",
                        createdAt: Date(timeIntervalSince1970: 1_795_251_600)),
                    repository: Self.repository, issue: Self.issue(page: "pull", isPullRequest: true),
                    author: Self.author, sender: Self.author, body: "Please add some.\n$usdc:250$",
                    updatedAt: Date(timeIntervalSince1970: 1_795_253_400), change: .created))
    }

    @Test func aCommentOnAPullRequestSaysSo() throws {
        let payload = try Payload.comment("created").setting("issue.pull_request", to: .raw("{\"url\":\"\"}"))
        #expect(try Self.revision("issue_comment", payload).issue.isPullRequest)
        let none = try Payload.comment("created").setting("issue.pull_request", to: .null)
        #expect(try !Self.revision("issue_comment", none).issue.isPullRequest)
    }

    @Test(arguments: ["issue_comment", "issues", "pull_request"])
    func anEditHasTheBodyBeforeWhereItIsSaid(event: String) throws {
        let edited = try Payload.of(event, "edited")
        let said = try edited.setting("changes", to: .raw(#"{"body":{"from":"before"},"title":{"from":"Brakes"}}"#))
        #expect(try Self.revision(event, said).change == .edited(from: "before"))
        for changes in [#"{"body":{"from":null}}"#, #"{"body":{}}"#, #"{"body":null}"#, "{}", "null"] {
            let unsaid = try edited.setting("changes", to: .raw(changes))
            #expect(try Self.revision(event, unsaid).change == .edited(from: nil), "\(changes)")
        }
        #expect(try Self.revision(event, edited).change == .edited(from: nil))
    }

    /// Else a body that someone else wrote would become its author's own with the next edit of the title.
    @Test(arguments: [
        ("issues", #"{"title":{"from":"before"}}"#), ("pull_request", #"{"title":{"from":"before"}}"#),
        ("pull_request", #"{"base":{"ref":{"from":"main"}}}"#),
    ])
    func anEditThatLeavesTheBodyAloneIsNoRevisionOfIt(event: String, changes: String) throws {
        let payload = try Payload.of(event, "edited").setting("changes", to: .raw(changes))
        guard case .ignored = try DeliveryContent(event: event, body: payload.data) else {
            Issue.record("an edit of \(changes) is read as a revision of the body")
            return
        }
    }

    @Test func aDeletionNamesTheTextAndItsTime() throws {
        let place = IssuePlace(
            repository: Self.repository, issue: Self.issue(page: "issues", isPullRequest: false), installation: 9)
        let comment = try Payload.comment("deleted").setting("installation", to: .raw(#"{"id":9}"#))
        #expect(
            try DeliveryContent(event: "issue_comment", body: comment.data)
                == .deletion(
                    .init(
                        source: Self.comment, place: place, sender: Self.commenter.account,
                        at: Date(timeIntervalSince1970: 1_795_255_200))))
        let issue = try Payload.issues("deleted").setting("installation", to: .raw(#"{"id":9}"#))
        #expect(
            try DeliveryContent(event: "issues", body: issue.data)
                == .deletion(
                    .init(
                        source: .init(
                            kind: .issue, id: 3_000_000_001, url: "https://github.com/acme/rocket-skates/issues/12",
                            createdAt: Date(timeIntervalSince1970: 1_795_251_600)),
                        place: place, sender: Self.author.account, at: Date(timeIntervalSince1970: 1_795_253_400))))
    }

    @Test(arguments: ["issue_comment", "issues", "pull_request"])
    func aBodyMayBeNullOrMissing(event: String) throws {
        let path = ["issue_comment": "comment.body", "issues": "issue.body", "pull_request": "pull_request.body"][event]
        let payload = try Payload.of(event, event == "issue_comment" ? "created" : "opened")
        for body in [Payload.null, nil] {
            #expect(try Self.revision(event, try payload.setting(#require(path), to: body)).body == "")
        }
    }

    @Test(arguments: [
        ("issue_comment", "created", "comment.user"), ("issue_comment", "edited", "comment.user"),
        ("issues", "opened", "issue.user"), ("pull_request", "edited", "pull_request.user"),
    ])
    func aTextOfAnAccountThatIsGoneIsIgnored(event: String, action: String, path: String) throws {
        let payload = try Payload.of(event, action).setting(path, to: .null)
        #expect(try DeliveryContent(event: event, body: payload.data) == .ignored(reason: "no_author"))
    }

    @Test func theDeletionOfATextOfAnAccountThatIsGoneCounts() throws {
        let payload = try Payload.comment("deleted").setting("comment.user", to: .null).setting("issue.user", to: .null)
        guard case .deletion(let deletion) = try DeliveryContent(event: "issue_comment", body: payload.data) else {
            Issue.record("no deletion")
            return
        }
        #expect(deletion.source == Self.comment)
    }

    // MARK: - What happens to issues and repositories

    static let place = IssuePlace(repository: repository, issue: issue(page: "issues", isPullRequest: false))
    static let closedAt = Date(timeIntervalSince1970: 1_795_255_200)

    @Test(arguments: [("completed", true), ("not_planned", false), ("duplicate", false), (nil, false)])
    func onlyClosedAsCompletedIsAClosing(reason: String?, isClosing: Bool) throws {
        let payload = try Payload.issues("closed").setting("issue.state_reason", to: reason.map { .text($0) } ?? .null)
            .setting("issue.closed_at", to: .text("2026-11-21T10:00:00Z"))
        let expected: DeliveryContent =
            isClosing
            ? .closing(.init(place: Self.place, actor: Self.author.account, at: Self.closedAt))
            : .ignored(reason: "not_completed")
        #expect(try DeliveryContent(event: "issues", body: payload.data) == expected)
    }

    @Test func aClosedPullRequestCountsWhereItWasMerged() throws {
        let closed = try Payload.pullRequest("closed").setting(
            "pull_request.merged_at", to: .text("2026-11-21T10:00:00Z"))
        let place = IssuePlace(repository: Self.repository, issue: Self.issue(page: "pull", isPullRequest: true))
        let merged = try closed.setting("pull_request.merged", to: .raw("true"))
        #expect(
            try DeliveryContent(event: "pull_request", body: merged.data)
                == .merge(
                    .init(place: place, actor: Self.author.account, at: Self.closedAt), author: Self.author.account))
        for value in [Payload.raw("false"), .null, nil] {
            let unmerged = try closed.setting("pull_request.merged", to: value)
            #expect(
                try DeliveryContent(event: "pull_request", body: unmerged.data) == .ignored(reason: "not_merged"))
        }
    }

    @Test func aTransferIsToldOfOnBothSides() throws {
        let there = try Payload.issue(page: "issues").setting("id", to: .number(7)).setting("number", to: .number(3))
            .setting("html_url", to: .text("https://github.com/acme/other/issues/3"))
        let other = Payload.object(["id": .number(11), "full_name": .text("acme/other")])
        let left = try Payload.issues("transferred").setting(
            "changes", to: .object(["new_issue": there, "new_repository": other]))
        let arrived = try Payload.issues("opened").setting("issue", to: there).setting("repository", to: other)
            .setting(
                "changes",
                to: .object(["old_issue": Payload.issue(page: "issues"), "old_repository": Payload.repository]))
        let content = try DeliveryContent(event: "issues", body: left.data)
        #expect(try content == DeliveryContent(event: "issues", body: arrived.data))
        guard case .transfer(let transfer) = content else {
            Issue.record("no transfer")
            return
        }
        #expect(transfer.old == Self.place)
        #expect(transfer.new.key == IssueKey(repository: 11, number: 3))
    }

    @Test func aRepositoryIsRenamedTransferredOrDeleted() throws {
        func payload(_ action: String) -> Payload {
            .object(["action": .text(action), "repository": Payload.repository, "sender": .account(1, "a")])
        }
        for action in ["renamed", "transferred"] {
            #expect(
                try DeliveryContent(event: "repository", body: payload(action).data)
                    == .renaming(Self.repository, at: nil))
        }
        #expect(
            try DeliveryContent(event: "repository", body: payload("deleted").data)
                == .repositoryDeletion(id: 4_100_200_300))
    }

    /// The name of the event is not signed: else whoever has a signed delivery of a star taken back could end a repository.
    @Test(arguments: ["starred_at", "comment", "label", "release", "milestone"])
    func whatHasMoreThanARepositoryIsNoDeletionOfOne(member: String) throws {
        let payload = Payload.object([
            "action": .text("deleted"), "repository": Payload.repository, member: .null,
        ])
        let error = #expect(throws: PayloadError.self) {
            try DeliveryContent(event: "repository", body: payload.data)
        }
        #expect(error?.path == member)
    }

    @Test func installationsNameTheirRepositories() throws {
        let created = #"{"action":"created","installation":{"id":9},"repositories":[{"id":1},{"id":2}]}"#
        #expect(
            try DeliveryContent(event: "installation", body: Data(created.utf8))
                == .installation(.init(id: 9, added: [1, 2], removed: [], isGone: false)))
        let deleted = #"{"action":"deleted","installation":{"id":9}}"#
        #expect(
            try DeliveryContent(event: "installation", body: Data(deleted.utf8))
                == .installation(.init(id: 9, added: [], removed: [], isGone: true)))
        let removed =
            #"{"action":"removed","installation":{"id":9},"repositories_added":[],"repositories_removed":[{"id":1}]}"#
        #expect(
            try DeliveryContent(event: "installation_repositories", body: Data(removed.utf8))
                == .installation(.init(id: 9, added: [], removed: [1], isGone: false)))
    }

    @Test(arguments: [
        ("User", false), ("Bot", true), ("Organization", false), ("Mannequin", false), ("", false),
    ])
    func onlyAnAccountOfTypeBotIsABot(type: String, isBot: Bool) throws {
        let payload = try Payload.comment("created").setting("comment.user.type", to: .text(type))
            .setting("sender.type", to: .text(type))
        let revision = try Self.revision("issue_comment", payload)
        #expect(revision.author.isBot == isBot)
        #expect(revision.sender.isBot == isBot)
    }

    @Test(arguments: [1, 4_294_967_296, 9_007_199_254_740_993, Int64.max] as [Int64])
    func idsAreExact(id: Int64) throws {
        var payload = Payload.comment("created")
        for path in ["comment.id", "issue.id", "issue.number", "repository.id", "comment.user.id", "sender.id"] {
            payload = try payload.setting(path, to: .number(id))
        }
        let revision = try Self.revision("issue_comment", payload)
        #expect(
            [
                revision.source.id, revision.issue.id, revision.issue.number, revision.repository.id,
                revision.author.account.id, revision.sender.account.id,
            ] == Array(repeating: id, count: 6))
    }

    @Test func textIsKeptAsItIs() throws {
        let body = "\u{1F6FC} e\u{301} \u{202E}\u{0}"
        let payload = try Payload.comment("created").setting(
            "comment.body", to: .raw(#""\ud83d\udefc e\u0301 \u202e\u0000""#))
        #expect(Array(try Self.revision("issue_comment", payload).body.unicodeScalars) == Array(body.unicodeScalars))
    }

    // MARK: - What is ignored

    @Test(arguments: [
        ("issue_comment", "pinned"), ("issues", "labeled"), ("issues", "created"), ("repository", "edited"),
        ("installation", "new_permissions_accepted"), ("pull_request", "synchronize"), ("pull_request", "deleted"),
        ("issues", ""), ("issues", "OPENED"), ("star", "created"), ("", "opened"), ("ISSUES", "opened"),
    ])
    func otherActionsAreIgnoredWhateverTheirShape(event: String, action: String) throws {
        let payload = Payload.object(["action": .text(action), "issue": .raw("7"), "sender": .raw("[null]")])
        #expect(try DeliveryContent(event: event, body: payload.data) == .ignored(reason: "action"))
    }

    @Test func theEventsThatAreReadAreNamed() {
        #expect(
            DeliveryContent.events == [
                "issue_comment", "issues", "pull_request", "repository", "installation", "installation_repositories",
            ])
    }
}
