package import Events
package import FoundationEssentials

/// Something that happened to an issue and asks for a step of its bounties: a closing, a merge, a command.
///
/// Deliveries come in any order, and bounties are signed when their sponsors please: a claim stands for a while, and takes
/// its step with every bounty that it covers once that is possible.
package struct Claim: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// The issue was closed as completed. GitHub is asked what closed it.
        case closing
        /// The pull request was merged.
        case merge
        /// `/award` in a new comment. GitHub is asked who is meant, and what the sender may do.
        case award
        /// `/cancel` in a new comment.
        case cancel
        /// The issue was opened again: closings of before do not count for bounties that are signed later.
        case reopening
    }

    package struct Recipient: Sendable, Equatable, Codable {
        package var login: String
        package var weight: Int64

        package init(login: String, weight: Int64) {
            self.login = login
            self.weight = weight
        }
    }

    /// What was found out for a claim.
    package enum Answer: Sendable, Equatable, Codable {
        /// Nobody is named by it: closed by hand, by an account that is gone, by what cannot be asked.
        case nobody(reason: String)
        /// - Parameter forAll: Whether it counts for everybody's bounties, or for the actor's own alone.
        case recipients([BountyRecord.Award.Recipient], forAll: Bool, url: String?)
    }

    package var kind: Kind
    /// What makes it one: the comment's id, or the time of closing, merging or reopening in whole seconds.
    package var id: Int64
    package var actor: BountyRecord.Account
    /// When it happened, by GitHub's clock.
    package var at: Date
    /// Until when it stands, by ours.
    package var until: Date
    /// The comment.
    package var source: BountyRecord.Source?
    /// As `/award` names them.
    package var named: [Recipient] = []
    package var isAsked = false
    package var answer: Answer?
    /// How many bounties it took its step with.
    package var hits = 0
    /// Its comment was edited since: nothing is said of it any more.
    package var isSilent = false
    /// The code of why it is refused, as people see it now.
    package var refusal: String?

    package init(
        kind: Kind, id: Int64, actor: BountyRecord.Account, at: Date, until: Date,
        source: BountyRecord.Source? = nil, named: [Recipient] = [], answer: Answer? = nil
    ) {
        self.kind = kind
        self.id = id
        self.actor = actor
        self.at = at
        self.until = until
        self.source = source
        self.named = named
        self.answer = answer
    }

    package struct Key: Hashable, Sendable {
        package var kind: Kind
        package var id: Int64

        package init(kind: Kind, id: Int64) {
            self.kind = kind
            self.id = id
        }
    }

    package var key: Key { Key(kind: kind, id: id) }

    /// Whether the bounty's text was there when it happened.
    func covers(_ bounty: BountyRecord) -> Bool { bounty.source.createdAt.map { $0 <= at } ?? true }
}
