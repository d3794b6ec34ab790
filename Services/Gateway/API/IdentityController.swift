import Events
import FoundationEssentials
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol

/// Accounts and their wallets: `GET /v1/identities/{login-or-id}`, `POST /v1/identities/challenges`,
/// `POST /v1/identities/links`, `DELETE /v1/identities/links/{id}`.
struct IdentityController {
    /// Bytes of a body.
    static let maximumBodyBytes = 16 * 1024

    let board: BountyBoard
    let identity: IdentityClient
    let callers: Callers
    let clientAddress: ClientAddress

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        let group = group.group("identities")
        group.post("challenges", use: challenge)
        group.post("links", use: link)
        group.delete("links/{id}", use: unlink)
        group.get("{account}", use: show)
    }

    struct ChallengeBody: JSONBody {
        /// CAIP-10.
        var wallet: String

        enum CodingKeys: String, CodingKey, CaseIterable { case wallet }
    }

    struct LinkBody: JSONBody {
        var challenge: String
        var signature: String
        var publicKey: String?
        var previousSignature: String?
        var previousPublicKey: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case challenge, signature
            case publicKey = "public_key"
            case previousSignature = "previous_signature"
            case previousPublicKey = "previous_public_key"
        }
    }

    struct LinkAnswer: ResponseEncodable {
        var id: String
        var github: IdentityRecord.Account?
        var wallet: String?
        var family: String
        var state: LinkRecord.State
        var linkedAt: Date
        var effectiveAt: Date
        var revokedAt: Date?

        enum CodingKeys: String, CodingKey {
            case id, github, wallet, family, state
            case linkedAt = "linked_at"
            case effectiveAt = "effective_at"
            case revokedAt = "revoked_at"
        }

        init(_ link: LinkRecord, of github: IdentityRecord.Account?) {
            id = link.id.wireText
            self.github = github
            wallet = link.wallet
            family = link.family
            state = link.state
            linkedAt = link.linkedAt
            effectiveAt = link.effectiveAt
            revokedAt = link.revokedAt
        }
    }

    struct IdentityAnswer: ResponseEncodable {
        var github: IdentityRecord.Account
        var links: [LinkAnswer]
    }

    @Sendable func challenge(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try await callers.requireCaller(of: request)
        _ = try caller.user()
        let body = try await request.json(ChallengeBody.self, upTo: Self.maximumBodyBytes)
        let client = clientAddress.of(request, context)
        let issued = try await IdentityProblem.translating {
            try await identity.call(
                CreateLinkChallenge.self, .init(wallet: body.wallet, client: client), session: caller.token,
                trace: request.traceparent)
        }
        return try callers.response(issued, to: caller, request, context)
    }

    @Sendable func link(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try await callers.requireCaller(of: request)
        _ = try caller.user()
        let body = try await request.json(LinkBody.self, upTo: Self.maximumBodyBytes)
        let signed = SignedChallenge(
            challenge: body.challenge, signature: body.signature, publicKey: body.publicKey,
            previousSignature: body.previousSignature, previousPublicKey: body.previousPublicKey)
        let outcome = try await IdentityProblem.translating {
            try await identity.call(LinkWallet.self, signed, session: caller.token, trace: request.traceparent)
        }
        return try callers.response(
            LinkAnswer(outcome.link, of: outcome.github), status: .created, to: caller, request, context)
    }

    @Sendable func unlink(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let caller = try await callers.requireCaller(of: request)
        _ = try caller.user()
        let id = context.parameters.get("id") ?? ""
        let outcome = try await IdentityProblem.translating {
            try await identity.call(
                UnlinkWallet.self, .init(link: id), session: caller.token, trace: request.traceparent)
        }
        return try callers.response(LinkAnswer(outcome.link, of: outcome.github), to: caller, request, context)
    }

    /// From memory, so with whoever else is away; an account's own session also shows what waits, if the identity service is there
    /// to say it.
    @Sendable func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let account = context.parameters.get("account") ?? ""
        let known = board.snapshot.identities.find(account)
        guard request.headers[.authorization] != nil || request.headers[.cookie] != nil,
            let caller = try await callers.caller(of: request)
        else { return try publicAnswer(known, to: request) }
        do {
            let record = try await identity.call(
                ShowIdentity.self, .init(account: account), session: caller.token, trace: request.traceparent)
            return try callers.response(Self.answer(record), to: caller, request, context)
        } catch {
            let problem = IdentityProblem.problem(for: error)
            guard let known, (problem as? Problem)?.status.kind != .clientError else { throw problem }
            return try callers.response(Self.answer(known), to: caller, request, context)
        }
    }

    private func publicAnswer(_ known: IdentityRecord?, to request: Request) throws -> Response {
        guard let known else {
            throw Problem(
                .notFound, "unknown-account", title: "Unknown account",
                detail: "no account of this name or id has linked a wallet here")
        }
        return try request.conditionalJSON(Self.answer(known), vary: "Cookie, Authorization")
    }

    private static func answer(_ record: IdentityRecord) -> IdentityAnswer {
        IdentityAnswer(github: record.github, links: record.links.map { LinkAnswer($0, of: nil) })
    }
}

extension IssuedChallenge: ResponseEncodable {}
