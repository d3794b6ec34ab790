import BountyDomain
import Events
import FoundationEssentials
import Postgres

/// What an issue's status comment says, from what the database knows of it.
struct StatusComments: Sendable {
    /// Bounties read for one issue: more than are listed, so that totals are right for any that people make.
    static let maximumBounties = 5_000

    let links: StatusComment.Links

    /// Nil where there is nothing to say.
    func body(repository: Int64, number: Int64, in transaction: PostgresTransaction) throws -> String? {
        let rows = try transaction.query(
            """
            SELECT record FROM bounties
            WHERE (record -> 'repository' ->> 'id')::bigint = \(repository)
              AND (record -> 'issue' ->> 'number')::bigint = \(number)
            ORDER BY record ->> 'created_at', source_kind, source_id, slot LIMIT \(Self.maximumBounties)
            """)
        let bounties = try rows.map { row in
            try JSONDecoder.wire().decode(BountyRecord.self, from: Data(try row.get("record", as: String.self).utf8))
        }
        // The latest are shown, in the order in which they came.
        let told = try transaction.query(
            """
            SELECT code, detail, actor_id, actor_login FROM refusals
            WHERE repository_id = \(repository) AND number = \(number) AND code <> \(Refusal.help.code)
            ORDER BY created_at DESC, source_id DESC, code LIMIT \(StatusComment.maximumRefusals)
            """)
        let refusals = try told.map { row in
            StatusComment.Refused(
                actor: .init(id: try row.get("actor_id"), login: try row.get("actor_login")),
                refusal: Refusal(code: try row.get("code"), detail: try row.get("detail")))
        }
        let help = try transaction.query(
            """
            SELECT 1 AS one FROM refusals
            WHERE repository_id = \(repository) AND number = \(number) AND code = \(Refusal.help.code) LIMIT 1
            """)
        return StatusComment(
            bounties: bounties, refusals: refusals.reversed(), explains: !help.isEmpty, links: links
        )
        .body(marker: StatusMarker(repository: repository, number: number))
    }
}
