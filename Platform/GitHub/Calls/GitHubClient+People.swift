import FoundationEssentials
import ServiceRuntime
import Synchronization

extension GitHubClient {
    /// What the account may do in the repository, believed for a minute.
    ///
    /// Asked by login, as GitHub wants it, and taken only where the answer is about the id: where the login has become
    /// somebody else's, the account is looked up under the one it has now. Nil is never answered: whom GitHub does not
    /// know there has ``GitHubPermission/none``.
    package func permission(of account: GitHubUser, in repository: GitHubRepository) async throws -> GitHubPermission {
        if let known = permissions.find(account.id, repository.id) { return known }
        var found = try await permission(login: account.login, id: account.id, repository)
        if found == nil, let current = try await user(id: account.id, installation: repository.installation),
            current.login != account.login
        {
            found = try await permission(login: current.login, id: account.id, repository)
        }
        let permission = found ?? GitHubPermission.none
        permissions.keep(permission, account.id, repository.id)
        return permission
    }

    /// The account of this login now; nil where there is none.
    package func user(login: String, installation: Int64) async throws -> GitHubUser? {
        guard let path = PathSegment(login) else { return nil }
        return try await transport.find(
            GitHubUser.self, .get("users/\(path.text)", as: .installation(installation), name: "user"))
    }

    /// The account with the login that it has now; nil where it is gone.
    package func user(id: Int64, installation: Int64) async throws -> GitHubUser? {
        try await transport.find(GitHubUser.self, .get("user/\(id)", as: .installation(installation), name: "user"))
    }

    /// Nil where GitHub does not know the login, or knows somebody else by it.
    private func permission(
        login: String, id: Int64, _ repository: GitHubRepository
    ) async throws -> GitHubPermission? {
        struct Answer: Decodable {
            var permission: String
            var user: GitHubUser?
        }
        guard let login = PathSegment(login) else { return nil }
        let path = "repos/\(try RepositoryPath(repository.fullName).text)/collaborators/\(login.text)/permission"
        let answer = try await transport.find(
            Answer.self, .get(path, as: .installation(repository.installation), name: "permission"))
        guard let answer, answer.user?.id == id else { return nil }
        return GitHubPermission(rawValue: answer.permission) ?? GitHubPermission.none
    }
}

/// What was answered lately, for a short while.
final class PermissionCache: Sendable {
    private struct Key: Hashable {
        var account: Int64
        var repository: Int64
    }
    private struct Entry {
        var permission: GitHubPermission
        var until: Date
    }
    /// Beyond it all are forgotten.
    private static let maximumKept = 10_000

    private let lifetime: TimeInterval
    private let now: @Sendable () -> Date
    private let entries = Mutex<[Key: Entry]>([:])

    init(lifetime: Duration, now: @escaping @Sendable () -> Date) {
        self.lifetime = TimeInterval(lifetime.wholeMilliseconds) / 1000
        self.now = now
    }

    func find(_ account: Int64, _ repository: Int64) -> GitHubPermission? {
        let time = now()
        return entries.withLock { entries in
            entries[Key(account: account, repository: repository)].flatMap { $0.until > time ? $0.permission : nil }
        }
    }

    func keep(_ permission: GitHubPermission, _ account: Int64, _ repository: Int64) {
        let until = now().addingTimeInterval(lifetime)
        entries.withLock { entries in
            if entries.count >= Self.maximumKept { entries = [:] }
            entries[Key(account: account, repository: repository)] = Entry(permission: permission, until: until)
        }
    }
}
