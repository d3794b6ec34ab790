import FoundationEssentials

extension SandboxWorld {
    /// Does what the command says. Returns its outcome and the webhooks that GitHub would send, in order.
    mutating func perform(
        _ command: SandboxCommand, app: GitHubSandbox.App, base: String, at now: Date
    ) throws(SandboxRefusal) -> (SandboxOutcome, [WebhookEvent]) {
        // GitHub's times have whole seconds.
        let now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        var step = SandboxStep(world: self, app: app, base: base, now: now)
        let outcome = try step.perform(command)
        self = step.world
        return (outcome, step.events)
    }
}

/// One command under way.
struct SandboxStep {
    var world: SandboxWorld
    let app: GitHubSandbox.App
    let base: String
    let now: Date
    var events: [WebhookEvent] = []

    private var rendering: SandboxRendering { SandboxRendering(world: world, app: app, base: base) }

    mutating func perform(_ command: SandboxCommand) throws(SandboxRefusal) -> SandboxOutcome {
        switch command {
        case .makeRepository(let name, let login): try makeRepository(name, by: account(login))
        case .setPermission(let name, let login, let permission):
            try setPermission(permission, of: account(login), in: name)
        case .renameRepository(let name, let new, let login): try rename(name, to: new, by: account(login))
        case .openIssue(let name, let title, let body, let login):
            try open(in: name, title, body, isPullRequest: false, by: account(login))
        case .openPullRequest(let name, let title, let body, let login):
            try open(in: name, title, body, isPullRequest: true, by: account(login))
        case .editIssue(let name, let number, let body, let login):
            try editIssue(name, number, body, by: account(login))
        case .comment(let name, let number, let body, let login):
            try comment(on: find(name, number), body, by: account(login), app: nil)
        case .editComment(let id, let body, let login): try editComment(id, body, by: account(login))
        case .deleteComment(let id, let login): try deleteComment(id, by: account(login))
        case .closeIssue(let name, let number, let reason, let commit, let login):
            try close(find(name, number), reason, commit.map { .commit($0) } ?? .nobody, by: account(login))
        case .reopenIssue(let name, let number, let login): try reopen(find(name, number), by: account(login))
        case .mergePullRequest(let name, let number, let login): try merge(find(name, number), by: account(login))
        case .deleteIssue(let name, let number, let login): try delete(find(name, number), by: account(login))
        case .transferIssue(let name, let number, let target, let login):
            try transfer(find(name, number), to: target, by: account(login))
        case .lockIssue(let name, let number, let login): try lock(find(name, number), by: account(login))
        // Of webhooks, not of the world.
        case .redeliver: SandboxOutcome(url: base)
        }
    }

    // MARK: - Who and where

