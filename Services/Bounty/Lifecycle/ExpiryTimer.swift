import BountyDomain
import Events
import FoundationEssentials
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Lets bounties expire whose time is over. The times are in the database, so that no restart loses one; any number of replicas
/// may look at once.
struct ExpiryTimer: Service {
    /// How late a bounty may expire.
    static let interval = Duration.seconds(1)
    /// Issues looked at in one round.
    static let batch = 100

    let database: PostgresClient
    let ledgers: Ledgers
    let logger: Logger
    /// Called after a commit, so that events are published at once.
    let committed: @Sendable () -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await expireDue() == Self.batch { try Task.checkCancellation() }
                } catch {
                    logger.debug("expiry waits", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Returns how many bounties were due.
    @discardableResult
    func expireDue() async throws -> Int {
        let rows = try await database.query(
            """
            SELECT (record -> 'repository' ->> 'id')::bigint AS repository, (record -> 'issue' ->> 'number')::bigint AS number
            FROM bounties
            WHERE state IN ('proposed', 'active') AND record ->> 'expires_at' <= \(ledgers.now().wireText)
            ORDER BY record ->> 'expires_at' LIMIT \(Self.batch)
            """)
        let keys = try Set(rows.map { IssueKey(repository: try $0.get("repository"), number: try $0.get("number")) })
        for key in keys {
            let conclude = try await database.transaction { [ledgers] transaction in
                try ledgers.change(key, nil, in: transaction) { book, terms in try book.expire(terms) }
            }
            conclude()
            committed()
        }
        return rows.count
    }

    /// Claims that stopped to stand long ago are forgotten.
    static func prune(olderThan age: Duration, client: PostgresClient) async throws {
        try await client.execute(
            """
            DELETE FROM claims WHERE stands_until < now() - \(Double(age.wholeMilliseconds)) * interval '1 millisecond'
            """)
    }
}
