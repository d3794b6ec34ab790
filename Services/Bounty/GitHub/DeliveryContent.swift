package import BountyDomain
package import Events
package import FoundationEssentials

/// What a delivery means to the bounty service.
package enum DeliveryContent: Sendable, Equatable {
    /// A text was written or edited.
    case revision(TextRevision)
    /// A text is gone, for good.
    case deletion(BountyRecord.Source, at: Date)
    /// Nothing for us; the reason is for metrics.
    case ignored(reason: String)

    /// The events that can mean something. The others are answered and counted, and not stored.
    package static let events: Set<String> = ["issue_comment", "issues", "pull_request"]

    /// - Throws: ``PayloadError`` where the body does not have the shape of its event.
    package init(event: String, body: Data) throws(PayloadError) {
        let action = try Self.decode(Action.self, from: body).action
        switch (event, action) {
        case ("issue_comment", "created"), ("issue_comment", "edited"), ("issue_comment", "deleted"):
            self = Self.comment(try Self.decode(IssueCommentPayload.self, from: body), action: action)
        case ("issues", "opened"), ("issues", "edited"):
            let payload = try Self.decode(IssuesPayload.self, from: body)
            self = Self.body(
                of: payload.issue, kind: .issue, action: action, repository: payload.repository, sender: payload.sender,
                changes: payload.changes)
        case ("issues", "deleted"):
            let payload = try Self.decode(IssuesPayload.self, from: body)
            self = .deletion(payload.issue.source(.issue), at: payload.issue.updatedAt)
        case ("pull_request", "opened"), ("pull_request", "edited"):
            let payload = try Self.decode(PullRequestPayload.self, from: body)
            self = Self.body(
                of: payload.pullRequest, kind: .pullRequest, action: action, repository: payload.repository,
                sender: payload.sender, changes: payload.changes)
        default:
            self = .ignored(reason: "action")
        }
    }

    private struct Action: Decodable { var action: String }

    private static func decode<Payload: Decodable>(_: Payload.Type, from body: Data) throws(PayloadError) -> Payload {
        do {
            return try JSONDecoder.wire().decode(Payload.self, from: body)
        } catch let error as DecodingError {
            throw PayloadError(error)
        } catch {
            throw PayloadError(path: "", expectation: "JSON of the documented shape")
        }
    }

    private static func comment(_ payload: IssueCommentPayload, action: String) -> DeliveryContent {
        let comment = payload.comment
        let source = BountyRecord.Source(kind: .issueComment, id: comment.id, url: comment.url)
        if action == "deleted" { return .deletion(source, at: comment.updatedAt) }
        guard let author = comment.user else { return .ignored(reason: "no_author") }
        return .revision(
            TextRevision(
                source: source, repository: payload.repository.record,
                issue: payload.issue.record(isPullRequest: payload.issue.pullRequest != nil), author: Actor(author),
                sender: Actor(payload.sender), body: comment.body ?? "", updatedAt: comment.updatedAt,
                change: action == "created" ? .created : .edited(from: payload.changes?.body?.from)))
    }

    private static func body(
        of issue: PayloadIssue, kind: BountyRecord.Source.Kind, action: String, repository: PayloadRepository,
        sender: PayloadAccount, changes: PayloadChanges?
    ) -> DeliveryContent {
        if let changes, changes.body == nil, changes.title != nil || changes.base != nil {
            return .ignored(reason: "body_unchanged")
        }
        guard let author = issue.user else { return .ignored(reason: "no_author") }
        return .revision(
            TextRevision(
                source: issue.source(kind), repository: repository.record,
                issue: issue.record(isPullRequest: kind == .pullRequest), author: Actor(author), sender: Actor(sender),
                body: issue.body ?? "", updatedAt: issue.updatedAt,
                change: action == "opened" ? .created : .edited(from: changes?.body?.from)))
    }
}

extension PayloadRepository {
    fileprivate var record: BountyRecord.Repository { .init(id: id, fullName: fullName) }
}

extension PayloadIssue {
    fileprivate func record(isPullRequest: Bool) -> BountyRecord.Issue {
        .init(id: id, number: number, title: title, url: url, isPullRequest: isPullRequest)
    }

    fileprivate func source(_ kind: BountyRecord.Source.Kind) -> BountyRecord.Source {
        .init(kind: kind, id: id, url: url)
    }
}

extension Actor {
    fileprivate init(_ account: PayloadAccount) {
        self.init(account: .init(id: account.id, login: account.login), isBot: account.type == "Bot")
    }
}
