import BountyProtocol
import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol
import NIOCore

/// Signing a bounty, `POST /v1/bounties/{id}/challenge` and `/signature`, and its history, `GET /v1/bounties/{id}/history`.
struct SigningController {
    /// Bytes of a body.
    static let maximumBodyBytes = 16 * 1024

    let bounties: ServiceClient
    let board: BountyBoard
    let callers: Callers

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        group.post("bounties/{id}/challenge", use: challenge)
        group.post("bounties/{id}/signature", use: sign)
        group.get("bounties/{id}/history", use: history)
    }

    struct ChallengeBody: JSONBody {
        /// The token of the signing link.
        var link: String
        /// CAIP-10.
        var wallet: String

        enum CodingKeys: String, CodingKey, CaseIterable { case link, wallet }
    }

    struct SignatureBody: JSONBody {
        var challenge: String
        var signature: String
        /// Of Cosmos.
        var publicKey: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case challenge, signature
            case publicKey = "public_key"
        }
    }

    @Sendable func challenge(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try await callers.requireCaller(of: request)
        _ = try caller.user()
        let body = try await request.json(ChallengeBody.self, upTo: Self.maximumBodyBytes)
        let issued = try await ServiceProblem.translating(of: ServiceName.bounty) {
            try await bounties.call(
                CreateSigningChallenge.self,
                .init(bounty: context.parameters.get("id") ?? "", link: body.link, wallet: body.wallet),
                session: caller.token, trace: request.traceparent)
        }
        return try callers.response(issued, to: caller, request, context)
    }

    @Sendable func sign(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try await callers.requireCaller(of: request)
        _ = try caller.user()
        let body = try await request.json(SignatureBody.self, upTo: Self.maximumBodyBytes)
        let bounty = try await ServiceProblem.translating(of: ServiceName.bounty) {
            try await bounties.call(
                SignBounty.self,
                .init(
                    bounty: context.parameters.get("id") ?? "", challenge: body.challenge, signature: body.signature,
                    publicKey: body.publicKey),
                session: caller.token, trace: request.traceparent)
        }
        var response = try callers.response(bounty, to: caller, request, context)
        response.headers[.bursarVersion] = BountyVersion(bounty: bounty.id, version: bounty.version).description
        return response
    }

    /// Every event of the bounty, the oldest first, from the bounty service's own table.
    @Sendable func history(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let history = try await ServiceProblem.translating(of: ServiceName.bounty) {
            try await bounties.call(
                BountyHistory.self, .init(bounty: context.parameters.get("id") ?? ""), trace: request.traceparent)
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: Self.text(of: history))))
    }

    /// The data of each event goes in as it is: JSON already.
    private static func text(of history: BountyHistory.Response) -> String {
        let entries = history.events.map { entry in
            #"{"data":\#(entry.data),"time":"\#(entry.time.wireText)","type":"\#(entry.type)","version":\#(entry.version)}"#
        }
        return #"{"events":["# + entries.joined(separator: ",") + "]}"
    }
}
