import Events
import FoundationEssentials

extension GitHubClient {
    /// GitHub's own record of what closed the issue last: the `closer` of its newest `ClosedEvent`. Nil where there is no such
    /// issue in the repository, or it was never closed.
    package func closing(of issue: GitHubIssue) async throws -> GitHubClosing? {
        struct Body: Encodable {
            struct Variables: Encodable {
                var owner: String
                var name: String
                var number: Int64
            }
            var query: String
            var variables: Variables
        }
        let path = try RepositoryPath(issue.repository.fullName)
        let body = Body(
            query: Self.closingQuery,
            variables: .init(owner: path.owner, name: path.name, number: issue.number))
        let answer = try await transport.json(
            ClosingAnswer.self,
            .graphQL(try JSONEncoder().encode(body), as: .installation(issue.repository.installation), name: "closing"))
        return try answer.closing(in: issue.repository)
    }

    private static let closingQuery = """
        query($owner: String!, $name: String!, $number: Int!) {
          repository(owner: $owner, name: $name) {
            databaseId
            issue(number: $number) {
              state
              timelineItems(itemTypes: [CLOSED_EVENT], last: 1) {
                nodes {
                  ... on ClosedEvent {
                    createdAt
                    stateReason
                    closer {
                      __typename
                      ... on PullRequest { ...merging }
                      ... on Commit { oid associatedPullRequests(first: 20) { nodes { ...merging } } }
                    }
                  }
                }
              }
            }
          }
        }
        fragment merging on PullRequest {
          number
          merged
          mergeCommit { oid }
          repository { databaseId }
          author { login ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId } }
        }
        """
}

/// The answer to that query.
struct ClosingAnswer: Decodable {
    struct Failure: Decodable {
        var type: String?
        var message: String?
    }
    struct Answer: Decodable { var repository: Repository? }
    struct Repository: Decodable {
        var databaseId: Int64?
        var issue: Issue?
    }
    struct Issue: Decodable {
        var state: String
        var timelineItems: Nodes<ClosedEvent>
    }
    struct Nodes<Node: Decodable>: Decodable { var nodes: [Node?]? }
    struct ClosedEvent: Decodable {
        var createdAt: Date?
        var stateReason: String?
        var closer: Closer?
    }
    struct Closer: Decodable {
        var __typename: String
        var oid: String?
        var associatedPullRequests: Nodes<PullRequest>?
        /// Present where the closer is a pull request.
        var pullRequest: PullRequest?

        enum CodingKeys: CodingKey { case __typename, oid, associatedPullRequests }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            __typename = try container.decode(String.self, forKey: .__typename)
            oid = try container.decodeIfPresent(String.self, forKey: .oid)
            associatedPullRequests = try container.decodeIfPresent(
                Nodes<PullRequest>.self, forKey: .associatedPullRequests)
            pullRequest = __typename == "PullRequest" ? try PullRequest(from: decoder) : nil
        }
    }
    struct PullRequest: Decodable {
        struct Commit: Decodable { var oid: String }
        struct Place: Decodable { var databaseId: Int64? }
        struct Author: Decodable {
            var login: String
            var databaseId: Int64?
        }

        var number: Int64
        var merged: Bool
        var mergeCommit: Commit?
        var repository: Place
        var author: Author?

        var solver: GitHubUser? {
            author.flatMap { author in author.databaseId.map { GitHubUser(id: $0, login: author.login) } }
        }
    }

    var data: Answer?
    var errors: [Failure]?

    /// Nil where there is no such issue in the repository of this id, or it was never closed.
    func closing(in repository: GitHubRepository) throws(GitHubError) -> GitHubClosing? {
        if let failure = errors?.first, data?.repository?.issue == nil {
            if failure.type == "NOT_FOUND" { return nil }
            throw GitHubError(.unavailable, "GraphQL answers an error of type \(failure.type ?? "unknown")")
        }
        guard let data else { throw GitHubError(.malformed, "GraphQL answers neither data nor errors") }
        // A name that has become another repository's.
        guard let found = data.repository, found.databaseId == repository.id, let issue = found.issue,
            let event = issue.timelineItems.nodes?.compactMap(\.self).last
        else { return nil }
        return GitHubClosing(
            isClosed: issue.state == "CLOSED", reason: event.stateReason, closedAt: event.createdAt,
            closer: event.closer.map { Self.closer($0, in: repository.id) } ?? .other)
    }

    private static func closer(_ closer: Closer, in repository: Int64) -> GitHubClosing.Closer {
        func isMerged(_ pullRequest: PullRequest) -> Bool {
            pullRequest.merged && pullRequest.repository.databaseId == repository
        }
        if let pullRequest = closer.pullRequest {
            return isMerged(pullRequest)
                ? .pullRequest(number: pullRequest.number, author: pullRequest.solver) : .other
        }
        guard let oid = closer.oid else { return .other }
        let merged = (closer.associatedPullRequests?.nodes ?? []).compactMap(\.self).filter(isMerged)
        // The one that this commit merged; else the only one that it is part of. Of several nobody is the solver.
        let found = merged.first { $0.mergeCommit?.oid == oid } ?? (merged.count == 1 ? merged[0] : nil)
        return found.map { .commit(oid, ofPullRequest: $0.number, author: $0.solver) } ?? .other
    }
}
