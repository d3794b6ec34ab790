import BountyDomain
import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import Money
import Postgres

/// Makes a proposed bounty active by its sponsor's signature. The text is made, and the signature checked, by the identity
/// service; what it says of the bounty comes from our own record.
struct Signing: Sendable {
    let database: PostgresClient
    let identity: ServiceClient
    let sessions: CallerSessions
    let links: SigningLinks
    /// Called after a commit with an event, so that it is published at once.
    let committed: @Sendable () -> Void
    let now: @Sendable () -> Date

    /// The text to sign, for the bounty as it is now.
    func challenge(
        _ request: CreateSigningChallenge.Request, token: String?, trace: Traceparent?
    ) async throws -> IssuedChallenge {
        let user = try sessions.user(token)
        let bounty = try await find(request.bounty)
        guard let link = links.link(of: request.link), link.bounty == bounty.id else {
            throw ServiceFailure(403, "wrong-link", "the link is not one of this bounty; take the one in the comment")
        }
        try Self.checkSponsor(bounty, user.githubID, link: link)
        try checkProposed(bounty)
        guard link.version == bounty.version, now() < link.expiresAt else { throw Self.changed }
        let chain = AssetType(bounty.asset)?.chain.description ?? ""
        guard request.wallet.hasPrefix(chain + ":") else {
            throw ServiceFailure.invalid(
                "wrong-chain", "the bounty is of an asset on \(chain); sign with a wallet there: \(chain):address")
        }
        return try await identity.call(
            CreateBountyChallenge.self, .init(wallet: request.wallet, terms: bounty.terms), session: token,
            trace: trace)
    }

    /// The bounty, active by now. The same signature again, and any other of the sponsor's that comes at the same time, gets
    /// the same answer; the bounty is signed once.
    func sign(_ request: SignBounty.Request, token: String?, trace: Traceparent?) async throws -> BountyRecord {
        let user = try sessions.user(token)
        let known = try await find(request.bounty)
        try Self.checkSponsor(known, user.githubID, link: nil)
        // Refused before the challenge is used up.
        if known.wallet == nil { try checkProposed(known) }
        let receipt = try await identity.call(
            AcceptBountySignature.self,
            .init(challenge: request.challenge, signature: request.signature, publicKey: request.publicKey),
            session: token, trace: trace)
        guard receipt.terms.bounty == known.id.wireText else {
            throw ServiceFailure.invalid("other-bounty", "the challenge was made for another bounty")
        }
        let signed = try await database.transaction { transaction -> BountyRecord in
            let store = BountyStore(transaction: transaction, traceparent: trace)
            guard let bounty = try store.lock(known.id) else { throw Self.unknown }
            try Self.checkSponsor(bounty, receipt.githubID, link: nil)
            if bounty.wallet != nil { return bounty }
            try checkProposed(bounty)
            guard receipt.terms == bounty.terms else { throw Self.changed }
            let event = try bounty.sign(
                version: receipt.terms.version, wallet: receipt.wallet, challenge: receipt.challenge, at: now())
            try store.record(event)
            return event.bounty
        }
        committed()
        return signed
    }

    // MARK: - Refusals

    private static let unknown = ServiceFailure(404, "not-found", "there is no bounty with this id")
    private static let changed = ServiceFailure(
        409, "bounty-changed",
        "the bounty is not as it was when the link or the text was made; take the link in the comment")

    private func find(_ id: String) async throws -> BountyRecord {
        guard let id = UUID(wireText: id), let bounty = try await BountyStore.find(id, database) else {
            throw Self.unknown
        }
        return bounty
    }

    private static func checkSponsor(_ bounty: BountyRecord, _ account: Int64, link: SigningLinks.Link?) throws {
        guard bounty.sponsor.id == account, link.map({ $0.sponsor == account }) ?? true else {
            throw ServiceFailure(
                403, "not-the-sponsor", "only the bounty's sponsor, \(bounty.sponsor.login), can sign it")
        }
    }

    private func checkProposed(_ bounty: BountyRecord) throws {
        guard bounty.state == .proposed else {
            throw ServiceFailure(409, "not-proposed", "the bounty is \(bounty.state.rawValue), and not to be signed")
        }
        guard now() < bounty.expiresAt else { throw ServiceFailure(409, "bounty-expired", "the bounty has expired") }
    }
}

extension BountyRecord {
    /// What the sponsor signs.
    var terms: SignedTerms {
        SignedTerms(
            bounty: id.wireText, version: version, repositoryID: repository.id, repositoryName: repository.fullName,
            issueNumber: issue.number, isPullRequest: issue.isPullRequest, amount: amount, denomination: denomination,
            units: units, asset: asset)
    }
}