    /// The account, made where there is none: anybody can be anybody.
    mutating func account(_ login: String) throws(SandboxRefusal) -> Int64 {
        if let known = world.account(login: login) { return known.id }
        let allowed = login.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]"):
                true
            default: false
            }
        }
        guard allowed, (1...39).contains(login.utf8.count) else {
            throw SandboxRefusal(description: "\"\(login)\" is no login: 1 to 39 letters, digits and hyphens")
        }
        let account = GitHubSandbox.Account(id: world.makeID(), login: login)
        world.accounts.append(account)
        return account.id
    }

    private func repository(_ name: String) throws(SandboxRefusal) -> SandboxWorld.Repository {
        guard let found = world.repository(named: name) else {
            throw SandboxRefusal(description: "there is no repository \(name)")
        }
        return found
    }

    private func find(_ name: String, _ number: Int64) throws(SandboxRefusal) -> Int {
        let place = SandboxWorld.Place(repository: try repository(name).id, number: number)
        guard let index = world.index(of: place), !world.issues[index].isDeleted, world.issues[index].movedTo == nil
        else { throw SandboxRefusal(description: "there is no issue \(name)#\(number)") }
        return index
    }

    private func home(_ issue: SandboxWorld.Issue) throws(SandboxRefusal) -> SandboxWorld.Repository {
        guard let found = world.repository(issue.repository) else {
            throw SandboxRefusal(description: "the repository is gone")
        }
        return found
    }

    private func outcome(_ issue: SandboxWorld.Issue, comment: SandboxWorld.Comment? = nil) -> SandboxOutcome {
        let url = comment.map { rendering.comment($0).html_url } ?? world.htmlURL(issue, base: base)
        return SandboxOutcome(url: url, number: issue.number, comment: comment?.id)
    }

    private mutating func tell(
        _ event: String, _ action: String, about issue: SandboxWorld.Issue, by sender: Int64,
        _ fill: (inout WebhookBody) -> Void = { _ in }
    ) throws(SandboxRefusal) {
        let rendering = rendering
        events.append(
            rendering.event(event, action, in: try home(issue), by: sender) { body in
                if event == "pull_request" {
                    body.pull_request = rendering.pullRequest(issue, mergedBy: issue.isMerged ? sender : nil)
                    body.number = issue.number
                } else {
                    body.issue = rendering.issue(issue)
                }
                fill(&body)
            })
    }

    // MARK: - Repositories

    private mutating func makeRepository(_ fullName: String, by maker: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        let parts = fullName.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw SandboxRefusal(description: "a repository is named owner/name")
        }
        guard world.repository(named: fullName) == nil else {
            throw SandboxRefusal(description: "\(fullName) is there already")
        }
        var repository = SandboxWorld.Repository(id: world.makeID(), owner: parts[0], name: parts[1])
        repository.permissions[maker] = "admin"
        repository.installation = app.installation
        world.repositories.append(repository)
        var body = WebhookBody()
        body.action = "added"
        body.repositories_added = [rendering.repository(repository)]
        body.repositories_removed = []
        body.repository_selection = "all"
        body.installation = .init(id: app.installation)
        body.sender = rendering.user(maker)
        events.append(WebhookEvent(event: "installation_repositories", body: body))
        return SandboxOutcome(url: "\(base)/\(fullName)")
    }

    private mutating func setPermission(
        _ permission: String, of account: Int64, in name: String
    ) throws(SandboxRefusal) -> SandboxOutcome {
        guard ["admin", "write", "read", "none"].contains(permission) else {
            throw SandboxRefusal(description: "a permission is admin, write, read or none")
        }
        let id = try repository(name).id
        for index in world.repositories.indices where world.repositories[index].id == id {
            world.repositories[index].permissions[account] = permission
        }
        return SandboxOutcome(url: "\(base)/\(name)")
    }

    private mutating func rename(_ name: String, to new: String, by sender: Int64) throws(SandboxRefusal)
        -> SandboxOutcome
    {
        let id = try repository(name).id
        guard let index = world.repositories.firstIndex(where: { $0.id == id }) else {
            throw SandboxRefusal(description: "there is no repository \(name)")
        }
        let former = world.repositories[index]
        world.repositories[index].formerNames.append(former.fullName)
        world.repositories[index].name = new
        let renamed = world.repositories[index]
        events.append(
            rendering.event("repository", "renamed", in: renamed, by: sender) {
                $0.changes = .init(repository: .init(name: .init(from: former.name)))
            })
        return SandboxOutcome(url: "\(base)/\(renamed.fullName)")
    }

    // MARK: - Issues and pull requests

    private mutating func open(
        in name: String, _ title: String, _ body: String, isPullRequest: Bool, by author: Int64
    ) throws(SandboxRefusal) -> SandboxOutcome {
        let repository = try repository(name)
        var issue = SandboxWorld.Issue(
            id: world.makeID(), repository: repository.id, number: nextNumber(in: repository.id), title: title,
            body: body, author: author, createdAt: now, updatedAt: now)
        if isPullRequest {
            issue.pullRequestID = world.makeID()
            issue.commits = [hash()]
        }
        world.issues.append(issue)
        try tell(isPullRequest ? "pull_request" : "issues", "opened", about: issue, by: author)
        return outcome(issue)
    }

    private func nextNumber(in repository: Int64) -> Int64 {
        (world.issues.filter { $0.repository == repository }.map(\.number).max() ?? 0) + 1
    }

    /// A commit's, 40 hexadecimal digits.
    private mutating func hash() -> String { String(GitHubSandbox.random().prefix(40)) }

    private mutating func editIssue(
        _ name: String, _ number: Int64, _ body: String, by sender: Int64
    ) throws(SandboxRefusal) -> SandboxOutcome {
        let index = try find(name, number)
        let former = world.issues[index].body
        world.issues[index].body = body
        world.issues[index].updatedAt = now
        let issue = world.issues[index]
        try tell(issue.isPullRequest ? "pull_request" : "issues", "edited", about: issue, by: sender) {
            $0.changes = .init(body: .init(from: former))
        }
        return outcome(issue)
    }

    private mutating func close(
        _ index: Int, _ reason: String, _ closer: SandboxWorld.Closer, by sender: Int64
    ) throws(SandboxRefusal) -> SandboxOutcome {
        guard ["completed", "not_planned", "duplicate"].contains(reason) else {
            throw SandboxRefusal(description: "an issue is closed as completed, not_planned or duplicate")
        }
        guard world.issues[index].closedAt == nil else { throw SandboxRefusal(description: "it is closed already") }
        world.issues[index].closedAt = now
        world.issues[index].updatedAt = now
        world.issues[index].closer = closer
        let isPullRequest = world.issues[index].isPullRequest
        if !isPullRequest { world.issues[index].stateReason = reason }
        try tell(isPullRequest ? "pull_request" : "issues", "closed", about: world.issues[index], by: sender)
        return outcome(world.issues[index])
    }

    private mutating func reopen(_ index: Int, by sender: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        guard world.issues[index].closedAt != nil, !world.issues[index].isMerged else {
            throw SandboxRefusal(description: "it is not closed")
        }
        world.issues[index].closedAt = nil
        world.issues[index].updatedAt = now
        world.issues[index].stateReason = world.issues[index].isPullRequest ? nil : "reopened"
        let issue = world.issues[index]
        try tell(issue.isPullRequest ? "pull_request" : "issues", "reopened", about: issue, by: sender)
        return outcome(issue)
    }

    /// Merging closes the issues of the same repository that the text links.
    private mutating func merge(_ index: Int, by sender: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        guard world.issues[index].isPullRequest, world.issues[index].closedAt == nil else {
            throw SandboxRefusal(description: "only an open pull request can be merged")
        }
        world.issues[index].mergeCommit = hash()
        world.issues[index].closedAt = now
        world.issues[index].updatedAt = now
        let merged = world.issues[index]
        try tell("pull_request", "closed", about: merged, by: sender)
        let closer = SandboxWorld.Closer.pullRequest(repository: merged.repository, number: merged.number)
        for number in ClosingKeywords.numbers(in: merged.body) {
            let place = SandboxWorld.Place(repository: merged.repository, number: number)
            guard let linked = world.index(of: place), world.issues[linked].closedAt == nil,
                !world.issues[linked].isPullRequest
            else { continue }
            _ = try close(linked, "completed", closer, by: sender)
        }
        return outcome(merged)
    }

    private mutating func delete(_ index: Int, by sender: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        let issue = world.issues[index]
        try tell("issues", "deleted", about: issue, by: sender)
        world.issues[index].isDeleted = true
        world.comments.removeAll { $0.issue == issue.place }
        return outcome(issue)
    }

    private mutating func lock(_ index: Int, by sender: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        world.issues[index].isLocked = true
        try tell("issues", "locked", about: world.issues[index], by: sender)
        return outcome(world.issues[index])
    }

    /// The issue gets another id and number; its comments are copied with new ids and their text as it is.
    private mutating func transfer(_ index: Int, to target: String, by sender: Int64) throws(SandboxRefusal)
        -> SandboxOutcome
    {
        let destination = try repository(target)
        let old = world.issues[index]
        var new = old
        new.id = world.makeID()
        new.repository = destination.id
        new.number = nextNumber(in: destination.id)
        new.updatedAt = now
        world.issues.append(new)
        world.issues[index].movedTo = new.place
        for comment in world.comments(of: old.place) {
            var copy = comment
            copy.id = world.makeID()
            copy.issue = new.place
            world.comments.append(copy)
        }
        let rendering = rendering
        try tell("issues", "transferred", about: old, by: sender) {
            $0.changes = .init(
                new_issue: rendering.issue(new), new_repository: rendering.repository(destination))
        }
        return outcome(new)
    }

    // MARK: - Comments

    mutating func comment(
        on index: Int, _ body: String, by author: Int64, app: Int64?
    ) throws(SandboxRefusal) -> SandboxOutcome {
        let comment = SandboxWorld.Comment(
            id: world.makeID(), issue: world.issues[index].place, author: author, app: app, body: body, createdAt: now,
            updatedAt: now)
        world.comments.append(comment)
        world.issues[index].updatedAt = now
        try tell(comment, "created", by: author)
        return outcome(world.issues[index], comment: comment)
    }

    private func commentIndex(_ id: Int64) throws(SandboxRefusal) -> Int {
        guard let index = world.comments.firstIndex(where: { $0.id == id }) else {
            throw SandboxRefusal(description: "there is no comment \(id)")
        }
        return index
    }

    mutating func editComment(_ id: Int64, _ body: String, by sender: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        let index = try commentIndex(id)
        let former = world.comments[index].body
        world.comments[index].body = body
        world.comments[index].updatedAt = now
        try tell(world.comments[index], "edited", by: sender) { $0.changes = .init(body: .init(from: former)) }
        return try outcome(of: world.comments[index])
    }

    private mutating func deleteComment(_ id: Int64, by sender: Int64) throws(SandboxRefusal) -> SandboxOutcome {
        let comment = world.comments[try commentIndex(id)]
        try tell(comment, "deleted", by: sender)
        let outcome = try outcome(of: comment)
        world.comments.removeAll { $0.id == id }
        return outcome
    }

    private func outcome(of comment: SandboxWorld.Comment) throws(SandboxRefusal) -> SandboxOutcome {
        guard let issue = world.issue(comment.issue) else { throw SandboxRefusal(description: "the issue is gone") }
        return outcome(issue, comment: comment)
    }

    private mutating func tell(
        _ comment: SandboxWorld.Comment, _ action: String, by sender: Int64,
        _ fill: (inout WebhookBody) -> Void = { _ in }
    ) throws(SandboxRefusal) {
        guard let issue = world.issue(comment.issue) else { throw SandboxRefusal(description: "the issue is gone") }
        let rendering = rendering
        try tell("issue_comment", action, about: issue, by: sender) {
            $0.comment = rendering.comment(comment)
            fill(&$0)
        }
    }
}

/// `Closes #12` and its like (docs.github.com, "Linking a pull request to an issue").
enum ClosingKeywords {
    private static let words: Set = [
        "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved",
    ]

    static func numbers(in text: String) -> [Int64] {
        let words = text.split { $0 == " " || $0.isNewline || $0 == "," || $0 == "." }
        return zip(words, words.dropFirst()).compactMap { keyword, reference in
            var keyword = keyword.lowercased()
            if keyword.hasSuffix(":") { keyword.removeLast() }
            guard Self.words.contains(keyword), reference.hasPrefix("#") else { return nil }
            return Int64(reference.dropFirst())
        }
    }
}
