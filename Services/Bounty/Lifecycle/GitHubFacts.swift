import FoundationEssentials
import GitHub

/// What is asked of GitHub about an award.
protocol GitHubFacts: Sendable {
    func permission(of account: GitHubUser, in repository: GitHubRepository) async throws -> GitHubPermission
    func closing(of issue: GitHubIssue) async throws -> GitHubClosing?
    func user(login: String, installation: Int64) async throws -> GitHubUser?
    func installation(of fullName: String) async throws -> Int64?
}

extension GitHubClient: GitHubFacts {}
