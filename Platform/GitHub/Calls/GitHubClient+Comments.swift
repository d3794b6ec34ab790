import FoundationEssentials
import NIOHTTP1

extension GitHubClient {
    /// The first comment of the issue, the oldest first, that the condition takes; nil where none of at most
    /// ``GitHubLimits/maximumPages`` pages is.
    package func firstComment(
        of issue: GitHubIssue, where condition: @Sendable (GitHubComment) -> Bool
    ) async throws -> GitHubComment? {
        var next: GitHubRequest? = .get(
            "\(try issue.path)/comments?per_page=100", as: .installation(issue.repository.installation),
            name: "list_comments")
        var pages = 0
        while let request = next, pages < transport.limits.maximumPages {
            let answer = try await transport.send(request)
            let comments = try answer.json([CommentAnswer].self).map(\.comment)
            if let found = comments.first(where: condition) { return found }
            next = answer.nextPage.map { request.following($0) }
            pages += 1
        }
        return nil
    }

    /// Never repeated: after an error that is not a refusal the comment may be there.
    package func createComment(_ body: String, on issue: GitHubIssue) async throws -> GitHubComment {
        var request = GitHubRequest.post(
            "\(try issue.path)/comments", body: try CommentBody(body: body).data,
            as: .installation(issue.repository.installation), name: "create_comment")
        request.isRepeatable = false
        return try await transport.json(CommentAnswer.self, request).comment
    }

    /// - Throws: ``GitHubError/Code/notFound`` where the comment was deleted.
    package func editComment(_ id: Int64, to body: String, in repository: GitHubRepository) async throws {
        var request = GitHubRequest.post(
            "repos/\(try RepositoryPath(repository.fullName).text)/issues/comments/\(id)",
            body: try CommentBody(body: body).data, as: .installation(repository.installation), name: "edit_comment")
        request.method = .PATCH
        _ = try await transport.send(request)
    }

    /// Putting the same reaction again changes nothing.
    package func react(
        _ reaction: GitHubReaction, to target: GitHubReactionTarget, in repository: GitHubRepository
    ) async throws {
        struct Body: Encodable { var content: String }
        let place =
            switch target {
            case .issue(let number): "issues/\(number)"
            case .comment(let id): "issues/comments/\(id)"
            }
        _ = try await transport.send(
            .post(
                "repos/\(try RepositoryPath(repository.fullName).text)/\(place)/reactions",
                body: try JSONEncoder().encode(Body(content: reaction.rawValue)),
                as: .installation(repository.installation), name: "react"))
    }
}

private struct CommentBody: Encodable {
    var body: String

    var data: Data { get throws { try JSONEncoder().encode(self) } }
}

private struct CommentAnswer: Decodable {
    struct App: Decodable { var id: Int64 }

    var id: Int64
    var html_url: String
    var body: String?
    var user: GitHubUser?
    var performed_via_github_app: App?

    var comment: GitHubComment {
        GitHubComment(id: id, url: html_url, body: body ?? "", author: user, app: performed_via_github_app?.id)
    }
}

extension GitHubIssue {
    var path: String { get throws { "repos/\(try RepositoryPath(repository.fullName).text)/issues/\(number)" } }
}
