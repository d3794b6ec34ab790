package import Events
package import FoundationEssentials

/// A text on GitHub that bounties may stand in, as it was at one time.
package struct TextRevision: Sendable, Equatable {
    package enum Change: Sendable, Equatable {
        case created
        /// The text before, where GitHub says it.
        case edited(from: String?)
    }

    package var source: BountyRecord.Source
    package var repository: BountyRecord.Repository
    package var issue: BountyRecord.Issue
    package var author: Actor
    /// Who caused the delivery.
    package var sender: Actor
    package var body: String
    package var updatedAt: Date
    package var change: Change
    /// Of the app, where the delivery says it.
    package var installation: Int64?

    package init(
        source: BountyRecord.Source, repository: BountyRecord.Repository, issue: BountyRecord.Issue, author: Actor,
        sender: Actor, body: String, updatedAt: Date, change: Change, installation: Int64? = nil
    ) {
        self.source = source
        self.repository = repository
        self.issue = issue
        self.author = author
        self.sender = sender
        self.body = body
        self.updatedAt = updatedAt
        self.change = change
        self.installation = installation
    }

    package var place: IssuePlace { IssuePlace(repository: repository, issue: issue, installation: installation) }

    /// The body before the edit, where GitHub says it.
    package var previousBody: String? {
        switch change {
        case .created: nil
        case .edited(let from): from
        }
    }

    /// Whether what stands in the text can count at all: people's own texts do.
    package var standing: Standing {
        if author.isBot || sender.isBot { return .bot }
        return author.account.id == sender.account.id ? .authors : .foreignEdit
    }

    package enum Standing: String, Sendable, Equatable {
        /// Written by its author: counts.
        case authors
        /// Texts of bots are ignored.
        case bot
        /// An edit by someone else than the author neither makes nor changes a bounty.
        case foreignEdit = "foreign_edit"
    }
}

/// A GitHub account in a delivery.
package struct Actor: Sendable, Equatable {
    package var account: BountyRecord.Account
    package var isBot: Bool

    package init(account: BountyRecord.Account, isBot: Bool) {
        self.account = account
        self.isBot = isBot
    }
}
