import Events
import Postgres

/// Who goes by which login, as deliveries said last. Where no app can be asked, `/award` means these.
enum Accounts {
    static func remember(
        _ accounts: [BountyRecord.Account], in transaction: PostgresTransaction
    ) throws(PostgresError) {
        // In one order, so that two transactions wait for each other at most.
        let byLogin = Dictionary(accounts.map { ($0.login.lowercased(), $0) }) { $1 }.sorted { $0.key < $1.key }
        guard !byLogin.isEmpty else { return }
        let rows = byLogin.map { login, account -> SQL in "(\(login), \(account.id), \(account.login))" }
        try transaction.execute(
            """
            INSERT INTO accounts AS known (login, id, spelling) VALUES \(rows.joined())
            ON CONFLICT (login) DO UPDATE SET id = excluded.id, spelling = excluded.spelling, seen_at = now()
            WHERE known.id <> excluded.id OR known.seen_at < now() - interval '1 day'
            """)
    }

    /// Nil where no delivery named the login.
    static func find(_ login: String, _ client: PostgresClient) async throws -> BountyRecord.Account? {
        try await client.query("SELECT id, spelling FROM accounts WHERE login = \(login.lowercased())").first.map {
            BountyRecord.Account(id: try $0.get("id"), login: try $0.get("spelling"))
        }
    }
}
