import BountyDomain
import Events
import FoundationEssentials

/// What each event has at its top. Its content is in an extension below.
protocol EventPayload: Decodable {
    /// Those that can mean something. Deliveries of others are ignored whatever else they hold.
    static var actions: Set<String> { get }

    func content(action: String) -> DeliveryContent
}

/// The action, and the rest where it is wanted: the body is scanned once.
struct Delivery<Payload: EventPayload>: Decodable {
    let action: String
    let payload: Payload?

    enum CodingKeys: CodingKey { case action }

    init(from decoder: any Decoder) throws {
        action = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .action)
        payload = Payload.actions.contains(action) ? try Payload(from: decoder) : nil
    }
}

struct OtherPayload: EventPayload {
    static let actions: Set<String> = []

    func content(action: String) -> DeliveryContent { .ignored(reason: "action") }
}

extension IssueCommentPayload: EventPayload {
    static let actions: Set = ["created", "edited", "deleted"]

    func content(action: String) -> DeliveryContent {
        let source = BountyRecord.Source(
            kind: .issueComment, id: comment.id, url: comment.url, createdAt: comment.createdAt)
        let place = IssuePlace(
            repository: repository.record, issue: issue.record(isPullRequest: issue.pullRequest != nil),
            installation: installation?.id)
        if action == "deleted" {
            return .deletion(.init(source: source, place: place, sender: sender.record, at: comment.updatedAt))
        }
        guard let author = comment.user else { return .ignored(reason: "no_author") }
        return .revision(
            TextRevision(
                source: source, repository: place.repository, issue: place.issue, author: Actor(author),
                sender: Actor(sender), body: comment.body ?? "", updatedAt: comment.updatedAt,
                change: action == "created" ? .created : .edited(from: changes?.body?.from),
                installation: installation?.id))
    }
}

extension IssuesPayload: EventPayload {
    static let actions: Set = ["opened", "edited", "deleted", "closed", "reopened", "transferred"]

    func content(action: String) -> DeliveryContent {
        let place = IssuePlace(
            repository: repository.record, issue: issue.record(isPullRequest: false), installation: installation?.id)
        switch action {
        case "deleted":
            return .deletion(
                .init(source: issue.source(.issue), place: place, sender: sender.record, at: issue.updatedAt))
        case "closed":
            guard issue.stateReason == "completed" else { return .ignored(reason: "not_completed") }
            return .closing(.init(place: place, actor: sender.record, at: issue.closedAt ?? issue.updatedAt))
        case "reopened": return .reopening(.init(place: place, actor: sender.record, at: issue.updatedAt))
        case "transferred":
            guard let new = changes?.newIssue, let repository = changes?.newRepository else {
                return .ignored(reason: "no_target")
            }
            let target = IssuePlace(
                repository: repository.record, issue: new.record(isPullRequest: false), installation: installation?.id)
            return .transfer(.init(old: place, new: target))
        case "opened":
            if let old = changes?.oldIssue, let repository = changes?.oldRepository {
                let source = IssuePlace(
                    repository: repository.record, issue: old.record(isPullRequest: false),
                    installation: installation?.id)
                return .transfer(.init(old: source, new: place))
            }
        default: break
        }
        return issue.content(.issue, action: action, place, sender: sender, changes: changes)
    }
}

extension PullRequestPayload: EventPayload {
    static let actions: Set = ["opened", "edited", "closed"]

    func content(action: String) -> DeliveryContent {
        let place = IssuePlace(
            repository: repository.record, issue: pullRequest.record(isPullRequest: true),
            installation: installation?.id)
        if action == "closed" {
            guard pullRequest.merged == true else { return .ignored(reason: "not_merged") }
            return .merge(
                .init(place: place, actor: sender.record, at: pullRequest.mergedAt ?? pullRequest.updatedAt),
                author: pullRequest.user?.record)
        }
        return pullRequest.content(.pullRequest, action: action, place, sender: sender, changes: changes)
    }
}

extension RepositoryPayload: EventPayload {
    static let actions: Set = ["renamed", "transferred", "deleted"]

    func content(action: String) -> DeliveryContent {
        action == "deleted"
            ? .repositoryDeletion(id: repository.id)
            : .renaming(.init(id: repository.id, fullName: repository.fullName), at: repository.updatedAt)
    }
}

extension InstallationPayload: EventPayload {
    static let actions: Set = ["created", "deleted", "suspend", "unsuspend"]

    func content(action: String) -> DeliveryContent {
        let ids = (repositories ?? []).map(\.id)
        let suspension: DeliveryContent.Suspension? =
            switch action {
            case "suspend": installation.suspendedAt.map { .begins($0) }
            case "unsuspend": .ends
            default: nil
            }
        return .installation(
            .init(
                id: installation.id, added: action == "created" ? ids : [], removed: [], isGone: action == "deleted",
                suspension: suspension))
    }
}

extension InstallationRepositoriesPayload: EventPayload {
    static let actions: Set = ["added", "removed"]

    func content(action: String) -> DeliveryContent {
        .installation(
            .init(id: installation.id, added: added.map(\.id), removed: removed.map(\.id), isGone: false))
    }
}

extension PayloadIssue {
    /// What its body, opened or edited, means.
    fileprivate func content(
        _ kind: BountyRecord.Source.Kind, action: String, _ place: IssuePlace, sender: PayloadAccount,
        changes: PayloadChanges?
    ) -> DeliveryContent {
        if let changes, changes.body == nil, changes.title != nil || changes.base != nil {
            return .ignored(reason: "body_unchanged")
        }
        guard let author = user else { return .ignored(reason: "no_author") }
        return .revision(
            TextRevision(
                source: source(kind), repository: place.repository, issue: place.issue, author: Actor(author),
                sender: Actor(sender), body: body ?? "", updatedAt: updatedAt,
                change: action == "opened" ? .created : .edited(from: changes?.body?.from),
                installation: place.installation))
    }
}

extension PayloadRepository {
    fileprivate var record: BountyRecord.Repository { .init(id: id, fullName: fullName) }
}

extension PayloadAccount {
    fileprivate var record: BountyRecord.Account { .init(id: id, login: login) }
}

extension PayloadIssue {
    fileprivate func record(isPullRequest: Bool) -> BountyRecord.Issue {
        // JSON can hold NUL; PostgreSQL's text cannot.
        let title = title.replacing("\0", with: "\u{FFFD}")
        return .init(id: id, number: number, title: title, url: url, isPullRequest: isPullRequest)
    }

    fileprivate func source(_ kind: BountyRecord.Source.Kind) -> BountyRecord.Source {
        .init(kind: kind, id: id, url: url, createdAt: createdAt)
    }
}

extension Actor {
    fileprivate init(_ account: PayloadAccount) {
        self.init(account: account.record, isBot: account.type == "Bot")
    }
}
