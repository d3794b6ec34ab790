import FoundationEssentials
import HTTP
import HTTPTypes

/// The calls of the API, each in the sandbox's lock.
extension GitHubSandbox {
    // MARK: - The app

    @Sendable static func showApp(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        struct Body: Encodable {
            var id: Int64
            var slug: String
            var name: String
        }
        return try APIAnswer(.ok, Body(id: call.app.id, slug: call.app.slug, name: call.app.slug))
    }

    @Sendable static func makeToken(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        guard try call.number("installation") == call.app.installation else { throw .notFound }
        struct Body: Encodable {
            var token: String
            var expires_at: Date
        }
        let token = "ghs_" + random().prefix(36)
        let expiresAt = call.now.addingTimeInterval(state.api.settings.tokenLifetime)
        if state.api.tokens.count >= maximumKept { state.api.tokens = [:] }
        state.api.tokens[token] = .init(installation: call.app.installation, expiresAt: expiresAt)
        return try APIAnswer(.created, Body(token: token, expires_at: expiresAt))
    }

    @Sendable static func showInstallation(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        struct Body: Encodable { var id: Int64 }
        guard let installation = try repository(call, state).installation else { throw .notFound }
        return try APIAnswer(.ok, Body(id: installation))
    }

    // MARK: - Accounts

    private struct User: Encodable {
        var login: String
        var id: Int64
        var type = "User"
    }

    @Sendable static func showUser(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        guard let account = state.world.account(login: call.parameters["login"] ?? "") else { throw .notFound }
        return try APIAnswer(.ok, User(login: account.login, id: account.id))
    }

    @Sendable static func showUserByID(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        guard let account = state.world.account(try call.number("id")) else { throw .notFound }
        return try APIAnswer(.ok, User(login: account.login, id: account.id))
    }

    @Sendable static func showPermission(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        struct Body: Encodable {
            var permission: String
            var role_name: String
            var user: User
        }
        let repository = try repository(call, state)
        guard let account = state.world.account(login: call.parameters["login"] ?? "") else { throw .notFound }
        let permission = state.world.permission(of: account.id, in: repository)
        return try APIAnswer(
            .ok,
            Body(permission: permission, role_name: permission, user: User(login: account.login, id: account.id)))
    }

    // MARK: - Comments and reactions

    @Sendable static func listComments(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let issue = state.world.issues[try issue(call, state)]
        let rendering = SandboxRendering(world: state.world, app: call.app, base: call.pages)
        let all = state.world.comments(of: issue.place)
        let size = min(max(call.query["per_page"].flatMap { Int($0) } ?? state.api.settings.pageSize, 1), 100)
        let page = max(call.query["page"].flatMap { Int($0) } ?? 1, 1)
        let start = min((page - 1) * size, all.count)
        let end = min(start + size, all.count)
        var answer = try APIAnswer(.ok, all[start..<end].map(rendering.comment))
        if end < all.count {
            let url =
                "\(call.base)/repositories/\(issue.repository)/issues/\(issue.number)/comments?per_page=\(size)&page=\(page + 1)"
            answer.headers[.constant("Link")] = "<\(url)>; rel=\"next\""
        }
        return answer
    }

    private struct CommentBody: Decodable { var body: String }

    /// Characters of a comment's text.
    private static let maximumText = 65_536

    @Sendable static func createComment(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let index = try issue(call, state)
        guard !state.world.issues[index].isLocked else {
            throw APIFailure(.forbidden, "Unable to create comment because issue is locked.")
        }
        let text = try text(call)
        let (outcome, events) = try step(call, &state) { step throws(SandboxRefusal) in
            try step.comment(on: index, text, by: call.app.botID, app: call.app.id)
        }
        state.hooks.enqueue(events, at: call.now)
        return try shown(outcome.comment ?? 0, .created, call, state)
    }

    @Sendable static func editComment(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let comment = try comment(call, state)
        let text = try text(call)
        guard comment.app == call.app.id else { throw APIFailure(.forbidden, "Resource not accessible by integration") }
        let (_, events) = try step(call, &state) { step throws(SandboxRefusal) in
            try step.editComment(comment.id, text, by: call.app.botID)
        }
        state.hooks.enqueue(events, at: call.now)
        return try shown(comment.id, .ok, call, state)
    }

    @Sendable static func showComment(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        try shown(try comment(call, state).id, .ok, call, state)
    }

    private struct ReactionBody: Decodable { var content: String }

