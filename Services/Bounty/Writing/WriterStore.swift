import BountyDomain
import Events
import FoundationEssentials
import GitHub
import Postgres
import ServiceRuntime

/// The writer's view of the database: what is due, and who may write it.
struct WriterStore: Sendable {
    /// Installations looked at in one pass.
    static let maximumInstallations = 100
    /// For what will never be due again by itself.
    static let never = Duration.seconds(100 * 365 * 86_400)

    /// An issue whose comment is to be written.
    struct Issue: Sendable, Equatable {
        var repository: Int64
        var number: Int64
        var fullName: String
        var installation: Int64?
        var comment: Int64?
        /// What the comment said when it was written last.
        var lastBody: String?
        var wanted: Int64
        var attempts: Int
        /// Nil: nothing to say.
        var body: String?
    }

    struct Reaction: Sendable, Equatable {
        var kind: BountyRecord.Source.Kind
        var source: Int64
        var reaction: GitHubReaction
        var repository: Int64
        var number: Int64
        var fullName: String
        var installation: Int64?
        var attempts: Int
    }

    enum Next: Sendable {
        case issue(Issue)
        case reaction(Reaction)
    }

    enum Turn: Sendable {
        case write(Next)
        /// Nothing is due now.
        case idle
        /// Another replica writes for the installation, or it is too early.
        case notNow
    }

    let database: PostgresClient
    /// Unique to the replica.
    let holder: String
    let lease: Duration
    let comments: StatusComments

    /// The installations that something is due for, with those unknown as 0, and without those that are suspended.
    func dueInstallations() async throws -> [Int64] {
        let rows = try await database.query(
            """
            SELECT DISTINCT coalesce(installation_id, 0) AS installation FROM (
                SELECT installation_id FROM github_issues WHERE wanted > written AND next_attempt_at <= now()
                UNION ALL
                SELECT i.installation_id FROM github_reactions r JOIN github_issues i USING (repository_id, number)
                WHERE r.done_at IS NULL AND r.next_attempt_at <= now()
            ) due
            WHERE NOT EXISTS (SELECT 1 FROM github_installations known
                WHERE known.id = due.installation_id AND known.suspended_at IS NOT NULL)
            LIMIT \(Self.maximumInstallations)
            """)
        return try rows.map { try $0.get("installation") }
    }

    /// Takes or renews the lease, and reads what to write next, in one transaction. The next write is due after the interval:
    /// for all replicas, and after a restart.
    func take(_ installation: Int64, interval: Duration) async throws -> Turn {
        try await database.transaction { transaction in
            try transaction.execute(
                """
                INSERT INTO github_writers (installation_id, holder, expires_at) VALUES (\(installation), '', 'epoch')
                ON CONFLICT DO NOTHING
                """)
            let leased = try transaction.execute(
                """
                UPDATE github_writers SET holder = \(holder),
                    expires_at = now() + \(Self.milliseconds(lease)) * interval '1 millisecond',
                    next_write_at = now() + \(Self.milliseconds(interval)) * interval '1 millisecond'
                WHERE installation_id = \(installation) AND next_write_at <= now()
                  AND (holder = \(holder) OR expires_at <= now())
                """)
            guard leased == 1 else { return .notNow }
            if let reaction = try nextReaction(installation, transaction) { return .write(.reaction(reaction)) }
            if let issue = try nextIssue(installation, transaction) { return .write(.issue(issue)) }
            try release(installation, in: transaction)
            return .idle
        }
    }

    private func nextReaction(_ installation: Int64, _ transaction: PostgresTransaction) throws -> Reaction? {
        let rows = try transaction.query(
            """
            SELECT r.source_kind, r.source_id, r.reaction, r.repository_id, r.number, r.attempts,
                   i.full_name, i.installation_id
            FROM github_reactions r JOIN github_issues i USING (repository_id, number)
            WHERE r.done_at IS NULL AND r.next_attempt_at <= now() AND coalesce(i.installation_id, 0) = \(installation)
            ORDER BY r.next_attempt_at LIMIT 1
            """)
        return try rows.first.map { row in
            guard let kind = BountyRecord.Source.Kind(rawValue: try row.get("source_kind")),
                let reaction = GitHubReaction(rawValue: try row.get("reaction"))
            else { throw PostgresError(.decoding, "a reaction of a kind that is not known") }
            return Reaction(
                kind: kind, source: try row.get("source_id"), reaction: reaction,
                repository: try row.get("repository_id"), number: try row.get("number"),
                fullName: try row.get("full_name"), installation: try row.get("installation_id"),
                attempts: try row.get("attempts"))
        }
    }

