import Events
import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import Postgres

/// A challenge as it was stored when it was made: everything that a signature is compared with.
struct StoredChallenge: Sendable {
    let id: UUID
    let purpose: String
    let githubID: Int64
    let wallet: String
    let domain: String
    let issuedAt: Date
    let expiresAt: Date
    let message: String
    /// Of a link: the wallet that was active last, and the link that it was.
    let previousLink: UUID?
    let previousWallet: String?
    let isUsed: Bool
    let signatureDigest: [UInt8]?
    let terms: String?
    let receipt: String?

    /// How far clocks of two replicas may differ.
    private static let clockSkew: TimeInterval = 30

    /// - Throws: ``IdentityFailure`` 404 where there is none.
    static func find(_ text: String, _ database: PostgresClient) async throws -> StoredChallenge {
        let unknown = IdentityFailure(404, "unknown-challenge", "there is no such challenge, or it is long expired")
        guard let id = UUID(wireText: text) else { throw unknown }
        let rows = try await database.query(
            """
            SELECT c.id, purpose, c.github_id, c.wallet, domain, issued_at, expires_at, message, previous_link,
                   p.wallet AS previous_wallet, used_at IS NOT NULL AS is_used, signature_digest, terms, receipt
            FROM challenges c LEFT JOIN links p ON p.id = c.previous_link WHERE c.id = \(id)
            """)
        guard let row = rows.first else { throw unknown }
        return StoredChallenge(
            id: try row.get("id"), purpose: try row.get("purpose"), githubID: try row.get("github_id"),
            wallet: try row.get("wallet"), domain: try row.get("domain"), issuedAt: try row.get("issued_at"),
            expiresAt: try row.get("expires_at"), message: try row.get("message"),
            previousLink: try row.get("previous_link"), previousWallet: try row.get("previous_wallet"),
            isUsed: try row.get("is_used"), signatureDigest: try row.get("signature_digest", as: [UInt8]?.self),
            terms: try row.get("terms"), receipt: try row.get("receipt"))
    }

    /// Whether it may be signed for this purpose, by this account, now.
    /// - Throws: ``IdentityFailure``.
    func check(purpose: Challenge.Purpose, account: Int64, domain: String, at now: Date) throws {
        guard githubID == account else {
            throw IdentityFailure(403, "other-account", "the challenge was made for another account")
        }
        guard self.purpose == purpose.rawValue else {
            throw IdentityFailure.invalid("other-purpose", "the challenge was made for another purpose")
        }
        guard self.domain == domain else {
            throw IdentityFailure.invalid("other-domain", "the challenge was made for another address of this service")
        }
        guard issuedAt.timeIntervalSince(now) <= Self.clockSkew else {
            throw IdentityFailure.invalid("not-yet-valid", "the challenge is not valid yet")
        }
        guard now < expiresAt else {
            throw IdentityFailure.invalid("challenge-expired", "the challenge has expired; ask for another")
        }
    }

    static let used = IdentityFailure(409, "challenge-used", "the challenge was used already; ask for another")

    /// Checks that the wallet signed the message that was stored.
    func verify(_ signed: SignedChallenge, chains: CosmosChains) throws {
        try Self.verify(
            signed.signature, publicKey: signed.publicKey, wallet: wallet, message: message, pointer: "signature",
            chains: chains)
    }

    /// - Returns: Whether the last wallet agrees; false where nothing says that it does.
    func verifyPrevious(_ signed: SignedChallenge, chains: CosmosChains) throws -> Bool {
        guard let signature = signed.previousSignature else { return false }
        guard let previousWallet else {
            throw IdentityFailure.invalid("no-previous-wallet", "there is no earlier wallet whose agreement is needed")
        }
        try Self.verify(
            signature, publicKey: signed.previousPublicKey, wallet: previousWallet, message: message,
            pointer: "previous_signature", chains: chains)
        return true
    }

    private static func verify(
        _ signature: String, publicKey: String?, wallet: String, message: String, pointer: String, chains: CosmosChains
    ) throws {
        do {
            try Wallet(wallet, cosmosChains: chains).verify(signature, publicKey: publicKey, of: message)
        } catch let error as SignatureError {
            throw IdentityFailure.invalid(error.code.rawValue, "\(pointer): \(error)")
        } catch let error as WalletError {
            throw IdentityFailure.invalid("unsupported-wallet", "\(error)")
        }
    }
}
