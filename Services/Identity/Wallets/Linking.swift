import Crypto
import Events
import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import Money
import Postgres

/// Links wallets to accounts, and takes links back.
struct Linking: Sendable {
    /// Changes that take effect in one go.
    private static let promotionBatch = 100

    let database: PostgresClient
    /// The host and port that challenges name.
    let domain: String
    let cosmosChains: CosmosChains
    let coolingOff: Duration
    let committed: @Sendable () -> Void
    let now: @Sendable () -> Date

    static let alreadyLinked = IdentityFailure(409, "already-linked", "this wallet is linked to your account already")

    /// Uses up a challenge, and what follows from it, in one transaction: whatever fails leaves both as they were.
    func link(
        _ request: SignedChallenge, user: Session.User, traceparent: Traceparent?
    ) async throws -> LinkOutcome {
        let challenge = try await StoredChallenge.find(request.challenge, database)
        let now = now().roundedToMilliseconds
        try challenge.check(purpose: .link, account: user.githubID, domain: domain, at: now)
        guard !challenge.isUsed else { throw StoredChallenge.used }
        try challenge.verify(request, chains: cosmosChains)
        let isCoSigned = try challenge.verifyPrevious(request, chains: cosmosChains)
        let wallet = try Wallet(challenge.wallet, cosmosChains: cosmosChains)
        let digest = Array(SHA256.hash(data: Data(request.signature.utf8)))
        let outcome: LinkOutcome
        do {
            outcome = try await database.transaction { transaction in
                var account = try IdentityTransaction(
                    transaction, account: user.githubID, at: now, traceparent: traceparent)
                let used = try transaction.execute(
                    """
                    UPDATE challenges SET used_at = \(now), signature_digest = \(digest)
                    WHERE id = \(challenge.id) AND used_at IS NULL AND expires_at > \(now)
                    """)
                guard used == 1 else { throw StoredChallenge.used }
                return try apply(challenge, wallet, isCoSigned: isCoSigned, to: &account)
            }
        } catch let error as PostgresError where error.isUniqueViolation(constraint: "links_one_account") {
            throw IdentityFailure(409, "wallet-taken", "this wallet is linked to another account, or waits to be")
        }
        committed()
        return outcome
    }

    private func apply(
        _ challenge: StoredChallenge, _ wallet: Wallet, isCoSigned: Bool, to account: inout IdentityTransaction
    ) throws -> LinkOutcome {
        let family = wallet.family.rawValue
        let history = try account.history(of: family)
        guard history.last?.id == challenge.previousLink else {
            throw IdentityFailure(
                409, "challenge-outdated", "the account's wallets changed since the challenge was made; ask for another"
            )
        }
        let decision: LinkHistory.Decision
        do throws(LinkHistory.Refusal) {
            decision = try history.link(
                key: wallet.key, isCoSigned: isCoSigned, at: account.now, coolingOff: coolingOff)
        } catch {
            switch error {
            case .alreadyLinked: throw Self.alreadyLinked
            case .changePending:
                throw IdentityFailure(
                    409, "change-pending", "another wallet of this family waits to take effect; stop that change first")
            }
        }
        var link = LinkRecord(
            id: .version7(at: account.now), wallet: wallet.description, family: family, state: .active,
            linkedAt: account.now, effectiveAt: account.now)
        switch decision {
        case .activate:
            if let active = history.active { try account.revoke(active.id) }
        case .wait(let until):
            link.state = .pending
            link.effectiveAt = until
        }
        try account.insert(link, key: wallet.key, challenge: challenge.id)
        try account.claimLogin()
        guard
            let outcome = try account.record(link.state == .active ? .linked : .changeRequested, link: link.id)
        else { throw PostgresError(.decoding, "a link that was just made is not there") }
        return outcome
    }

    /// Unlinks an active wallet, or stops a change that waits. Asked again, it answers the same.
    func unlink(
        _ request: UnlinkWallet.Request, user: Session.User, traceparent: Traceparent?
    ) async throws -> LinkOutcome {
        let now = now().roundedToMilliseconds
        let unknown = IdentityFailure(404, "unknown-link", "your account has no such link")
        guard let id = UUID(wireText: request.link) else { throw unknown }
        let outcome = try await database.transaction { transaction -> LinkOutcome in
            var account = try IdentityTransaction(
                transaction, account: user.githubID, at: now, traceparent: traceparent)
            guard let link = try account.link(id) else { throw unknown }
            let before = LinkOutcome(github: account.account, link: link, version: account.version)
            guard link.state != .revoked else { return before }
            try account.revoke(id)
            return try account.record(link.state == .active ? .unlinked : .changeStopped, link: id) ?? before
        }
        committed()
        return outcome
    }

    /// Brings changes into effect whose time has come.
    /// - Returns: How many.
    @discardableResult
    func promoteDue() async throws -> Int {
        let now = now().roundedToMilliseconds
        let due = try await database.query(
            """
            SELECT id, github_id FROM links WHERE state = 'pending' AND effective_at <= \(now)
            ORDER BY effective_at LIMIT \(Self.promotionBatch)
            """)
        var promoted = 0
        for row in due {
            let id: UUID = try row.get("id")
            let githubID: Int64 = try row.get("github_id")
            let isPromoted = try await database.transaction { transaction in
                var account = try IdentityTransaction(transaction, account: githubID, at: now, traceparent: nil)
                // Stopped, or promoted by another replica, while this one waited.
                guard let link = try account.link(id), link.state == .pending else { return false }
                if let active = try account.history(of: link.family).active { try account.revoke(active.id) }
                try account.activate(id)
                try account.record(.changed, link: id)
                return true
            }
            if isPromoted { promoted += 1 }
        }
        if promoted > 0 { committed() }
        return promoted
    }
}