    /// What it is to say is read in the same transaction as which revision that is.
    private func nextIssue(_ installation: Int64, _ transaction: PostgresTransaction) throws -> Issue? {
        let rows = try transaction.query(
            """
            SELECT repository_id, number, full_name, installation_id, comment_id, body, wanted, attempts
            FROM github_issues
            WHERE wanted > written AND next_attempt_at <= now() AND coalesce(installation_id, 0) = \(installation)
            ORDER BY next_attempt_at LIMIT 1 FOR UPDATE
            """)
        return try rows.first.map { row in
            let repository = try row.get("repository_id", as: Int64.self)
            let number = try row.get("number", as: Int64.self)
            return Issue(
                repository: repository, number: number, fullName: try row.get("full_name"),
                installation: try row.get("installation_id"), comment: try row.get("comment_id"),
                lastBody: try row.get("body"), wanted: try row.get("wanted"), attempts: try row.get("attempts"),
                body: try comments.body(repository: repository, number: number, in: transaction))
        }
    }

    private func release(_ installation: Int64, in transaction: PostgresTransaction) throws {
        try transaction.execute(
            """
            UPDATE github_writers SET expires_at = now() WHERE installation_id = \(installation) AND holder = \(holder)
            """)
    }

    /// False where the lease has become another's, which it does when it was not renewed in time.
    func renew(_ installation: Int64) async throws -> Bool {
        try await database.execute(
            """
            UPDATE github_writers SET expires_at = now() + \(Self.milliseconds(lease)) * interval '1 millisecond'
            WHERE installation_id = \(installation) AND holder = \(holder) AND expires_at > now()
            """) == 1
    }

    /// Whether the lease is ours, and the issue is still of its installation: asked before what must not be done twice.
    func mayCreate(commentOf issue: Issue, for installation: Int64) async throws -> Bool {
        let rows = try await database.query(
            """
            SELECT 1 AS one FROM github_writers w JOIN github_issues i USING (installation_id)
            WHERE w.installation_id = \(installation) AND w.holder = \(holder) AND w.expires_at > now()
              AND i.repository_id = \(issue.repository) AND i.number = \(issue.number) AND i.comment_id IS NULL
            """)
        return !rows.isEmpty
    }

    func giveBackLeases() async throws {
        try await database.execute("UPDATE github_writers SET expires_at = now() WHERE holder = \(holder)")
    }

    /// Nothing is written for the installation until then, by any replica.
    func pause(_ installation: Int64, until: Date) async throws {
        try await database.execute(
            """
            UPDATE github_writers SET next_write_at = greatest(next_write_at, \(until))
            WHERE installation_id = \(installation)
            """)
    }

    // MARK: - What came of it

    /// Noted before the comment is known to say the revision, so that a crash in between finds it again.
    func note(comment: Int64?, of issue: Issue) async throws {
        try await database.execute(
            """
            UPDATE github_issues SET comment_id = \(comment)
            WHERE repository_id = \(issue.repository) AND number = \(issue.number)
            """)
    }

    func note(installation: Int64, repository: Int64) async throws {
        try await database.execute(
            """
            UPDATE github_issues SET installation_id = \(installation)
            WHERE repository_id = \(repository) AND installation_id IS NULL
            """)
    }

    func written(_ issue: Issue) async throws {
        try await database.execute(
            """
            UPDATE github_issues SET written = greatest(written, \(issue.wanted)), body = \(issue.body), attempts = 0,
                last_error = NULL
            WHERE repository_id = \(issue.repository) AND number = \(issue.number)
            """)
    }

    /// - Parameter isAttempt: False where GitHub was away.
    func failed(_ issue: Issue, _ error: String, after delay: Duration, isAttempt: Bool) async throws {
        // What changed meanwhile is due as it was.
        try await database.execute(
            """
            UPDATE github_issues SET attempts = attempts + \(isAttempt ? 1 : 0), last_error = \(Self.kept(error)),
                next_attempt_at = now() + \(Self.milliseconds(delay)) * interval '1 millisecond'
            WHERE repository_id = \(issue.repository) AND number = \(issue.number) AND wanted = \(issue.wanted)
            """)
    }

    func done(_ reaction: Reaction) async throws {
        try await database.execute(
            """
            UPDATE github_reactions SET done_at = now(), last_error = NULL
            WHERE source_kind = \(reaction.kind.rawValue) AND source_id = \(reaction.source)
              AND reaction = \(reaction.reaction.rawValue)
            """)
    }

    func failed(_ reaction: Reaction, _ error: String, after delay: Duration, isAttempt: Bool) async throws {
        try await database.execute(
            """
            UPDATE github_reactions SET attempts = attempts + \(isAttempt ? 1 : 0), last_error = \(Self.kept(error)),
                next_attempt_at = now() + \(Self.milliseconds(delay)) * interval '1 millisecond'
            WHERE source_kind = \(reaction.kind.rawValue) AND source_id = \(reaction.source)
              AND reaction = \(reaction.reaction.rawValue)
            """)
    }

    private static func milliseconds(_ duration: Duration) -> Double { Double(duration.wholeMilliseconds) }

    private static func kept(_ error: String) -> String {
        String(String.UnicodeScalarView(error.unicodeScalars.filter { $0 != "\0" }.prefix(1_000)))
    }
}