    private static let reactions: Set = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]

    @Sendable static func reactToIssue(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let index = try issue(call, state)
        return try react(call, &state.world.issues[index].reactions)
    }

    @Sendable static func reactToComment(_ call: APICall, _ state: inout State) throws(APIFailure) -> APIAnswer {
        let id = try comment(call, state).id
        guard let index = state.world.comments.firstIndex(where: { $0.id == id }) else { throw .notFound }
        return try react(call, &state.world.comments[index].reactions)
    }

    private static func react(
        _ call: APICall, _ reactions: inout [SandboxWorld.Reaction]
    ) throws(APIFailure) -> APIAnswer {
        let content = try call.json(ReactionBody.self).content
        guard Self.reactions.contains(content) else { throw APIFailure(.unprocessableContent, "Validation Failed") }
        struct Body: Encodable { var content: String }
        let reaction = SandboxWorld.Reaction(account: call.app.botID, content: content)
        guard !reactions.contains(reaction) else { return try APIAnswer(.ok, Body(content: content)) }
        reactions.append(reaction)
        return try APIAnswer(.created, Body(content: content))
    }

    // MARK: - Finding

    /// The repository of the path, which the caller must be installed in.
    private static func repository(_ call: APICall, _ state: State) throws(APIFailure) -> SandboxWorld.Repository {
        let found: SandboxWorld.Repository?
        if call.parameters["repository"] != nil {
            found = state.world.repository(try call.number("repository"))
        } else {
            let name = "\(call.parameters["owner"] ?? "")/\(call.parameters["name"] ?? "")"
            found = state.world.repository(named: name)
            if found == nil, let renamed = state.world.repository(formerlyNamed: name) {
                throw .moved(to: "\(call.base)/repositories/\(renamed.id)\(rest(call))")
            }
        }
        guard let found else { throw .notFound }
        if case .installation(let id) = call.caller, found.installation != id { throw .notFound }
        return found
    }

    /// What follows the repository in the path, as redirections keep it.
    private static func rest(_ call: APICall) -> String {
        if let login = call.parameters["login"] { return "/collaborators/\(login)/permission" }
        if let comment = call.parameters["comment"] { return "/issues/comments/\(comment)" }
        if let number = call.parameters["number"] {
            let query = call.query["per_page"].map { "?per_page=\($0)" } ?? ""
            return "/issues/\(number)/comments\(query)"
        }
        return "/installation"
    }

    private static func issue(_ call: APICall, _ state: State) throws(APIFailure) -> Int {
        let repository = try repository(call, state)
        guard let index = state.world.index(of: .init(repository: repository.id, number: try call.number("number")))
        else { throw .notFound }
        let issue = state.world.issues[index]
        if issue.isDeleted { throw .gone }
        guard let place = issue.movedTo else { return index }
        // Where the app may not look, the new place is not given away.
        guard let home = state.world.repository(place.repository), home.installation == call.app.installation else {
            throw .notFound
        }
        throw .moved(to: "\(call.base)/repositories/\(place.repository)/issues/\(place.number)/comments")
    }

    private static func comment(_ call: APICall, _ state: State) throws(APIFailure) -> SandboxWorld.Comment {
        let repository = try repository(call, state)
        let id = try call.number("comment")
        guard let comment = state.world.comments.first(where: { $0.id == id }),
            comment.issue.repository == repository.id,
            let issue = state.world.issue(comment.issue), !issue.isDeleted, issue.movedTo == nil
        else { throw .notFound }
        return comment
    }

    private static func text(_ call: APICall) throws(APIFailure) -> String {
        let text = try call.json(CommentBody.self).body
        guard (1...maximumText).contains(text.count) else {
            throw APIFailure(.unprocessableContent, "Validation Failed: body is too long")
        }
        return text
    }

    private static func step(
        _ call: APICall, _ state: inout State, _ body: (inout SandboxStep) throws(SandboxRefusal) -> SandboxOutcome
    ) throws(APIFailure) -> (SandboxOutcome, [WebhookEvent]) {
        let now = Date(timeIntervalSince1970: call.now.timeIntervalSince1970.rounded(.down))
        var step = SandboxStep(world: state.world, app: call.app, base: call.pages, now: now)
        do throws(SandboxRefusal) {
            let outcome = try body(&step)
            state.world = step.world
            return (outcome, step.events)
        } catch { throw APIFailure(.unprocessableContent, error.description) }
    }

    private static func shown(
        _ id: Int64, _ status: HTTPResponse.Status, _ call: APICall, _ state: State
    ) throws(APIFailure) -> APIAnswer {
        guard let comment = state.world.comments.first(where: { $0.id == id }) else { throw .notFound }
        return try APIAnswer(
            status, SandboxRendering(world: state.world, app: call.app, base: call.pages).comment(comment))
    }
}
