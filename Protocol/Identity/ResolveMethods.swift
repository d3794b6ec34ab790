package import Events

/// Accounts and their wallets, up to 100 at a time.
package enum ResolveAccounts: IdentityMethod {
    package static let name = "resolve"
    package static let maximumAccounts = 100

    package struct Request: Codable, Sendable {
        /// By `id` or by `login`, which says whose login is meant: that of the account that linked a wallet under it first.
        package struct Query: Codable, Sendable {
            package var id: Int64?
            package var login: String?
            package init(id: Int64) { self.id = id }
            package init(login: String) { self.login = login }
        }

        package var accounts: [Query]
        /// Payout orders are about to name the wallets: erasing the account keeps them.
        package var forPayout: Bool?

        package init(accounts: [Query], forPayout: Bool? = nil) {
            self.accounts = accounts
            self.forPayout = forPayout
        }

        enum CodingKeys: String, CodingKey {
            case accounts
            case forPayout = "for_payout"
        }
    }

    package struct Response: Codable, Sendable {
        /// In the order of the request; null for an account that never linked a wallet.
        package var accounts: [IdentityRecord?]
        package init(accounts: [IdentityRecord?]) { self.accounts = accounts }
    }
}

/// One account as the gateway shows it: active wallets, and those that wait where the session is the account's own.
package enum ShowIdentity: IdentityMethod {
    package static let name = "show"

    package struct Request: Codable, Sendable {
        /// A numeric id, or a login, with an `@` where it could be taken for a number.
        package var account: String
        package init(account: String) { self.account = account }
    }

    package typealias Response = IdentityRecord
}
