import FoundationEssentials
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// What time alone brings about: changes take effect, and what is old is forgotten. Any number of replicas may do it at once.
struct Upkeep: Service {
    /// How late a change may take effect.
    static let interval = Duration.seconds(1)
    /// How often old rows are looked for.
    static let pruneInterval = Duration.seconds(30)
    /// How long a sponsor's receipt can be asked for again.
    static let receiptAge = Duration.seconds(30 * 86_400)
    /// Rows deleted in one statement.
    static let pruneBatch = 1_000

    let database: PostgresClient
    let linking: Linking
    let logger: Logger
    let now: @Sendable () -> Date

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var nextPrune = ContinuousClock.now
            while !Task.isCancelled {
                do {
                    try await linking.promoteDue()
                    if ContinuousClock.now >= nextPrune {
                        try await prune()
                        nextPrune = .now + Self.pruneInterval
                    }
                } catch {
                    logger.debug("upkeep waits", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    func prune() async throws {
        let now = now()
        let receipts = now.addingTimeInterval(-Double(Self.receiptAge.components.seconds))
        let limits = now.addingTimeInterval(-Double(RateLimits.retention.components.seconds))
        let statements: [SQL] = [
            """
            DELETE FROM challenges WHERE id IN (
                SELECT id FROM challenges WHERE expires_at <= \(now) AND (receipt IS NULL OR expires_at <= \(receipts))
                ORDER BY expires_at LIMIT \(Self.pruneBatch) FOR UPDATE SKIP LOCKED)
            """,
            """
            DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE ends_at <= \(now)
                ORDER BY ends_at LIMIT \(Self.pruneBatch) FOR UPDATE SKIP LOCKED)
            """,
            """
            DELETE FROM rate_limits WHERE subject IN (
                SELECT subject FROM rate_limits WHERE window_start <= \(limits)
                ORDER BY window_start LIMIT \(Self.pruneBatch) FOR UPDATE SKIP LOCKED)
            """,
        ]
        for statement in statements {
            while try await database.execute(statement) == Self.pruneBatch { try Task.checkCancellation() }
        }
    }
}
