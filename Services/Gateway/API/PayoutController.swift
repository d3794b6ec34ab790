import BountyProtocol
import Events
import FoundationEssentials
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol

/// Payout orders: `GET /v1/payouts`, `GET /v1/payouts/{id}`, `POST /v1/payouts/{id}/acknowledgement`, and the keys that verify
/// them, `GET /v1/payout-keys`.
struct PayoutController {
    static let defaultLimit = 50
    /// Orders on one page: about 150 KB of JSON.
    static let maximumLimit = 100
    /// Bytes of a body.
    static let maximumBodyBytes = 4 * 1024

    let board: BountyBoard
    let bounties: ServiceClient
    let callers: Callers
    let keys: PublishedPayoutKeys

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        group.get("payouts", use: list)
        group.get("payouts/{id}", use: one)
        group.post("payouts/{id}/acknowledgement", use: acknowledge)
        group.get("payout-keys", use: publicKeys)
    }

    struct PayoutList: Encodable {
        var payouts: [PayoutRecord]
        var nextCursor: String?

        enum CodingKeys: String, CodingKey {
            case payouts
            case nextCursor = "next_cursor"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(payouts, forKey: .payouts)
            // The member is always there: null on the last page.
            try container.encode(nextCursor, forKey: .nextCursor)
        }
    }

    struct AcknowledgementBody: JSONBody {
        /// By which the order was executed, as the chain names it.
        var transaction: String

        enum CodingKeys: String, CodingKey, CaseIterable { case transaction }
    }

    struct KeyList: Encodable {
        var keys: [PayoutPublicKey]
    }

    @Sendable func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, allowing: ["state", "bounty", "recipient", "cursor", "limit"])
        let filter = PayoutFilter(
            state: try query.choice("state", of: PayoutRecord.State.self),
            bounty: try query.text("bounty").map { text in
                guard let id = UUID(wireText: text) else {
                    throw Problem.invalidParameter("bounty", expectation: "the id of a bounty")
                }
                return id
            },
            recipient: try query.integer("recipient", in: 1...Int.max).map(Int64.init))
        let limit = try query.integer("limit", in: 1...Self.maximumLimit) ?? Self.defaultLimit
        let cursor = try PageCursor.find(in: query)?.id
        let page = try await board.snapshot(for: request).payouts.page(matching: filter, before: cursor, limit: limit)
        return try request.conditionalJSON(
            PayoutList(payouts: page.payouts, nextCursor: page.next.map { PageCursor(id: $0).text }))
    }

    @Sendable func one(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let payouts = try await board.snapshot(for: request).payouts
        guard let payout = context.parameters.get("id").flatMap({ UUID(wireText: $0) }).flatMap({ payouts[$0] })
        else { throw Problem.notFound("there is no payout order with this id") }
        return try request.conditionalJSON(payout)
    }

    @Sendable func acknowledge(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try await callers.requireCaller(of: request)
        guard caller.session.has(.payouts) else {
            throw Problem(
                .forbidden, "missing-scope", title: "Missing scope",
                detail: "orders are acknowledged with an API key of the scope \(APIScope.payouts.rawValue)")
        }
        let body = try await request.json(AcknowledgementBody.self, upTo: Self.maximumBodyBytes)
        let answer = try await ServiceProblem.translating(of: ServiceName.bounty) {
            try await bounties.call(
                AcknowledgePayout.self,
                .init(payout: context.parameters.get("id") ?? "", transaction: body.transaction),
                session: caller.token, trace: request.traceparent)
        }
        var response = try callers.response(answer.payout, to: caller, request, context)
        response.headers[.bursarVersion] =
            BountyVersion(bounty: answer.payout.bounty, version: answer.version).description
        return response
    }

    @Sendable func publicKeys(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        return try request.conditionalJSON(KeyList(keys: try await keys.current(trace: request.traceparent)))
    }
}

extension PayoutRecord: ResponseEncodable {}
