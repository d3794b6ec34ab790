import Events
import FoundationEssentials
import GitHub
import Postgres
import ServiceRuntime

/// What is to be written to GitHub, noted in the transaction of the change that it shows. ``GitHubWriter`` writes it.
enum IssueWrites {
    /// From a change to its writing: a burst of changes makes one edit.
    static let settling = Duration.milliseconds(300)

    /// An issue or a pull request, as a delivery or a bounty names it.
    struct Place: Sendable, Equatable {
        var repository: BountyRecord.Repository
        var number: Int64
        var isPullRequest: Bool
        /// Of the app, where the delivery says it; what is known stays otherwise.
        var installation: Int64?

        init(_ repository: BountyRecord.Repository, _ issue: BountyRecord.Issue, installation: Int64? = nil) {
            self.repository = repository
            number = issue.number
            isPullRequest = issue.isPullRequest
            self.installation = installation
        }
    }

    /// What the issue's status comment shows has changed.
    static func touch(_ place: Place, in transaction: PostgresTransaction) throws(PostgresError) {
        try upsert(place, change: 1, in: transaction)
    }

    /// Puts a reaction on a text, once.
    static func react(
        to source: BountyRecord.Source, with reaction: GitHubReaction, at place: Place,
        in transaction: PostgresTransaction
    ) throws(PostgresError) {
        try upsert(place, change: 0, in: transaction)
        try transaction.execute(
            """
            INSERT INTO github_reactions (source_kind, source_id, reaction, repository_id, number)
            VALUES (\(source.kind.rawValue), \(source.id), \(reaction.rawValue), \(place.repository.id), \(place.number))
            ON CONFLICT DO NOTHING
            """)
    }

    /// What the issue's status comment says, or would say where there is no app. Nil where there is nothing to say.
    static func preview(repository: Int64, number: Int64, client: PostgresClient) async throws -> String? {
        let rows = try await client.query(
            "SELECT body FROM github_issues WHERE repository_id = \(repository) AND number = \(number)")
        return try rows.first?.get("body", as: String?.self)
    }

    /// The row's lock also puts changes of one issue in order.
    private static func upsert(
        _ place: Place, change: Int, in transaction: PostgresTransaction
    ) throws(PostgresError) {
        let settling = Double(settling.wholeMilliseconds)
        try transaction.execute(
            """
            INSERT INTO github_issues AS known
                (repository_id, number, full_name, is_pull_request, installation_id, wanted, next_attempt_at)
            VALUES (\(place.repository.id), \(place.number), \(place.repository.fullName),
                    \(place.isPullRequest), \(place.installation), \(change),
                    now() + \(settling) * interval '1 millisecond')
            ON CONFLICT (repository_id, number) DO UPDATE SET
                full_name = excluded.full_name,
                installation_id = coalesce(excluded.installation_id, known.installation_id),
                wanted = known.wanted + excluded.wanted,
                attempts = CASE WHEN excluded.wanted > 0 THEN 0 ELSE known.attempts END,
                next_attempt_at = CASE
                    WHEN excluded.wanted > 0 AND (known.wanted = known.written OR known.attempts > 0)
                    THEN excluded.next_attempt_at ELSE known.next_attempt_at END
            """)
    }
}
