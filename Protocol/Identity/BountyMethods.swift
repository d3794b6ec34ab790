package import FoundationEssentials

/// What a sponsor agrees to, as the bounty service holds it. Names are labels; ids are what counts.
package struct SignedTerms: Codable, Sendable, Equatable {
    /// A UUID in lower case.
    package var bounty: String
    package var version: Int
    package var repositoryID: Int64
    package var repositoryName: String
    package var issueNumber: Int64
    package var isPullRequest: Bool
    package var amount: String
    package var denomination: String
    package var units: String
    /// CAIP-19.
    package var asset: String

    package init(
        bounty: String, version: Int, repositoryID: Int64, repositoryName: String, issueNumber: Int64,
        isPullRequest: Bool, amount: String, denomination: String, units: String, asset: String
    ) {
        self.bounty = bounty
        self.version = version
        self.repositoryID = repositoryID
        self.repositoryName = repositoryName
        self.issueNumber = issueNumber
        self.isPullRequest = isPullRequest
        self.amount = amount
        self.denomination = denomination
        self.units = units
        self.asset = asset
    }

    enum CodingKeys: String, CodingKey {
        case bounty, version, amount, denomination, units, asset
        case repositoryID = "repository_id"
        case repositoryName = "repository_name"
        case issueNumber = "issue_number"
        case isPullRequest = "is_pull_request"
    }
}

/// A message to sign for sponsoring a bounty with a linked wallet of the session's account. For the bounty service alone.
package enum CreateBountyChallenge: IdentityMethod {
    package static let name = "bounty-challenge"

    package struct Request: Codable, Sendable {
        package var wallet: String
        package var terms: SignedTerms
        package init(wallet: String, terms: SignedTerms) {
            self.wallet = wallet
            self.terms = terms
        }
    }

    package typealias Response = IssuedChallenge
}

/// Takes a sponsor's signature. Asked again with the same one, it answers the same. For the bounty service alone.
package enum AcceptBountySignature: IdentityMethod {
    package static let name = "bounty-signature"
    package typealias Request = SignedChallenge
    package typealias Response = SignatureReceipt
}

package struct SignatureReceipt: Codable, Sendable, Equatable {
    package var challenge: String
    package var githubID: Int64
    package var wallet: String
    package var terms: SignedTerms
    package var acceptedAt: Date

    package init(challenge: String, githubID: Int64, wallet: String, terms: SignedTerms, acceptedAt: Date) {
        self.challenge = challenge
        self.githubID = githubID
        self.wallet = wallet
        self.terms = terms
        self.acceptedAt = acceptedAt
    }

    enum CodingKeys: String, CodingKey {
        case challenge, wallet, terms
        case githubID = "github_id"
        case acceptedAt = "accepted_at"
    }
}
