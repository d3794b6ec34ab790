import Crypto
import Events
import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import Money
import Postgres

/// Takes sponsors' signatures for the bounty service.
struct BountySignatures: Sendable {
    let database: PostgresClient
    let domain: String
    let cosmosChains: CosmosChains
    let now: @Sendable () -> Date

    static let notLinked = IdentityFailure(
        409, "wallet-not-linked", "the wallet is not linked to your account; link it, and sign with it then")

    /// Once for each challenge; the same signature again gets the same receipt, whenever it comes, so that a crash of who
    /// asked changes nothing.
    func accept(_ request: SignedChallenge, user: Session.User) async throws -> SignatureReceipt {
        let challenge = try await StoredChallenge.find(request.challenge, database)
        let now = now().roundedToMilliseconds
        let digest = Array(SHA256.hash(data: Data(request.signature.utf8)))
        if challenge.isUsed, challenge.githubID == user.githubID, challenge.purpose == Challenge.Purpose.bounty.rawValue
        {
            return try Self.receipt(challenge, digest)
        }
        try challenge.check(purpose: .bounty, account: user.githubID, domain: domain, at: now)
        try challenge.verify(request, chains: cosmosChains)
        let wallet = try Wallet(challenge.wallet, cosmosChains: cosmosChains)
        let terms = try JSONDecoder.wire().decode(SignedTerms.self, from: Data((challenge.terms ?? "").utf8))
        let receipt = SignatureReceipt(
            challenge: challenge.id.wireText, githubID: user.githubID, wallet: challenge.wallet, terms: terms,
            acceptedAt: now)
        let text = String(decoding: try JSONEncoder.wire().encode(receipt), as: UTF8.self)
        let isAccepted = try await database.transaction { transaction in
            let account = try IdentityTransaction(transaction, account: user.githubID, at: now, traceparent: nil)
            guard try account.history(of: wallet.family.rawValue).active?.key == wallet.key else {
                throw Self.notLinked
            }
            return try transaction.execute(
                """
                UPDATE challenges SET used_at = \(now), signature_digest = \(digest), receipt = \(text)
                WHERE id = \(challenge.id) AND used_at IS NULL AND expires_at > \(now)
                """) == 1
        }
        if isAccepted { return receipt }
        // Somebody else was faster, perhaps the same caller.
        return try Self.receipt(try await StoredChallenge.find(request.challenge, database), digest)
    }

    private static func receipt(_ challenge: StoredChallenge, _ digest: [UInt8]) throws -> SignatureReceipt {
        guard challenge.signatureDigest == digest, let receipt = challenge.receipt else { throw StoredChallenge.used }
        return try JSONDecoder.wire().decode(SignatureReceipt.self, from: Data(receipt.utf8))
    }
}
