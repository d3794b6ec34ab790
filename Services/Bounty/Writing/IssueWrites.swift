import BountyDomain
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

    /// A reaction to put on a text, once.
    struct Reaction: Sendable {
        var source: BountyRecord.Source
        var reaction: GitHubReaction
        var place: Place
    }

    /// What the issue's status comment shows has changed.
    static func touch(_ place: Place, in transaction: PostgresTransaction) throws(PostgresError) {
        try touch([place], in: transaction)
    }

    /// What the status comments of these issues show has changed.
    static func touch(_ places: [Place], in transaction: PostgresTransaction) throws(PostgresError) {
        try upsert(places, change: 1, in: transaction)
    }

    static func react(
        to source: BountyRecord.Source, with reaction: GitHubReaction, at place: Place,
        in transaction: PostgresTransaction
    ) throws(PostgresError) {
        try react([Reaction(source: source, reaction: reaction, place: place)], in: transaction)
    }

    static func react(_ reactions: [Reaction], in transaction: PostgresTransaction) throws(PostgresError) {
        guard !reactions.isEmpty else { return }
        try upsert(reactions.map(\.place), change: 0, in: transaction)
        let rows = reactions.map { wanted -> SQL in
            """
            (\(wanted.source.kind.rawValue), \(wanted.source.id), \(wanted.reaction.rawValue),
             \(wanted.place.repository.id), \(wanted.place.number))
            """
        }
        try transaction.execute(
            """
            INSERT INTO github_reactions (source_kind, source_id, reaction, repository_id, number)
            VALUES \(rows.joined()) ON CONFLICT DO NOTHING
            """)
    }

    /// What the issue's status comment says, or would say where there is no app. Nil where there is nothing to say.
    static func preview(repository: Int64, number: Int64, client: PostgresClient) async throws -> String? {
        let rows = try await client.query(
            "SELECT body FROM github_issues WHERE repository_id = \(repository) AND number = \(number)")
        return try rows.first?.get("body", as: String?.self)
    }

    /// A row's lock also puts changes of one issue in order. The rows are taken in one order by everybody.
    private static func upsert(
        _ places: [Place], change: Int, in transaction: PostgresTransaction
    ) throws(PostgresError) {
        guard !places.isEmpty else { return }
        let merged = Dictionary(places.map { ($0.key, $0) }) { first, last in
            var place = last
            place.installation = last.installation ?? first.installation
            return place
        }
        let settling = Double(settling.wholeMilliseconds)
        let rows = merged.sorted { $0.key < $1.key }.map { _, place -> SQL in
            """
            (\(place.repository.id), \(place.number), \(place.repository.fullName), \(place.isPullRequest),
             \(place.installation), \(change), now() + \(settling) * interval '1 millisecond')
            """
        }
        try transaction.execute(
            """
            INSERT INTO github_issues AS known
                (repository_id, number, full_name, is_pull_request, installation_id, wanted, next_attempt_at)
            VALUES \(rows.joined())
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

extension IssueWrites.Place {
    fileprivate var key: IssueKey { IssueKey(repository: repository.id, number: number) }
}
