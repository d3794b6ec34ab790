package import FoundationEssentials

/// A bounty as others see it: in events, in the gateway's answers, in the projection. Field names are the JSON's.
///
/// Amounts are text: `amount` as people write it, `units` in the smallest unit. Names of people, repositories and
/// issues are labels that may change; the ids beside them do not.
package struct BountyRecord: Codable, Sendable, Equatable {
    package enum State: String, Codable, Sendable, CaseIterable {
        case proposed, active, awarded, settling, settled, paid, expired, cancelled
    }

    package struct Account: Codable, Sendable, Equatable {
        package var id: Int64
        package var login: String

        package init(id: Int64, login: String) {
            self.id = id
            self.login = login
        }
    }

    package struct Repository: Codable, Sendable, Equatable {
        package var id: Int64
        package var fullName: String

        package init(id: Int64, fullName: String) {
            self.id = id
            self.fullName = fullName
        }

        enum CodingKeys: String, CodingKey {
            case id
            case fullName = "full_name"
        }
    }

    /// An issue or a pull request.
    package struct Issue: Codable, Sendable, Equatable {
        package var id: Int64
        package var number: Int64
        package var title: String
        package var url: String
        package var isPullRequest: Bool

        package init(id: Int64, number: Int64, title: String, url: String, isPullRequest: Bool) {
            self.id = id
            self.number = number
            self.title = title
            self.url = url
            self.isPullRequest = isPullRequest
        }

        enum CodingKeys: String, CodingKey {
            case id, number, title, url
            case isPullRequest = "is_pull_request"
        }
    }

    /// The text that the bounty stands in.
    package struct Source: Codable, Sendable, Equatable {
        package enum Kind: String, Codable, Sendable {
            case issueComment = "issue_comment"
            case issue
            case pullRequest = "pull_request"
        }

        package var kind: Kind
        /// The GitHub id of the comment, issue or pull request.
        package var id: Int64
        package var url: String
        /// When the text was first written, by GitHub's clock. Nil in events of before it was kept.
        package var createdAt: Date?

        package init(kind: Kind, id: Int64, url: String, createdAt: Date? = nil) {
            self.kind = kind
            self.id = id
            self.url = url
            self.createdAt = createdAt
        }

        enum CodingKeys: String, CodingKey {
            case kind, id, url
            case createdAt = "created_at"
        }
    }

    package var id: UUID
    package var version: Int
    package var state: State
    package var amount: String
    package var units: String
    package var denomination: String
    package var decimals: Int
    /// CAIP-19.
    package var asset: String
    package var repository: Repository
    package var issue: Issue
    package var source: Source
    package var sponsor: Account
    /// CAIP-10 account that signed, once active.
    package var wallet: String?
    package var createdAt: Date
    package var updatedAt: Date
    package var expiresAt: Date
    /// Once awarded.
    package var award: Award?
    /// Once settling: one for each recipient of the award, in its order.
    package var shares: [Share]

    package init(
        id: UUID, version: Int, state: State, amount: String, units: String, denomination: String, decimals: Int,
        asset: String, repository: Repository, issue: Issue, source: Source, sponsor: Account, wallet: String? = nil,
        createdAt: Date, updatedAt: Date, expiresAt: Date, award: Award? = nil, shares: [Share] = []
    ) {
        self.id = id
        self.version = version
        self.state = state
        self.amount = amount
        self.units = units
        self.denomination = denomination
        self.decimals = decimals
        self.asset = asset
        self.repository = repository
        self.issue = issue
        self.source = source
        self.sponsor = sponsor
        self.wallet = wallet
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
        self.award = award
        self.shares = shares
    }

    enum CodingKeys: String, CodingKey {
        case id, version, state, amount, units, denomination, decimals, asset, repository, issue, source, sponsor,
            wallet
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case expiresAt = "expires_at"
        case award, shares
    }
}
