import FoundationEssentials

// Webhook payloads as GitHub sends them, with the members that mean something to anybody here. Names: docs.github.com, "Webhook
// events and payloads".

struct WebhookBody: Encodable, Sendable {
    struct User: Encodable, Sendable {
        var login: String
        var id: Int64
        var type: String
    }
    struct Repository: Encodable, Sendable {
        var id: Int64
        var name: String
        var full_name: String
        var `private` = false
        var owner: User
        var html_url: String
    }
    struct Link: Encodable, Sendable {
        var html_url: String
        var merged_at: Date?
    }
    struct Issue: Encodable, Sendable {
        var id: Int64
        var number: Int64
        var title: String
        var body: String?
        var html_url: String
        var user: User
        var state: String
        var state_reason: String?
        var locked: Bool
        var created_at: Date
        var updated_at: Date
        var closed_at: Date?
        var pull_request: Link?
        // Of a pull request alone.
        var merged: Bool?
        var merged_at: Date?
        var merged_by: User?
        var merge_commit_sha: String?
        var base: Base?
    }
    struct Base: Encodable, Sendable { var repo: Repository }
    struct App: Encodable, Sendable {
        var id: Int64
        var slug: String
    }
    struct Comment: Encodable, Sendable {
        var id: Int64
        var html_url: String
        var body: String
        var user: User
        var created_at: Date
        var updated_at: Date
        var performed_via_github_app: App?
    }
    struct From: Encodable, Sendable { var from: String }
    struct RepositoryChange: Encodable, Sendable { var name: From }
    struct Changes: Encodable, Sendable {
        var body: From?
        var new_issue: Issue?
        var new_repository: Repository?
        var repository: RepositoryChange?
    }
    struct Installation: Encodable, Sendable { var id: Int64 }

    var action: String?
    var zen: String?
    var hook_id: Int64?
    var issue: Issue?
    var pull_request: Issue?
    var number: Int64?
    var comment: Comment?
    var changes: Changes?
    var repository: Repository?
    var repositories: [Repository]?
    var repositories_added: [Repository]?
    var repositories_removed: [Repository]?
    var repository_selection: String?
    var sender: User?
    var installation: Installation?
}

/// A webhook that is to be sent.
struct WebhookEvent: Sendable {
    var event: String
    var body: WebhookBody
}

/// The parts of payloads and of the API's answers.
struct SandboxRendering {
    let world: SandboxWorld
    let app: GitHubSandbox.App
    let base: String

    /// An account, or the bot of the app.
    func user(_ id: Int64) -> WebhookBody.User {
        if id == app.botID { return .init(login: "\(app.slug)[bot]", id: id, type: "Bot") }
        guard let account = world.account(id) else { return .init(login: "ghost", id: 10_137, type: "User") }
        return .init(login: account.login, id: account.id, type: account.login.hasSuffix("[bot]") ? "Bot" : "User")
    }

    func repository(_ repository: SandboxWorld.Repository) -> WebhookBody.Repository {
        .init(
            id: repository.id, name: repository.name, full_name: repository.fullName,
            owner: .init(login: repository.owner, id: repository.id / 2, type: "Organization"),
            html_url: "\(base)/\(repository.fullName)")
    }

    /// As the `issues` and `issue_comment` events and the API have it, also for pull requests.
    func issue(_ issue: SandboxWorld.Issue) -> WebhookBody.Issue {
        let url = world.htmlURL(issue, base: base)
        return .init(
            id: issue.id, number: issue.number, title: issue.title, body: issue.body.isEmpty ? nil : issue.body,
            html_url: url, user: user(issue.author), state: issue.closedAt == nil ? "open" : "closed",
            state_reason: issue.stateReason, locked: issue.isLocked, created_at: issue.createdAt,
            updated_at: issue.updatedAt, closed_at: issue.closedAt,
            pull_request: issue.isPullRequest
                ? .init(html_url: url, merged_at: issue.isMerged ? issue.closedAt : nil) : nil)
    }

    /// As the `pull_request` event has it.
    func pullRequest(_ issue: SandboxWorld.Issue, mergedBy: Int64? = nil) -> WebhookBody.Issue {
        var result = self.issue(issue)
        result.id = issue.pullRequestID ?? issue.id
        result.pull_request = nil
        result.state_reason = nil
        result.merged = issue.isMerged
        result.merged_at = issue.isMerged ? issue.closedAt : nil
        result.merged_by = mergedBy.map(user)
        result.merge_commit_sha = issue.mergeCommit
        result.base = world.repository(issue.repository).map { .init(repo: repository($0)) }
        return result
    }

    func comment(_ comment: SandboxWorld.Comment) -> WebhookBody.Comment {
        let url = world.issue(comment.issue).map { world.htmlURL($0, base: base) } ?? base
        return .init(
            id: comment.id, html_url: "\(url)#issuecomment-\(comment.id)", body: comment.body,
            user: user(comment.author), created_at: comment.createdAt, updated_at: comment.updatedAt,
            performed_via_github_app: comment.app.map { .init(id: $0, slug: app.slug) })
    }

    func event(
        _ name: String, _ action: String, in repository: SandboxWorld.Repository, by sender: Int64,
        _ fill: (inout WebhookBody) -> Void
    ) -> WebhookEvent {
        var body = WebhookBody()
        body.action = action
        body.repository = self.repository(repository)
        body.sender = user(sender)
        body.installation = repository.installation.map { .init(id: $0) }
        fill(&body)
        return WebhookEvent(event: name, body: body)
    }

    func view(_ issue: SandboxWorld.Issue) -> SandboxIssueView {
        func text(_ id: Int64, _ author: Int64, _ body: String, _ isEdited: Bool, _ reactions: [SandboxWorld.Reaction])
            -> SandboxIssueView.Text
        {
            .init(
                id: id, author: user(author).login, body: body, isEdited: isEdited, reactions: reactions.map(\.content))
        }
        return SandboxIssueView(
            url: world.htmlURL(issue, base: base), repository: world.repository(issue.repository)?.fullName ?? "",
            number: issue.number, title: issue.title,
            state: issue.isMerged ? "merged" : issue.closedAt == nil ? "open" : "closed",
            text: text(issue.id, issue.author, issue.body, false, issue.reactions),
            comments: world.comments(of: issue.place).map {
                text($0.id, $0.author, $0.body, $0.updatedAt != $0.createdAt, $0.reactions)
            })
    }
}
