package import FoundationEssentials

// What GitHub answers, as far as it is used here. Names and types: docs.github.com, REST API 2022-11-28 and GraphQL.

/// An account: a person, an organisation or an app's bot. The id is the key, the login a label that may change.
package struct GitHubUser: Sendable, Equatable, Codable {
    package var id: Int64
    package var login: String

    package init(id: Int64, login: String) {
        self.id = id
        self.login = login
    }
}

/// A repository as a request names it, through one installation of the app.
package struct GitHubRepository: Sendable, Hashable {
    package var id: Int64
    /// `owner/name`, which may have changed since: GitHub redirects from old names, and answers are checked by the id.
    package var fullName: String
    package var installation: Int64

    package init(id: Int64, fullName: String, installation: Int64) {
        self.id = id
        self.fullName = fullName
        self.installation = installation
    }
}

/// An issue or a pull request as a request names it.
package struct GitHubIssue: Sendable, Hashable {
    package var repository: GitHubRepository
    package var number: Int64

    package init(repository: GitHubRepository, number: Int64) {
        self.repository = repository
        self.number = number
    }
}

/// What an account may do in a repository, as GitHub reports it: maintain counts as write, triage as read, and a role of an
/// organisation's own as the one it inherits from.
package enum GitHubPermission: String, Sendable, Codable, Comparable, CaseIterable {
    case none, read, write, admin

    package var canWrite: Bool { self >= .write }

    package static func < (a: GitHubPermission, b: GitHubPermission) -> Bool { a.rank < b.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// GitHub's own record of an issue's last closing.
package struct GitHubClosing: Sendable, Equatable {
    package enum Closer: Sendable, Equatable {
        /// A pull request that was merged into the issue's repository. The author is nil where the account is gone.
        case pullRequest(number: Int64, author: GitHubUser?)
        /// A commit of such a pull request.
        case commit(String, ofPullRequest: Int64, author: GitHubUser?)
        /// A person, a project, a pull request that is elsewhere or not merged, or a commit pushed by hand.
        case other
    }

    /// Whether the issue is closed now.
    package var isClosed: Bool
    /// `COMPLETED`, `NOT_PLANNED`, `DUPLICATE`; nil where GitHub knows none.
    package var reason: String?
    package var closedAt: Date?
    package var closer: Closer

    package init(isClosed: Bool, reason: String?, closedAt: Date?, closer: Closer) {
        self.isClosed = isClosed
        self.reason = reason
        self.closedAt = closedAt
        self.closer = closer
    }
}

package struct GitHubComment: Sendable, Equatable {
    package var id: Int64
    package var url: String
    package var body: String
    /// Nil where the account is gone.
    package var author: GitHubUser?
    /// The app that wrote it, where an app did.
    package var app: Int64?

    package init(id: Int64, url: String, body: String, author: GitHubUser?, app: Int64?) {
        self.id = id
        self.url = url
        self.body = body
        self.author = author
        self.app = app
    }
}

package enum GitHubReaction: String, Sendable, Codable, CaseIterable {
    case plusOne = "+1"
    case minusOne = "-1"
    case laugh, confused, heart, hooray, rocket, eyes
}

/// What a reaction is put on.
package enum GitHubReactionTarget: Sendable, Hashable {
    /// The body of an issue or of a pull request.
    case issue(number: Int64)
    case comment(id: Int64)
}

/// An attempt of GitHub's at delivering a webhook.
package struct GitHubDelivery: Sendable, Equatable {
    /// Of this attempt.
    package var id: Int64
    /// Of the event: the same in every attempt, and what `X-GitHub-Delivery` says.
    package var guid: String
    package var deliveredAt: Date
    package var isRedelivery: Bool
    /// The answer's; 0 where there was none.
    package var statusCode: Int
    package var event: String

    package var wasAccepted: Bool { (200..<300).contains(statusCode) }

    package init(
        id: Int64, guid: String, deliveredAt: Date, isRedelivery: Bool, statusCode: Int, event: String
    ) {
        self.id = id
        self.guid = guid
        self.deliveredAt = deliveredAt
        self.isRedelivery = isRedelivery
        self.statusCode = statusCode
        self.event = event
    }
}

/// The app that the client acts as.
package struct GitHubAppIdentity: Sendable, Equatable {
    package var id: Int64
    /// Its name in addresses; its bot is `<slug>[bot]`.
    package var slug: String

    package init(id: Int64, slug: String) {
        self.id = id
        self.slug = slug
    }
}
