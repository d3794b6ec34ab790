import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import Markdown
import NIOCore
import Synchronization

/// What GitHub does not have: the commands of `bursar sandbox`; and pages for people, plain as they are.
extension GitHubSandbox {
    func addPages(to router: Router<ServerRequestContext>) {
        router.post("/sandbox/commands", use: command)
        router.get("/sandbox/issues/:owner/:name/:number", use: showIssue)
        router.get("/", use: index)
        router.get("/:owner/:name/issues/:number", use: page)
        router.get("/:owner/:name/pull/:number", use: page)
    }

    private static let maximumBodyBytes = 1 << 20

    @Sendable private func command(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = Data((try await request.body.collect(upTo: Self.maximumBodyBytes)).readableBytesView)
        guard let command = try? JSONDecoder().decode(SandboxCommand.self, from: body) else {
            throw Problem.invalidBody(pointer: "", "is no command of the sandbox")
        }
        do throws(SandboxRefusal) {
            return try Self.json(try perform(command))
        } catch { throw Problem.refusedByTheSandbox(error) }
    }

    @Sendable private func showIssue(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        do throws(SandboxRefusal) {
            return try Self.json(try view(context))
        } catch { throw Problem.refusedByTheSandbox(error) }
    }

    private func view(_ context: ServerRequestContext) throws(SandboxRefusal) -> SandboxIssueView {
        let owner = context.parameters.get("owner") ?? ""
        let name = context.parameters.get("name") ?? ""
        return try view(
            repository: "\(owner)/\(name)", number: context.parameters.get("number").flatMap { Int64($0) } ?? 0)
    }

    @Sendable private func index(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let world = state.withLock { $0.world }
        let rows = world.repositories.filter { !$0.isDeleted }.map { repository in
            let issues = world.issues.filter {
                $0.repository == repository.id && !$0.isDeleted && $0.movedTo == nil
            }.map { issue in
                let path = "/\(repository.fullName)/\(issue.isPullRequest ? "pull" : "issues")/\(issue.number)"
                return #"<li><a href="\#(Self.escaped(path))">#\#(issue.number) \#(Self.escaped(issue.title))</a></li>"#
            }
            return "<h2>\(Self.escaped(repository.fullName))</h2><ul>\(issues.joined())</ul>"
        }
        return Self.page(.ok, "<h1>GitHub sandbox</h1>\(rows.joined())")
    }

    @Sendable private func page(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let issue = try? view(context) else { return Self.page(.notFound, "<h1>404</h1>") }
        let texts = ([issue.text] + issue.comments).map { text in
            let reactions =
                text.reactions.isEmpty ? "" : "<p>\(Self.escaped(text.reactions.joined(separator: " ")))</p>"
            return """
                <article id="issuecomment-\(text.id)"><h3>\(Self.escaped(text.author))\(text.isEdited ? " (edited)" : "")</h3>
                \(MarkdownHTML.rendered(text.body))\(reactions)</article><hr>
                """
        }
        return Self.page(
            .ok,
            "<h1>\(Self.escaped(issue.title)) #\(issue.number)</h1><p>\(issue.state) in \(Self.escaped(issue.repository))</p><hr>"
                + texts.joined(separator: "\n"))
    }

    private static func json(_ value: some Encodable) throws(SandboxRefusal) -> Response {
        guard let body = try? JSONEncoder().encode(value) else { throw SandboxRefusal(description: "not encodable") }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension Problem {
    fileprivate static func refusedByTheSandbox(_ refusal: SandboxRefusal) -> Problem {
        Problem(
            .unprocessableContent, "refused", title: "The sandbox refuses", detail: refusal.description)
    }
}
