import Events
import FoundationEssentials
import IdentityProtocol
import Postgres
import ServiceRuntime

/// Finds accounts and their wallets.
struct Resolution: Sendable {
    let database: PostgresClient

    /// Active wallets alone. A login means the account that linked a wallet under it first, for good: who has it on GitHub
    /// now may be somebody else.
    func resolve(_ request: ResolveAccounts.Request) async throws -> ResolveAccounts.Response {
        guard request.accounts.count <= ResolveAccounts.maximumAccounts else {
            throw IdentityFailure(
                413, "too-many-accounts", "at most \(ResolveAccounts.maximumAccounts) accounts at a time")
        }
        for query in request.accounts where (query.id == nil) == (query.login == nil) {
            throw IdentityFailure(400, "malformed-request", "an account is named by its id or by a login")
        }
        let logins = request.accounts.compactMap(\.login).filter(GitHubAccount.isLogin).map { $0.lowercased() }
        let isForPayout = request.forPayout == true
        return try await database.transaction { transaction in
            var byLogin: [String: Int64] = [:]
            if !logins.isEmpty {
                for row in try transaction.query(
                    "SELECT login, github_id FROM login_claims WHERE login = ANY (\(logins))")
                {
                    byLogin[try row.get("login")] = try row.get("github_id")
                }
            }
            let ids = request.accounts.map { $0.id ?? $0.login.flatMap { byLogin[$0.lowercased()] } }
            let known = try Self.identities(of: ids.compactMap { $0 }, states: ["active"], in: transaction)
            if isForPayout {
                let named = known.values.flatMap { $0.links.map(\.id) }
                try transaction.execute(
                    """
                    UPDATE links SET is_paid_to = true
                    WHERE id = ANY (\(named)) AND wallet IS NOT NULL AND NOT is_paid_to
                    """)
            }
            return ResolveAccounts.Response(accounts: ids.map { $0.flatMap { known[$0] } })
        }
    }

    /// - Parameter viewer: The account that asks; its own changes that wait are shown to it.
    func show(_ request: ShowIdentity.Request, viewer: Int64?) async throws -> IdentityRecord {
        let text = request.account
        let found = try await database.transaction { transaction -> IdentityRecord? in
            let id: Int64?
            if let number = Int(digits: text) {
                id = Int64(number)
            } else {
                let login = (text.hasPrefix("@") ? String(text.dropFirst()) : text).lowercased()
                guard GitHubAccount.isLogin(login) else { return nil }
                let rows = try transaction.query("SELECT github_id FROM login_claims WHERE login = \(login)")
                id = try rows.first?.get("github_id")
            }
            guard let id else { return nil }
            let states = viewer == id ? ["active", "pending"] : ["active"]
            return try Self.identities(of: [id], states: states, includingNew: viewer == id, in: transaction)[id]
        }
        guard let found else {
            throw IdentityFailure(404, "unknown-account", "no account of this name or id has linked a wallet here")
        }
        return found
    }

    private static func identities(
        of ids: [Int64], states: [String], includingNew: Bool = false, in transaction: PostgresTransaction
    ) throws -> [Int64: IdentityRecord] {
        guard !ids.isEmpty else { return [:] }
        var identities: [Int64: IdentityRecord] = [:]
        let accounts = try transaction.query(
            """
            SELECT a.github_id, a.login, a.version, coalesce(e.recorded_at, a.signed_in_at) AS updated_at
            FROM accounts a LEFT JOIN identity_events e ON e.github_id = a.github_id AND e.version = a.version
            WHERE a.github_id = ANY (\(ids)) AND (a.version > 0 OR \(includingNew))
            """)
        for row in accounts {
            let id: Int64 = try row.get("github_id")
            identities[id] = IdentityRecord(
                github: .init(id: id, login: try row.get("login")), version: try row.get("version"), links: [],
                updatedAt: try row.get("updated_at"))
        }
        let links = try transaction.query(
            """
            SELECT github_id, \(LinkRecord.columns) FROM links
            WHERE github_id = ANY (\(ids)) AND state = ANY (\(states)) ORDER BY id
            """)
        for row in links { identities[try row.get("github_id")]?.links.append(try LinkRecord(row)) }
        return identities
    }
}
