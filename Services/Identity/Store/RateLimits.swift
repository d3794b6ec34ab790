import FoundationEssentials
import IdentityProtocol
import Postgres

/// Limits that all replicas share: so many in a window of time, counted in the database.
struct RateLimits: Sendable {
    struct Limit: Sendable {
        var count: Int
        var window: Duration
    }

    /// Challenges for one account: more than a person makes by hand.
    static let account = Limit(count: 30, window: .seconds(600))
    /// Challenges for one wallet, whoever asks.
    static let wallet = Limit(count: 60, window: .seconds(600))
    /// Challenges for one network address: many people may share it.
    static let client = Limit(count: 300, window: .seconds(600))
    /// What is kept of a window after it ends.
    static let retention = Duration.seconds(3600)

    let database: PostgresClient

    /// Counts one use.
    /// - Throws: ``IdentityFailure`` 429 where the window is full.
    func use(_ limit: Limit, of subject: String, at now: Date) async throws {
        let start = now.addingTimeInterval(-Double(limit.window.components.seconds))
        let rows = try await database.query(
            """
            INSERT INTO rate_limits AS l (subject, window_start, used) VALUES (\(subject), \(now), 1)
            ON CONFLICT (subject) DO UPDATE SET
                used = CASE WHEN l.window_start <= \(start) THEN 1 ELSE least(l.used + 1, \(limit.count + 1)) END,
                window_start = CASE WHEN l.window_start <= \(start) THEN excluded.window_start ELSE l.window_start END
            RETURNING used
            """)
        guard try rows[0].get("used", as: Int.self) <= limit.count else {
            throw IdentityFailure(
                429, "too-many-challenges",
                "at most \(limit.count) challenges in \(limit.window.components.seconds / 60) minutes; try again later")
        }
    }
}
