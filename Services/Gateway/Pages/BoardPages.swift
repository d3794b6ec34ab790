import BountyProtocol
import Events
import FoundationEssentials
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol
import Markdown
import Money

/// `/`, `/bounties/{id}`, and `GET /v1/bounties/{id}/comment`, which the page shows.
struct BoardPages {
    /// For what a page asks of another service: it is shown without, where that takes longer.
    private static let patience = Duration.seconds(2)

    let board: BountyBoard
    let bounties: ServiceClient
    let viewers: Viewers
    let denominations: Denominations
    let links: ForeignLinks

    func addRoutes(to router: Router<ServerRequestContext>, api: RouterGroup<ServerRequestContext>) {
        router.get("/", use: list)
        router.get("bounties/{id}", use: one)
        api.get("bounties/{id}/comment", use: comment)
    }

    @Sendable func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let search = try BoardSearch(try Query(request, reading: BoardSearch.parameters))
        let snapshot = try await board.snapshot(for: request)
        let page = search.page(of: snapshot)
        let view = BoardView(
            search: search, bounties: page.bounties, next: page.next.map { PageCursor(id: $0).text },
            leaders: leaders(of: snapshot),
            denominations: denominations, links: links)
        return viewers.response(
            PageLayout(title: "", location: request.uri.string, script: "board.js", main: view.html),
            to: await viewers.viewer(of: request))
    }

    private func leaders(of snapshot: BountySnapshot) -> [BoardView.Leaders] {
        snapshot.leaderboards(.solvers, denomination: nil, after: nil, limit: BoardView.Leaders.maximumShown).map {
            .init(denomination: $0.denomination, leaders: $0.leaders.map { ($0.account, $0.total.amount) })
        }
    }

    @Sendable func one(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, reading: ["link"])
        let snapshot = try await board.snapshot(for: request)
        guard let bounty = context.parameters.get("id").flatMap({ UUID(wireText: $0) }).flatMap({ snapshot[$0] })
        else { throw Problem.notFound("there is no bounty with this id") }
        async let history = asked(BountyHistory.self, bounty.id, request) { answer in
            answer.events.map { HistoryEntry($0, snapshot) }
        }
        async let comment = asked(PreviewComment.self, bounty.id, request) { answer in
            answer.markdown.map { HTML(trusted: MarkdownHTML.rendered($0)) }
        }
        let viewer = await viewers.viewer(of: request)
        let view = BountyView(
            bounty: bounty, payouts: bounty.shares.compactMap { $0.payout.flatMap { snapshot.payouts[$0] } },
            history: await history, comment: await comment, viewer: viewer.account, link: query.text("link"),
            location: request.uri.string, denominations: denominations, links: links)
        let title = "\(bounty.amount) \(bounty.denomination) on \(bounty.repository.fullName)#\(bounty.issue.number)"
        return viewers.response(
            PageLayout(
                title: title, location: request.uri.string, script: "sign.js",
                summary: "\(Words.title(of: bounty)): \(title), \(bounty.state.rawValue).", main: view.html),
            to: viewer)
    }

    private func asked<Method: BountyMethod, Value: Sendable>(
        _ method: Method.Type, _ bounty: UUID, _ request: Request, _ body: (Method.Response) -> Value
    ) async -> BountyView.Asked<Value> where Method.Request == BountyHistory.Request {
        let answer = try? await bounties.call(
            method, .init(bounty: bounty.wireText), trace: request.traceparent, timeout: Self.patience)
        return answer.map { .answered(body($0)) } ?? .unavailable
    }

    struct CommentAnswer: ResponseEncodable {
        /// Nil while nothing was rendered yet.
        var markdown: String?

        private enum CodingKeys: String, CodingKey { case markdown }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(markdown, forKey: .markdown)
        }
    }

    /// The status comment of the bounty's issue, as it is on GitHub, or would be where no app is configured.
    @Sendable func comment(_ request: Request, _ context: ServerRequestContext) async throws -> CommentAnswer {
        _ = try Query(request, allowing: [])
        let answer = try await ServiceProblem.translating(of: ServiceName.bounty) {
            try await bounties.call(
                PreviewComment.self, .init(bounty: context.parameters.get("id") ?? ""), trace: request.traceparent)
        }
        return CommentAnswer(markdown: answer.markdown)
    }
}
