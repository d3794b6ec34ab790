import FoundationEssentials
import GitHub

@testable import BountyService

/// GitHub, as far as awards ask it.
struct StubFacts: GitHubFacts {
    static let solver = GitHubUser(id: 700, login: "alice")
    static let second = GitHubUser(id: 701, login: "bob")
    /// Who may write to every repository.
    static let maintainer: Int64 = 501

    /// By issue number.
    var closings: [Int64: GitHubClosing] = [:]

    static func closing(at time: Date, by closer: GitHubClosing.Closer, reason: String = "COMPLETED") -> GitHubClosing {
        GitHubClosing(isClosed: true, reason: reason, closedAt: time, closer: closer)
    }

    func permission(of account: GitHubUser, in repository: GitHubRepository) async throws -> GitHubPermission {
        account.id == Self.maintainer ? .write : .read
    }

    func closing(of issue: GitHubIssue) async throws -> GitHubClosing? { closings[issue.number] }

    func user(login: String, installation: Int64) async throws -> GitHubUser? {
        [Self.solver, Self.second].first { $0.login == login }
    }

    func installation(of fullName: String) async throws -> Int64? { 9 }
}
