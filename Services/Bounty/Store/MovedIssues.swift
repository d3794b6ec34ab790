import BountyDomain
import Events
import FoundationEssentials
import Postgres

/// Where issues are that were transferred: what comes late about the place that they were at belongs there.
struct MovedIssues: Sendable, Equatable {
    /// Where an issue is now.
    struct Target: Sendable, Equatable {
        /// Of the issue's text at the old place.
        var oldIssue: Int64
        var repository: BountyRecord.Repository
        var issue: BountyRecord.Issue

        var key: IssueKey { IssueKey(repository: repository.id, number: issue.number) }

        /// The place, with the app's installation that a delivery named.
        func place(_ installation: Int64?) -> IssuePlace {
            IssuePlace(repository: repository, issue: issue, installation: installation)
        }
    }

    private(set) var targets: [IssueKey: Target] = [:]

    init() {}

    /// Those of the issues that were transferred, wherever they went in the end.
    init(of keys: Set<IssueKey>, in transaction: PostgresTransaction) throws {
        guard !keys.isEmpty else { return }
        let keys = Array(keys)
        let rows = try transaction.query(
            """
            SELECT repository_id, number, old_issue_id, repository, issue FROM moved_issues
            WHERE (repository_id, number) IN (SELECT * FROM unnest(\(keys.map(\.repository)), \(keys.map(\.number))))
            """)
        for row in rows {
            let key = IssueKey(repository: try row.get("repository_id"), number: try row.get("number"))
            targets[key] = Target(
                oldIssue: try row.get("old_issue_id"),
                repository: try Self.decoded(row, "repository"), issue: try Self.decoded(row, "issue"))
        }
    }

    private static func decoded<Value: Decodable>(_ row: PostgresRow, _ column: String) throws -> Value {
        try JSONDecoder.wire().decode(Value.self, from: Data(try row.get(column, as: String.self).utf8))
    }

    /// Remembers a transfer, and that what had come to the old place before has gone on with it. An issue that comes back is no
    /// longer elsewhere.
    mutating func record(
        from old: IssuePlace, to new: IssuePlace, in transaction: PostgresTransaction
    ) throws {
        let target = Target(oldIssue: old.issue.id, repository: new.repository, issue: new.issue)
        for (key, known) in targets where known.key == old.key {
            targets[key] = Target(oldIssue: known.oldIssue, repository: new.repository, issue: new.issue)
        }
        targets[old.key] = target
        targets[new.key] = nil
        let repository = String(decoding: try JSONEncoder.wire().encode(new.repository), as: UTF8.self)
        let issue = String(decoding: try JSONEncoder.wire().encode(new.issue), as: UTF8.self)
        try transaction.execute(
            "DELETE FROM moved_issues WHERE repository_id = \(new.repository.id) AND number = \(new.issue.number)")
        try transaction.execute(
            """
            UPDATE moved_issues SET repository = \(repository), issue = \(issue)
            WHERE (repository ->> 'id')::bigint = \(old.repository.id) AND (issue ->> 'number')::bigint = \(old.issue.number)
            """)
        try transaction.execute(
            """
            INSERT INTO moved_issues (repository_id, number, old_issue_id, repository, issue)
            VALUES (\(old.repository.id), \(old.issue.number), \(old.issue.id), \(repository), \(issue))
            ON CONFLICT (repository_id, number) DO UPDATE SET repository = excluded.repository, issue = excluded.issue
            """)
        // What people were told goes with it.
        try transaction.execute(
            """
            UPDATE refusals SET repository_id = \(new.repository.id), number = \(new.issue.number)
            WHERE repository_id = \(old.repository.id) AND number = \(old.issue.number)
            """)
    }
}
