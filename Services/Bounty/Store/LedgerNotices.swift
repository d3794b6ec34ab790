import BountyDomain
import Events
import GitHub
import Metrics
import Postgres

/// Writes what people are told about an issue: rows of its status comment, and reactions.
struct LedgerNotices {
    let place: IssuePlace
    let transaction: PostgresTransaction

    private var target: IssueWrites.Place {
        IssueWrites.Place(place.repository, place.issue, installation: place.installation)
    }

    /// Writes the rows of the status comment.
    /// - Returns: The issue, where its comment has to be written for that. Steps have told of themselves; this tells of the
    ///   rest, and of the installation.
    func write(_ changes: BookChanges) throws(PostgresError) -> IssueWrites.Place? {
        var changed = 0
        for notice in changes.notices {
            switch notice {
            case .clear(let text):
                changed += try transaction.execute(
                    "DELETE FROM refusals WHERE source_kind = \(text.kind.rawValue) AND source_id = \(text.id)")
            case .remove(let text, let code):
                changed += try transaction.execute(
                    """
                    DELETE FROM refusals
                    WHERE source_kind = \(text.kind.rawValue) AND source_id = \(text.id) AND code = \(code)
                    """)
            case .add(let source, let actor, let refusal):
                changed += try add(refusal, source, actor)
            }
        }
        return changed > 0 || (!changes.events.isEmpty && place.installation != nil) ? target : nil
    }

    func reactions(_ changes: BookChanges) -> [IssueWrites.Reaction] {
        changes.reactions.map { .init(source: $0.source, reaction: $0.reaction.github, place: target) }
    }

    private func add(
        _ refusal: Refusal, _ source: BountyRecord.Source, _ actor: BountyRecord.Account
    ) throws(PostgresError) -> Int {
        try transaction.execute(
            """
            INSERT INTO refusals
                (source_kind, source_id, code, detail, source_url, repository_id, number, issue_id, actor_id, actor_login)
            SELECT \(source.kind.rawValue), \(source.id), \(refusal.code), \(refusal.detail), \(source.url),
                \(place.repository.id), \(place.issue.number), \(place.issue.id), \(actor.id), \(actor.login)
            WHERE (SELECT count(*) FROM refusals
                WHERE repository_id = \(place.repository.id) AND number = \(place.issue.number)) < \(Ledger.maximumRefusals)
            ON CONFLICT (source_kind, source_id, code) DO UPDATE SET
                detail = excluded.detail, actor_login = excluded.actor_login
            """)
    }
}

extension BookChanges {
    /// Counts what was refused, by reason. After the commit.
    func count() {
        let told = notices.compactMap { notice in
            if case .add(_, _, let refusal) = notice { refusal.code } else { nil }
        }
        for code in told.filter({ $0 != Refusal.help.code }) + silentRefusals {
            Counter(label: "bursar_bounty_refusals_total", dimensions: [("rule", code)]).increment()
        }
    }
}

extension BookChanges.Reaction {
    fileprivate var github: GitHubReaction {
        switch self {
        case .seen: .eyes
        case .refused: .confused
        case .done: .rocket
        }
    }
}
