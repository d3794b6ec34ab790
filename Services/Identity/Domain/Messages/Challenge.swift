import Encodings
package import FoundationEssentials
import Money

/// A text for a wallet to sign, with everything that it is made of and that is compared when the signature comes back.
package struct Challenge: Sendable, Equatable {
    /// From issuing to expiring, at most.
    package static let lifetime = Duration.seconds(300)
    /// That an account may have at a time.
    package static let maximumOpen = 10

    /// What the signature is for.
    package enum Purpose: String, Sendable { case link, bounty }

    package let id: UUID
    package let purpose: Purpose
    package let githubID: Int64
    package let wallet: Wallet
    package let domain: String
    package let uri: String
    /// 128 random bits in hexadecimal digits: letters and digits, as EIP-4361 wants it.
    package let nonce: String
    package let issuedAt: Date
    package let expiresAt: Date
    package let message: String

    /// - Parameters:
    ///   - publicURL: Where people reach the gateway, without a path; its host and port are the domain.
    ///   - path: Of the page that the signature is made on; begins with a slash.
    package init(
        id: UUID, purpose: Purpose, githubID: Int64, wallet: Wallet, statement: Statement, publicURL: String,
        path: String, nonce: String, issuedAt: Date, formatted: (Date) -> String
    ) {
        self.id = id
        self.purpose = purpose
        self.githubID = githubID
        self.wallet = wallet
        domain = Self.domain(of: publicURL)
        uri = publicURL + path
        self.nonce = nonce
        self.issuedAt = issuedAt
        expiresAt = issuedAt.addingTimeInterval(Double(Self.lifetime.components.seconds))
        message =
            SignInMessage(
                domain: domain, family: wallet.family, address: wallet.address, statement: statement.text, uri: uri,
                chain: wallet.messageChain, nonce: nonce, issuedAt: formatted(issuedAt),
                expirationTime: formatted(expiresAt), requestID: id.uuidString.lowercased()
            ).text
    }

    /// `https://bursar.example:8443` is `bursar.example:8443`.
    private static func domain(of publicURL: String) -> String {
        publicURL.firstRange(of: "://").map { String(publicURL[$0.upperBound...]) } ?? publicURL
    }

    package static func randomNonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return Hexadecimal.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}

extension Statement {
    /// What linking a wallet says.
    /// - Parameter previous: The wallet that it comes in place of; nil for the first, or where it was erased.
    package static func link(login: String, githubID: Int64, previous: String?) -> Statement? {
        let change = previous.map { " in place of \($0)" } ?? ""
        return Statement(
            "Link this wallet to the GitHub account \(login) (id \(githubID))\(change). Bounties are then paid to it.")
    }

    /// What signing a bounty says: all its terms, and who sponsors it, by number alone: the text is kept as long as payouts
    /// need it, also where the sponsor's personal data is erased.
    package static func bounty(_ terms: BountyTerms, githubID: Int64) -> Statement? {
        let kind = terms.isPullRequest ? "pull request" : "issue"
        let rule =
            terms.isPullRequest
            ? "the pull request is merged"
            : "the issue is closed as completed by a merged pull request, or by /award"
        return Statement(
            "Sponsor \(terms.amount) \(terms.denomination) (\(terms.units) units of \(terms.asset)) on \(kind) "
                + "\(terms.issueNumber) of \(terms.repositoryName) (id \(terms.repositoryID)) "
                + "as the GitHub account \(githubID). "
                + "Bounty \(terms.bounty.uuidString.lowercased()), version \(terms.version). Awarded when \(rule).")
    }
}

/// What a sponsor agrees to, as the bounty service holds it.
package struct BountyTerms: Sendable, Equatable {
    package var bounty: UUID
    package var version: Int
    package var repositoryID: Int64
    package var repositoryName: String
    package var issueNumber: Int64
    package var isPullRequest: Bool
    package var amount: String
    package var denomination: String
    package var units: String
    package var asset: String

    package init(
        bounty: UUID, version: Int, repositoryID: Int64, repositoryName: String, issueNumber: Int64,
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
}
