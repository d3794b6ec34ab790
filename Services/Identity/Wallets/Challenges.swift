import Encodings
import Events
import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import Money
import Postgres

/// Makes the messages that wallets sign, and keeps them.
struct Challenges: Sendable {
    let database: PostgresClient
    let publicURL: String
    let cosmosChains: CosmosChains
    let now: @Sendable () -> Date

    private var limits: RateLimits { RateLimits(database: database) }

    func createForLink(_ request: CreateLinkChallenge.Request, user: Session.User) async throws -> IssuedChallenge {
        let wallet = try parsed(request.wallet)
        let now = now().roundedToMilliseconds
        try await useLimits(of: user, wallet, at: now)
        if let client = request.client { try await limits.use(RateLimits.client, of: "client/\(client)", at: now) }
        return try await database.transaction { transaction in
            let account = try lockAccount(user, transaction, at: now)
            let history = try account.history(of: wallet.family.rawValue)
            if let active = history.active, active.key == wallet.key { throw Linking.alreadyLinked }
            let previous = try history.last.flatMap { last -> (wallet: String?, needsAgreement: Bool) in
                (try account.link(last.id)?.wallet, last.key != wallet.key)
            }
            let replaced = previous.flatMap { $0.needsAgreement ? $0.wallet : nil }
            guard
                let statement = Statement.link(
                    login: account.login ?? user.login, githubID: user.githubID, previous: replaced)
            else { throw IdentityFailure.invalid("unsupported-wallet", "the wallet's name is too long to be shown") }
            let challenge = try insert(
                .link, wallet, statement, path: "/link", user: user, previousLink: history.last?.id, terms: nil,
                transaction, at: now)
            return IssuedChallenge(
                challenge: challenge.id.wireText, message: challenge.message, expiresAt: challenge.expiresAt,
                previousWallet: replaced)
        }
    }

    /// For a wallet that is linked to the sponsor, and no other.
    func createForBounty(_ request: CreateBountyChallenge.Request, user: Session.User) async throws -> IssuedChallenge {
        let wallet = try parsed(request.wallet)
        guard let terms = BountyTerms(request.terms),
            let statement = Statement.bounty(terms, githubID: user.githubID)
        else {
            throw IdentityFailure.invalid("invalid-terms", "the terms have a value that they cannot have")
        }
        let now = now().roundedToMilliseconds
        try await useLimits(of: user, wallet, at: now)
        let text = String(decoding: try JSONEncoder.wire().encode(request.terms), as: UTF8.self)
        return try await database.transaction { transaction in
            let account = try lockAccount(user, transaction, at: now)
            guard try account.history(of: wallet.family.rawValue).active?.key == wallet.key else {
                throw BountySignatures.notLinked
            }
            let challenge = try insert(
                .bounty, wallet, statement, path: "/bounties/\(terms.bounty.wireText)", user: user, previousLink: nil,
                terms: text, transaction, at: now)
            return IssuedChallenge(
                challenge: challenge.id.wireText, message: challenge.message, expiresAt: challenge.expiresAt,
                previousWallet: nil)
        }
    }

    private func parsed(_ text: String) throws -> Wallet {
        do throws(WalletError) {
            return try Wallet(text, cosmosChains: cosmosChains)
        } catch {
            let reason: String =
                switch error.code {
                case .malformed: "invalid-wallet"
                case .unknownChain: "unsupported-chain"
                case .badAddress: "invalid-address"
                case .badChecksum: "wrong-checksum"
                case .wrongPrefix: "wrong-prefix"
                }
            throw IdentityFailure.invalid(reason, error.description)
        }
    }

    private func useLimits(of user: Session.User, _ wallet: Wallet, at now: Date) async throws {
        try await limits.use(RateLimits.account, of: "account/\(user.githubID)", at: now)
        let key = Hexadecimal.encode(wallet.key)
        try await limits.use(RateLimits.wallet, of: "wallet/\(wallet.family.rawValue)/\(key)", at: now)
    }

    private func lockAccount(
        _ user: Session.User, _ transaction: PostgresTransaction, at now: Date
    ) throws -> IdentityTransaction {
        let account = try IdentityTransaction(transaction, account: user.githubID, at: now, traceparent: nil)
        // Erased since the session began.
        guard account.login != nil else { throw IdentityFailure.sessionEnded }
        return account
    }

    private func insert(
        _ purpose: Challenge.Purpose, _ wallet: Wallet, _ statement: Statement, path: String, user: Session.User,
        previousLink: UUID?, terms: String?, _ transaction: PostgresTransaction, at now: Date
    ) throws -> Challenge {
        let open = try transaction.query(
            """
            SELECT count(*) AS count FROM challenges
            WHERE github_id = \(user.githubID) AND used_at IS NULL AND expires_at > \(now)
            """)
        guard try open[0].get("count", as: Int.self) < Challenge.maximumOpen else {
            throw IdentityFailure(
                429, "too-many-open-challenges",
                "at most \(Challenge.maximumOpen) challenges wait for a signature at a time; use one, or wait 5 minutes"
            )
        }
        let challenge = Challenge(
            id: .version7(at: now), purpose: purpose, githubID: user.githubID, wallet: wallet, statement: statement,
            publicURL: publicURL, path: path, nonce: Challenge.randomNonce(), issuedAt: now
        ) { $0.wireText }
        try transaction.execute(
            """
            INSERT INTO challenges (id, purpose, github_id, wallet, family, wallet_key, domain, uri, nonce, issued_at,
                                    expires_at, message, previous_link, terms)
            VALUES (\(challenge.id), \(purpose.rawValue), \(user.githubID), \(wallet.description),
                    \(wallet.family.rawValue), \(wallet.key), \(challenge.domain), \(challenge.uri), \(challenge.nonce),
                    \(challenge.issuedAt), \(challenge.expiresAt), \(challenge.message), \(previousLink), \(terms))
            """)
        return challenge
    }
}

extension BountyTerms {
    /// Nil where a value is none that a bounty can have.
    init?(_ terms: SignedTerms) {
        guard let bounty = UUID(wireText: terms.bounty), terms.version > 0, terms.repositoryID > 0,
            terms.issueNumber > 0,
            [terms.repositoryName, terms.amount, terms.denomination, terms.units, terms.asset].allSatisfy({ text in
                !text.isEmpty && !text.contains(" ")
            })
        else { return nil }
        self.init(
            bounty: bounty, version: terms.version, repositoryID: terms.repositoryID,
            repositoryName: terms.repositoryName, issueNumber: terms.issueNumber, isPullRequest: terms.isPullRequest,
            amount: terms.amount, denomination: terms.denomination, units: terms.units, asset: terms.asset)
    }
}
