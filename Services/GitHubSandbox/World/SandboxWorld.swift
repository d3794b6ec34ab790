import FoundationEssentials

/// What there is in the sandbox: accounts, repositories, issues, comments. Kept by `bursar up` from one run to the next.
struct SandboxWorld: Sendable, Codable {
    struct Repository: Sendable, Codable {
        var id: Int64
        var owner: String
        var name: String
        /// `owner/name` of earlier; GitHub redirects from them.
        var formerNames: [String] = []
        /// By account id: `admin`, `write`, `read`. Others may read.
        var permissions: [Int64: String] = [:]
        /// Nil where the app is not installed.
        var installation: Int64?
        var isDeleted = false

        var fullName: String { "\(owner)/\(name)" }
    }

    /// What GitHub notes as having closed an issue.
    enum Closer: Sendable, Codable, Equatable {
        case pullRequest(repository: Int64, number: Int64)
        /// A commit, part of a pull request or not.
        case commit(String)
        case nobody
    }

    /// An issue, or a pull request.
    struct Issue: Sendable, Codable {
        /// Of the issue; a pull request has another of its own.
        var id: Int64
        var pullRequestID: Int64?
        var repository: Int64
        var number: Int64
        var title: String
        var body: String
        var author: Int64
        var createdAt: Date
        var updatedAt: Date
        var closedAt: Date?
        /// `completed`, `not_planned`, `duplicate`.
        var stateReason: String?
        var closer: Closer?
        var mergeCommit: String?
        /// Commits of a pull request beside that.
        var commits: [String] = []
        var isLocked = false
        var isDeleted = false
        /// Where it was transferred to.
        var movedTo: Place?
        var reactions: [Reaction] = []

        var isPullRequest: Bool { pullRequestID != nil }
        var isMerged: Bool { mergeCommit != nil }
        var place: Place { Place(repository: repository, number: number) }
    }

    struct Place: Sendable, Codable, Hashable {
        var repository: Int64
        var number: Int64
    }

    struct Comment: Sendable, Codable {
        var id: Int64
        var issue: Place
        var author: Int64
        /// The app that wrote it.
        var app: Int64?
        var body: String
        var createdAt: Date
        var updatedAt: Date
        var reactions: [Reaction] = []
    }

    struct Reaction: Sendable, Codable, Equatable {
        var account: Int64
        var content: String
    }

    var accounts: [GitHubSandbox.Account]
    var repositories: [Repository] = []
    var issues: [Issue] = []
    var comments: [Comment] = []
    /// The last id given out. Ids are GitHub's size, above 32 bits.
    var lastID: Int64 = 5_000_000_000

    init(accounts: [GitHubSandbox.Account]) { self.accounts = accounts }

    mutating func makeID() -> Int64 {
        lastID += 1
        return lastID
    }

    // MARK: - Finding

    func account(_ id: Int64) -> GitHubSandbox.Account? { accounts.first { $0.id == id } }

    func account(login: String) -> GitHubSandbox.Account? {
        accounts.first { $0.login.lowercased() == login.lowercased() }
    }

    func repository(_ id: Int64) -> Repository? { repositories.first { $0.id == id && !$0.isDeleted } }

    func repository(named fullName: String) -> Repository? {
        repositories.first { $0.fullName.lowercased() == fullName.lowercased() && !$0.isDeleted }
    }

    /// The repository that had the name.
    func repository(formerlyNamed fullName: String) -> Repository? {
        repositories.first { repository in
            !repository.isDeleted && repository.formerNames.contains { $0.lowercased() == fullName.lowercased() }
        }
    }

    func index(of place: Place) -> Int? {
        issues.firstIndex { $0.repository == place.repository && $0.number == place.number }
    }

    func issue(_ place: Place) -> Issue? { index(of: place).map { issues[$0] } }

    func comments(of place: Place) -> [Comment] { comments.filter { $0.issue == place } }

    /// `admin`, `write`, `read`.
    func permission(of account: Int64, in repository: Repository) -> String {
        repository.permissions[account] ?? "read"
    }

    func htmlURL(_ issue: Issue, base: String) -> String {
        let name = repository(issue.repository)?.fullName ?? "ghost/ghost"
        return "\(base)/\(name)/\(issue.isPullRequest ? "pull" : "issues")/\(issue.number)"
    }
}
