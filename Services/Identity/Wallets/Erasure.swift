import Events
package import FoundationEssentials
import IdentityProtocol
package import Postgres

/// Erases an account's personal data, as its owner asked the operator to.
///
/// Gone are the login, sessions, challenges, and the wallets, but those that payout orders name: these, and what sponsors
/// signed, are needed as long as the orders are. The numeric id and the times of links stay, so that nobody gets around the
/// cooling-off period by being erased.
package struct Erasure: Sendable {
    private let database: PostgresClient
    private let now: @Sendable () -> Date

    package init(database: PostgresClient, now: @escaping @Sendable () -> Date = { .now }) {
        self.database = database
        self.now = now
    }

    package enum Outcome: Sendable, Equatable {
        case erased
        /// The account was never here.
        case unknown
    }

    /// In one transaction, with the event that tells projections. Again, it erases what came since.
    package func erase(_ githubID: Int64) async throws -> Outcome {
        let now = now().roundedToMilliseconds
        return try await database.transaction { transaction in
            var account: IdentityTransaction
            do {
                account = try IdentityTransaction(transaction, account: githubID, at: now, traceparent: nil)
            } catch is IdentityFailure {
                return .unknown
            }
            try transaction.execute("UPDATE accounts SET login = NULL WHERE github_id = \(githubID)")
            try transaction.execute("DELETE FROM login_claims WHERE github_id = \(githubID)")
            try transaction.execute("DELETE FROM sessions WHERE github_id = \(githubID)")
            try transaction.execute("DELETE FROM rate_limits WHERE subject = \("account/\(githubID)")")
            try transaction.execute("DELETE FROM challenges WHERE github_id = \(githubID) AND receipt IS NULL")
            try transaction.execute(
                """
                UPDATE links SET state = 'revoked', revoked_at = coalesce(revoked_at, \(now)),
                    wallet = CASE WHEN is_paid_to THEN wallet END, wallet_key = CASE WHEN is_paid_to THEN wallet_key END
                WHERE github_id = \(githubID)
                """)
            // Within this transaction, the history of this account may be emptied.
            try transaction.query("SELECT set_config('bursar.erases', \(String(githubID)), true)")
            try transaction.execute("UPDATE identity_events SET data = NULL WHERE github_id = \(githubID)")
            account.forgetLogin()
            try account.record(.erased, link: nil)
            try transaction.execute(
                """
                INSERT INTO erasures (github_id, erased_at) VALUES (\(githubID), \(now))
                ON CONFLICT (github_id) DO UPDATE SET erased_at = excluded.erased_at, purged_at = NULL
                """)
            return .erased
        }
    }

    /// Whether all of the account's events are on the stream, so that those before the last can be purged from it.
    package func isPublished(_ githubID: Int64) async throws -> Bool {
        let rows = try await database.query(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE aggregate = \(String(githubID))) AS waits")
        return try !rows[0].get("waits", as: Bool.self)
    }

    package func markPurged(_ githubID: Int64) async throws {
        try await database.execute(
            "UPDATE erasures SET purged_at = \(now()) WHERE github_id = \(githubID) AND purged_at IS NULL")
    }

    /// Accounts whose events are still to be purged from the stream.
    package func unpurged() async throws -> [Int64] {
        try await database.query("SELECT github_id FROM erasures WHERE purged_at IS NULL ORDER BY erased_at")
            .map { try $0.get("github_id") }
    }
}
