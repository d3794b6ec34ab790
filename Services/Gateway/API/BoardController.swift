import Events
import FoundationEssentials
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The public board: `GET /v1/leaderboard`, `GET /v1/repositories/{owner}/{name}`, and its badge.
struct BoardController {
    static let defaultLimit = 10
    /// Leaders of each board on one page.
    static let maximumLimit = 100

    let board: BountyBoard

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        group.get("leaderboard", use: leaderboard)
        group.get("repositories/{owner}/{name}", use: repository)
        group.get("repositories/{owner}/{name}/badge.svg", use: badge)
    }

    struct LeaderboardAnswer: Encodable {
        struct Leader: Encodable {
            var account: BountyRecord.Account
            var amount: String
            var units: String
            /// Bounties, or shares of them.
            var count: Int
        }

        struct Board: Encodable {
            var denomination: String
            var decimals: Int
            var asset: String
            var leaders: [Leader]
            var nextCursor: String?

            enum CodingKeys: String, CodingKey {
                case denomination, decimals, asset, leaders
                case nextCursor = "next_cursor"
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(denomination, forKey: .denomination)
                try container.encode(decimals, forKey: .decimals)
                try container.encode(asset, forKey: .asset)
                try container.encode(leaders, forKey: .leaders)
                // The member is always there: null on the last page.
                try container.encode(nextCursor, forKey: .nextCursor)
            }
        }

        var by: String
        var boards: [Board]
    }

    struct RepositoryAnswer: Encodable {
        struct Total: Encodable {
            var count: Int
            var amount: String
            var units: String
        }

        struct Denomination: Encodable {
            var denomination: String
            var decimals: Int
            var asset: String
            var states: [String: Total]
        }

        var repository: BountyRecord.Repository
        var denominations: [Denomination]
    }

    @Sendable func leaderboard(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, allowing: ["by", "denomination", "limit", "cursor"])
        let kind = try query.choice("by", of: Leaderboards.Kind.self) ?? .solvers
        let limit = try query.integer("limit", in: 1...Self.maximumLimit) ?? Self.defaultLimit
        let cursor = try query.text("cursor").map { text in
            guard let cursor = Leaderboards.Cursor(encoded: text) else {
                throw Problem.invalidParameter("cursor", expectation: "the next_cursor of an earlier answer")
            }
            return cursor
        }
        let boards = try await board.snapshot(for: request).leaderboards(
            kind, denomination: query.text("denomination"), after: cursor, limit: limit)
        return try request.conditionalJSON(LeaderboardAnswer(by: kind.rawValue, boards: boards.map { .init($0) }))
    }

    @Sendable func repository(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let snapshot = try await board.snapshot(for: request)
        guard let overview = context.repositoryName.flatMap({ snapshot.repository(named: $0) }) else {
            throw Problem.notFound("no bounty is in a repository of this name")
        }
        return try request.conditionalJSON(RepositoryAnswer(overview))
    }

    @Sendable func badge(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let snapshot = board.snapshot
        let badge = Badge(context.repositoryName.flatMap { snapshot.repository(named: $0) })
        let body = ByteBuffer(string: badge.svg)
        // Shown on other sites, through their caches.
        return Response.conditional(
            request, tag: EntityTag(of: body.readableBytesView), contentType: "image/svg+xml",
            cacheControl: "public, max-age=60"
        ) { body }
    }
}

extension BoardController.LeaderboardAnswer.Board {
    fileprivate init(_ board: Leaderboards.Board) {
        self.init(
            denomination: board.denomination, decimals: board.decimals, asset: board.asset,
            leaders: board.leaders.map { leader in
                .init(
                    account: leader.account, amount: leader.total.amount, units: leader.total.units,
                    count: leader.total.count)
            },
            nextCursor: board.next?.encoded)
    }
}

extension BoardController.RepositoryAnswer {
    fileprivate init(_ overview: RepositoryOverview) {
        repository = overview.repository
        denominations = overview.denominations.map { denomination in
            let states = denomination.states.map { state, total in
                (state.rawValue, Total(count: total.count, amount: total.amount, units: total.units))
            }
            return Denomination(
                denomination: denomination.denomination, decimals: denomination.decimals, asset: denomination.asset,
                states: Dictionary(uniqueKeysWithValues: states))
        }
    }
}

extension Leaderboards.Cursor {
    /// Base64url without padding (RFC 4648, section 5).
    fileprivate var encoded: String {
        Data(text.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    fileprivate init?(encoded text: String) {
        var padded = text.replacing("-", with: "+").replacing("_", with: "/")
        while padded.utf8.count % 4 != 0 { padded += "=" }
        guard let data = Data(base64Encoded: padded), let plain = String(data: data, encoding: .utf8) else {
            return nil
        }
        self.init(plain)
    }
}
