import BountyDomain
import Events
import FoundationEssentials
import Postgres

/// What deliveries about repositories and installations do. What concerns many bounties is work for ``RepositoryWorkHandler``.
enum RepositoryEffect {
    static func apply(
        _ content: DeliveryContent, at now: Date, _ traceparent: Traceparent?, in transaction: PostgresTransaction
    ) throws {
        switch content {
        case .renaming(let repository, let time):
            let renamed = try transaction.execute(
                """
                INSERT INTO repositories AS known (id, full_name, renamed_at)
                VALUES (\(repository.id), \(repository.fullName), coalesce(\(time), now()))
                ON CONFLICT (id) DO UPDATE SET full_name = excluded.full_name, renamed_at = excluded.renamed_at
                WHERE known.renamed_at IS NULL OR known.renamed_at < excluded.renamed_at
                """)
            guard renamed == 1 else { return }
            try RepositoryWork(repository: repository.id).enqueue(traceparent: traceparent, in: transaction)
        case .repositoryDeletion(let id):
            try transaction.execute(
                """
                INSERT INTO repositories AS known (id, deleted_at) VALUES (\(id), \(now))
                ON CONFLICT (id) DO UPDATE SET deleted_at = coalesce(known.deleted_at, excluded.deleted_at)
                """)
            try RepositoryWork(repository: id).enqueue(traceparent: traceparent, in: transaction)
        case .installation(let installation):
            try apply(installation, in: transaction)
        case .revision, .deletion, .closing, .reopening, .merge, .transfer, .ignored: break
        }
    }

    /// Comments of repositories where the app may not act any more wait until it may.
    private static func apply(
        _ installation: DeliveryContent.Installation, in transaction: PostgresTransaction
    ) throws(PostgresError) {
        switch installation.suspension {
        case .begins(let time): try suspend(installation.id, since: time, in: transaction)
        case .ends: try resume(installation.id, in: transaction)
        case nil: break
        }
        if installation.isGone {
            try transaction.execute(
                "UPDATE github_issues SET installation_id = NULL WHERE installation_id = \(installation.id)")
        }
        if !installation.removed.isEmpty {
            try transaction.execute(
                """
                UPDATE github_issues SET installation_id = NULL
                WHERE installation_id = \(installation.id) AND repository_id = ANY (\(installation.removed))
                """)
        }
        if !installation.added.isEmpty {
            try transaction.execute(
                """
                UPDATE github_issues SET installation_id = \(installation.id), attempts = 0, next_attempt_at = now()
                WHERE repository_id = ANY (\(installation.added))
                """)
        }
    }
}

extension RepositoryEffect {
    /// Unless it has ended by now: deliveries come late, too.
    private static func suspend(
        _ installation: Int64, since time: Date, in transaction: PostgresTransaction
    ) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO github_installations AS known (id, suspended_at) VALUES (\(installation), \(time))
            ON CONFLICT (id) DO UPDATE SET suspended_at = excluded.suspended_at
            WHERE known.unsuspended_at IS NULL OR known.unsuspended_at < excluded.suspended_at
            """)
    }

    /// What waited is due.
    private static func resume(_ installation: Int64, in transaction: PostgresTransaction) throws(PostgresError) {
        try transaction.execute(
            """
            INSERT INTO github_installations AS known (id, unsuspended_at) VALUES (\(installation), now())
            ON CONFLICT (id) DO UPDATE SET suspended_at = NULL, unsuspended_at = excluded.unsuspended_at
            """)
        try transaction.execute(
            """
            UPDATE github_issues SET attempts = 0, next_attempt_at = now()
            WHERE installation_id = \(installation) AND wanted > written
            """)
    }
}

/// All bounties of a repository follow what became of it.
struct RepositoryWork: Codable, Sendable {
    static let kind = "repository"

    var repository: Int64

    func enqueue(traceparent: Traceparent?, in transaction: PostgresTransaction) throws {
        try Work.enqueue(
            kind: Self.kind, key: String(repository), payload: self, traceparent: traceparent?.child(),
            in: transaction)
    }
}
