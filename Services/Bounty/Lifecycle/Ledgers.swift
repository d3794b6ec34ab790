import BountyDomain
import Events
import FoundationEssentials
import Postgres

/// Changes of one issue that no delivery asks for: answers of GitHub, time, renamings.
struct Ledgers: Sendable {
    let bountyLifetime: Duration
    let claimTime: Duration
    let now: @Sendable () -> Date

    /// Locks the issue, changes its book and writes what comes of it, in the caller's transaction.
    /// - Returns: Counts what was refused: to be called after the commit.
    @discardableResult
    func change(
        _ key: IssueKey, _ traceparent: Traceparent?, in transaction: PostgresTransaction,
        _ body: (inout IssueBook, IssueBook.Terms) throws -> Void
    ) throws -> @Sendable () -> Void {
        let terms = IssueBook.Terms(now: now(), lifetime: bountyLifetime, claimTime: claimTime)
        var ledger = try Ledger([key], texts: [:], now: terms.now, in: transaction)
        try ledger.change(key, traceparent) { try body(&$0, terms) }
        try ledger.write()
        return { [changes = ledger.notices] in for change in changes { change.count() } }
    }
}

/// A bounty was signed: what happened to its issue before may count for it now.
struct ClaimsHandler: WorkHandler {
    let ledgers: Ledgers

    var kind: String { BountyStore.FollowUp.claims }

    func handle(_ item: WorkItem) async throws -> WorkOutcome {
        let key = try item.decode(IssueWork.self).key
        return .change { [ledgers, traceparent = item.traceparent] transaction in
            try ledgers.change(key, traceparent, in: transaction) { book, terms in try book.evaluate(terms) }
        }
    }
}

/// A repository was renamed, transferred or deleted: its bounties follow, issue by issue.
struct RepositoryWorkHandler: WorkHandler {
    /// Issues of one step.
    static let batch = 20

    let database: PostgresClient
    let ledgers: Ledgers

    var kind: String { RepositoryWork.kind }

    func handle(_ item: WorkItem) async throws -> WorkOutcome {
        let id = try item.decode(RepositoryWork.self).repository
        let rows = try await database.query(
            "SELECT full_name, deleted_at IS NOT NULL AS is_deleted FROM repositories WHERE id = \(id)")
        guard let row = rows.first else { return .done }
        let name: String? = try row.get("full_name")
        let isDeleted: Bool = try row.get("is_deleted")
        let keys = try await open(id, name, isDeleted)
        return .apply { [ledgers, traceparent = item.traceparent] transaction in
            for key in keys {
                try ledgers.change(key, traceparent, in: transaction) { book, terms in
                    if let name { try book.rename(to: .init(id: id, fullName: name), terms) }
                    if isDeleted { try book.dissolve(terms) }
                }
            }
            if let name {
                try transaction.execute("UPDATE github_issues SET full_name = \(name) WHERE repository_id = \(id)")
            }
            // The rest, in a transaction of its own.
            if keys.count == Self.batch {
                try RepositoryWork(repository: id).enqueue(traceparent: traceparent, in: transaction)
            }
        }
    }

    /// Issues whose bounties do not follow yet.
    private func open(_ id: Int64, _ name: String?, _ isDeleted: Bool) async throws -> [IssueKey] {
        let rows = try await database.query(
            """
            SELECT DISTINCT (record -> 'issue' ->> 'number')::bigint AS number FROM bounties
            WHERE (record -> 'repository' ->> 'id')::bigint = \(id) AND state <> 'cancelled'
              AND (coalesce(record -> 'repository' ->> 'full_name' <> \(name), false) OR (\(isDeleted) AND state = 'proposed'))
            ORDER BY number LIMIT \(Self.batch)
            """)
        return try rows.map { IssueKey(repository: id, number: try $0.get("number")) }
    }
}
