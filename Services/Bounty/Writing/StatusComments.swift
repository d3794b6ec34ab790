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
        return StatusComment(bounties: bounties, refusals: [], explains: false, links: links)
            .body(marker: StatusMarker(repository: repository, number: number))
    }
}
