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
        switch event {
        case "issue_comment": self = try Self.read(IssueCommentPayload.self, from: body)
        case "issues": self = try Self.read(IssuesPayload.self, from: body)
        case "pull_request": self = try Self.read(PullRequestPayload.self, from: body)
        default: self = try Self.read(OtherPayload.self, from: body)
        }
    }

    private static func read<Payload: EventPayload>(
        _: Payload.Type, from body: Data
    ) throws(PayloadError) -> DeliveryContent {
        do {
            let delivery = try JSONDecoder.wire().decode(Delivery<Payload>.self, from: body)
            return delivery.payload?.content(action: delivery.action) ?? .ignored(reason: "action")
        } catch let error as DecodingError {
            throw PayloadError(error)
        } catch {
            throw PayloadError(path: "", expectation: "JSON of the documented shape")
        }
    }
}

/// What each event has at its top. Its content is in an extension below.
private protocol EventPayload: Decodable {
    /// Those that can mean something. Deliveries of others are ignored whatever else they hold.
    static var actions: Set<String> { get }

    func content(action: String) -> DeliveryContent
}

/// The action, and the rest where it is wanted: the body is scanned once.
private struct Delivery<Payload: EventPayload>: Decodable {
    let action: String
    let payload: Payload?

    enum CodingKeys: CodingKey { case action }

    init(from decoder: any Decoder) throws {
        action = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .action)
        payload = Payload.actions.contains(action) ? try Payload(from: decoder) : nil
    }
}

private struct OtherPayload: EventPayload {
    static let actions: Set<String> = []

    func content(action: String) -> DeliveryContent { .ignored(reason: "action") }
}

extension IssueCommentPayload: EventPayload {
    static let actions: Set = ["created", "edited", "deleted"]

    func content(action: String) -> DeliveryContent {
        let source = BountyRecord.Source(kind: .issueComment, id: comment.id, url: comment.url)
        if action == "deleted" { return .deletion(source, at: comment.updatedAt) }
        guard let author = comment.user else { return .ignored(reason: "no_author") }
        return .revision(
            TextRevision(
                source: source, repository: repository.record,
                issue: issue.record(isPullRequest: issue.pullRequest != nil), author: Actor(author),
                sender: Actor(sender), body: comment.body ?? "", updatedAt: comment.updatedAt,
                change: action == "created" ? .created : .edited(from: changes?.body?.from)))
    }
}

extension IssuesPayload: EventPayload {
    static let actions: Set = ["opened", "edited", "deleted"]

    func content(action: String) -> DeliveryContent {
        if action == "deleted" { return .deletion(issue.source(.issue), at: issue.updatedAt) }
        return issue.content(.issue, action: action, repository: repository, sender: sender, changes: changes)
    }
}

extension PullRequestPayload: EventPayload {
    static let actions: Set = ["opened", "edited"]

    func content(action: String) -> DeliveryContent {
        pullRequest.content(.pullRequest, action: action, repository: repository, sender: sender, changes: changes)
    }
}

extension PayloadIssue {
    /// What its body, opened or edited, means.
    fileprivate func content(
        _ kind: BountyRecord.Source.Kind, action: String, repository: PayloadRepository, sender: PayloadAccount,
        changes: PayloadChanges?
    ) -> DeliveryContent {
        if let changes, changes.body == nil, changes.title != nil || changes.base != nil {
            return .ignored(reason: "body_unchanged")
        }
        guard let author = user else { return .ignored(reason: "no_author") }
        return .revision(
            TextRevision(
                source: source(kind), repository: repository.record, issue: record(isPullRequest: kind == .pullRequest),
                author: Actor(author), sender: Actor(sender), body: body ?? "", updatedAt: updatedAt,
                change: action == "opened" ? .created : .edited(from: changes?.body?.from)))
    }
}

extension PayloadRepository {
    fileprivate var record: BountyRecord.Repository { .init(id: id, fullName: fullName) }
}

extension PayloadIssue {
    fileprivate func record(isPullRequest: Bool) -> BountyRecord.Issue {
        // JSON can hold NUL; PostgreSQL's text cannot.
        let title = title.replacing("\0", with: "\u{FFFD}")
        return .init(id: id, number: number, title: title, url: url, isPullRequest: isPullRequest)
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
