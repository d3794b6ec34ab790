import Events
import FoundationEssentials
import Postgres

extension BountyStore {
    /// Shown in place of a login that was erased, as GitHub shows accounts that are gone.
    static let erasedLogin = "ghost"

    /// Takes the account's login out of all that is kept; ids, amounts and orders stay. Signed texts name ids alone.
    /// - Returns: How many rows had it.
    func erase(_ account: Int64) throws -> Int {
        // As the encoder of everything writes an account, and as jsonb shows it.
        let pattern = #"("id": ?\#(account), ?"login": ?)"([^"\\]|\\.)*""#
        let replacement = #"\1"\#(Self.erasedLogin)""#
        var changed = 0
        // Their status comments are written anew.
        try transaction.execute(
            """
            UPDATE github_issues SET wanted = wanted + 1, attempts = 0, next_attempt_at = now()
            WHERE (repository_id, number) IN (
                SELECT (record -> 'repository' ->> 'id')::bigint, (record -> 'issue' ->> 'number')::bigint
                FROM bounties WHERE record::text ~ \(pattern)
                UNION SELECT repository_id, number FROM refusals WHERE actor_id = \(account))
            """)
        changed += try transaction.execute(
            """
            UPDATE bounties SET record = regexp_replace(record::text, \(pattern), \(replacement), 'g')::jsonb
            WHERE record::text ~ \(pattern)
            """)
        changed += try transaction.execute(
            """
            UPDATE bounty_events SET data = regexp_replace(data::text, \(pattern), \(replacement), 'g')::json
            WHERE data::text ~ \(pattern)
            """)
        changed += try transaction.execute(
            """
            UPDATE payout_orders SET record = regexp_replace(record::text, \(pattern), \(replacement), 'g')::json
            WHERE record::text ~ \(pattern)
            """)
        changed += try transaction.execute(
            """
            UPDATE claims SET claim = regexp_replace(claim::text, \(pattern), \(replacement), 'g')::json
            WHERE claim::text ~ \(pattern)
            """)
        changed += try transaction.execute(
            """
            UPDATE work SET payload = regexp_replace(payload::text, \(pattern), \(replacement), 'g')::json
            WHERE payload::text ~ \(pattern)
            """)
        changed += try transaction.execute(
            "UPDATE refusals SET actor_login = \(Self.erasedLogin) WHERE actor_id = \(account)")
        changed += try transaction.execute("DELETE FROM accounts WHERE id = \(account)")
        return changed
    }
}
