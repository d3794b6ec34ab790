import FoundationEssentials
import HTTPTypes

/// Of GraphQL, the one question: what closed an issue. The query's text is not read; its variables say which issue, and the
/// answer has every member that GitHub has for it.
extension GitHubSandbox {
    @Sendable static func graphQL(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        struct Query: Decodable {
            struct Variables: Decodable {
                var owner: String
                var name: String
                var number: Int64
            }
            var query: String
            var variables: Variables
        }
        let query = try call.json(Query.self)
        guard query.query.contains("closer") else {
            throw APIFailure(.badRequest, "the sandbox knows no other query than that for the closer of an issue")
        }
        let name = "\(query.variables.owner)/\(query.variables.name)"
        // GraphQL follows former names without a redirection.
        let repository = state.world.repository(named: name) ?? state.world.repository(formerlyNamed: name)
        guard let repository, case .installation(let id) = call.caller, repository.installation == id,
            let issue = state.world.issue(.init(repository: repository.id, number: query.variables.number)),
            !issue.isDeleted, issue.movedTo == nil, !issue.isPullRequest
        else { return try APIAnswer(.ok, ClosingBody.unknown) }
        return try APIAnswer(.ok, ClosingBody(issue, in: repository, state.world))
    }
}

private struct ClosingBody: Encodable {
    struct Failure: Encodable {
        var type = "NOT_FOUND"
        var message = "Could not resolve to an Issue."
    }
    struct Answer: Encodable { var repository: Repository? }
    struct Repository: Encodable {
        var databaseId: Int64
        var issue: Issue?
    }
    struct Issue: Encodable {
        var state: String
        var timelineItems: Nodes<Event>
    }
    struct Nodes<Node: Encodable>: Encodable { var nodes: [Node] }
    struct Event: Encodable {
        var createdAt: Date
        var stateReason: String
        var closer: Closer?
    }
    struct Closer: Encodable {
        var __typename: String
        var oid: String?
        var associatedPullRequests: Nodes<PullRequest>?
        var number: Int64?
        var merged: Bool?
        var mergeCommit: Commit?
        var repository: Place?
        var author: Author?
    }
    struct PullRequest: Encodable {
        var number: Int64
        var merged: Bool
        var mergeCommit: Commit?
        var repository: Place
        var author: Author?
    }
    struct Commit: Encodable { var oid: String }
    struct Place: Encodable { var databaseId: Int64 }
    struct Author: Encodable {
        var login: String
        var databaseId: Int64
    }

    var data: Answer?
    var errors: [Failure]?

    static var unknown: ClosingBody { ClosingBody(data: Answer(repository: nil), errors: [Failure()]) }

    private init(data: Answer?, errors: [Failure]?) {
        self.data = data
        self.errors = errors
    }

    init(_ issue: SandboxWorld.Issue, in repository: SandboxWorld.Repository, _ world: SandboxWorld) {
        let event = issue.closer.map { closer in
            Event(
                createdAt: issue.closedAt ?? issue.updatedAt,
                stateReason: (issue.stateReason ?? "completed").uppercased(),
                closer: Self.closer(closer, world))
        }
        data = Answer(
            repository: Repository(
                databaseId: repository.id,
                issue: Issue(
                    state: issue.closedAt == nil ? "OPEN" : "CLOSED",
                    timelineItems: Nodes(nodes: event.map { [$0] } ?? []))))
    }

    private static func closer(_ closer: SandboxWorld.Closer, _ world: SandboxWorld) -> Closer? {
        switch closer {
        case .nobody: return nil
        case .pullRequest(let repository, let number):
            guard let found = world.issue(.init(repository: repository, number: number)) else { return nil }
            let pullRequest = pullRequest(found, world)
            return Closer(
                __typename: "PullRequest", number: pullRequest.number, merged: pullRequest.merged,
                mergeCommit: pullRequest.mergeCommit, repository: pullRequest.repository, author: pullRequest.author)
        case .commit(let oid):
            let parts = world.issues.filter { $0.mergeCommit == oid || $0.commits.contains(oid) }
            return Closer(
                __typename: "Commit", oid: oid,
                associatedPullRequests: Nodes(nodes: parts.map { pullRequest($0, world) }))
        }
    }

    private static func pullRequest(_ issue: SandboxWorld.Issue, _ world: SandboxWorld) -> PullRequest {
        PullRequest(
            number: issue.number, merged: issue.isMerged, mergeCommit: issue.mergeCommit.map { Commit(oid: $0) },
            repository: Place(databaseId: issue.repository),
            author: world.account(issue.author).map { Author(login: $0.login, databaseId: $0.id) })
    }
}
