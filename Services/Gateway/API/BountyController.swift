import Events
import FoundationEssentials
import GatewayDomain
import HTTP
import Hummingbird

/// `GET /v1/bounties` and `GET /v1/bounties/{id}`: reads from memory. With `Bursar-Version`, of a
/// write's answer, they wait until they show it.
struct BountyController {
    static let defaultLimit = 50
    /// Bounties on one page: about 100 KB of JSON.
    static let maximumLimit = 100

    let board: BountyBoard

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        group.get("bounties", use: list)
        group.get("bounties/{id}", use: one)
    }

    struct BountyList: ResponseEncodable {
        var bounties: [BountyRecord]
        var nextCursor: String?

        enum CodingKeys: String, CodingKey {
            case bounties
            case nextCursor = "next_cursor"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(bounties, forKey: .bounties)
            // The member is always there: null on the last page.
            try container.encode(nextCursor, forKey: .nextCursor)
        }
    }

    @Sendable func list(_ request: Request, _ context: ServerRequestContext) async throws -> BountyList {
        let query = try Query(
            request, allowing: ["repository", "state", "denomination", "sponsor", "q", "cursor", "limit"])
        let filter = BountyFilter(
            repository: query.text("repository").map(BountyFilter.Label.init),
            state: try query.choice("state", of: BountyRecord.State.self),
            denomination: query.text("denomination"),
            sponsor: query.text("sponsor").map(BountyFilter.Label.init),
            text: query.text("q"))
        let limit = try query.integer("limit", in: 1...Self.maximumLimit) ?? Self.defaultLimit
        let cursor = try PageCursor.find(in: query)?.id
        let page = try await board.snapshot(for: request).page(matching: filter, before: cursor, limit: limit)
        return BountyList(bounties: page.bounties, nextCursor: page.next.map { PageCursor(id: $0).text })
    }

    @Sendable func one(_ request: Request, _ context: ServerRequestContext) async throws -> BountyRecord {
        _ = try Query(request, allowing: [])
        let snapshot = try await board.snapshot(for: request)
        guard let bounty = context.parameters.get("id").flatMap({ UUID(uuidString: $0) }).flatMap({ snapshot[$0] })
        else { throw Problem.notFound("there is no bounty with this id") }
        return bounty
    }
}

extension BountyRecord: ResponseEncodable {}
