import Events
import FoundationEssentials
import GitHub
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Finds the deliveries of the app's webhook that failed, as GitHub says, and asks it to send them again: GitHub itself never
/// does.
///
/// Asked for with growing delay, and a few times only. One replica does it at a time, by a lease.
struct RedeliveryReconciler: Service {
    struct Settings: Sendable {
        /// Between two looks at GitHub's list.
        var interval = Duration.seconds(300)
        /// How far back it is read. GitHub keeps deliveries for three days.
        var horizon = Duration.seconds(3 * 86_400)
        /// Redeliveries of one event.
        var maximumAttempts = 5
        /// Redeliveries asked for in one pass.
        var maximumBatch = 100
        /// From one to the next of the same event, at least, doubled each time.
        var retryBase = Duration.seconds(60)
    }

    /// The key of the lease: no installation's.
    static let leaseKey: Int64 = -1

    let database: PostgresClient
    let client: GitHubClient
    /// Those that mean something; others are not asked for.
    let events: Set<String>
    var settings = Settings()
    let logger: Logger
    let holder = UUID().wireText

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await self.pass()
                } catch {
                    self.logger.debug("failed deliveries are looked for later", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: self.settings.interval)
            }
        }
    }

    /// Returns how many it asked for.
    @discardableResult
    func pass(now: Date = .now) async throws -> Int {
        guard try await lease() else { return 0 }
        let horizon = now.addingTimeInterval(-TimeInterval(settings.horizon.components.seconds))
        let failed = Self.failed(try await client.deliveries(since: horizon)).filter { events.contains($0.event) }
        var count = 0
        // The oldest first, as they happened.
        for delivery in failed.sorted(by: { $0.deliveredAt < $1.deliveredAt }) where count < settings.maximumBatch {
            guard try await claim(delivery) else { continue }
            try await client.redeliver(delivery.id)
            count += 1
            Counter(label: "bursar_github_redeliveries_total", dimensions: [("event", delivery.event)]).increment()
        }
        if count > 0 { logger.notice("failed deliveries are asked for again", metadata: ["count": "\(count)"]) }
        try await prune()
        return count
    }

    /// Of each event that no attempt delivered, the latest attempt.
    static func failed(_ attempts: [GitHubDelivery]) -> [GitHubDelivery] {
        Dictionary(grouping: attempts, by: \.guid).values.compactMap { attempts in
            attempts.contains(where: \.wasAccepted) ? nil : attempts.max { $0.id < $1.id }
        }
    }

    private func lease() async throws -> Bool {
        let duration = Double((settings.interval / 2).wholeMilliseconds)
        return try await database.execute(
            """
            INSERT INTO github_writers AS known (installation_id, holder, expires_at)
            VALUES (\(Self.leaseKey), \(holder), now() + \(duration) * interval '1 millisecond')
            ON CONFLICT (installation_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
            WHERE known.holder = excluded.holder OR known.expires_at <= now()
            """) == 1
    }

    /// Counted before it is asked for, so that a crash in between repeats nothing. False where it is too early, or was asked for
    /// often enough.
    private func claim(_ delivery: GitHubDelivery) async throws -> Bool {
        let base = Double(settings.retryBase.wholeMilliseconds)
        return try await database.execute(
            """
            INSERT INTO github_redeliveries AS known (guid, attempts, next_attempt_at)
            VALUES (\(delivery.guid), 1, now() + \(base) * interval '1 millisecond')
            ON CONFLICT (guid) DO UPDATE SET attempts = known.attempts + 1, updated_at = now(),
                next_attempt_at = now() + \(base) * power(2, known.attempts) * interval '1 millisecond'
            WHERE known.next_attempt_at <= now() AND known.attempts < \(settings.maximumAttempts)
            """) == 1
    }

    private func prune() async throws {
        let age = Double(settings.horizon.wholeMilliseconds * 2)
        try await database.execute(
            "DELETE FROM github_redeliveries WHERE updated_at < now() - \(age) * interval '1 millisecond'")
    }
}
