package import Events
package import FoundationEssentials

/// All that is known of one issue, and what a delivery does to it. A value: reading and writing are the store's.
///
/// Deliveries come twice and in any order. Whatever the order, the same ones lead to the same state, but for what PRODUCT makes
/// depend on time: deletion is final, and the first award counts.
package struct IssueBook: Sendable {
    package let key: IssueKey
    /// In the order in which they were made, without those that were cancelled.
    package private(set) var bounties: [BountyRecord]
    package private(set) var texts: [TextKey: TextHistory]
    package internal(set) var claims: [Claim.Key: Claim]
    /// When the repository was deleted. What was written before is gone with it.
    package var repositoryDeletedAt: Date?
    /// As the last delivery names it.
    package private(set) var place: IssuePlace?
    /// What is to be written, since it was taken last.
    package internal(set) var changes = BookChanges()

    package init(
        key: IssueKey, bounties: [BountyRecord] = [], texts: [TextKey: TextHistory] = [:], claims: [Claim] = [],
        repositoryDeletedAt: Date? = nil
    ) {
        self.key = key
        self.bounties = bounties
        self.texts = texts
        self.claims = Dictionary(claims.map { ($0.key, $0) }) { first, _ in first }
        self.repositoryDeletedAt = repositoryDeletedAt
        place = bounties.last?.place
    }

    /// What the book's steps go by.
    package struct Terms: Sendable {
        package var now: Date
        /// Of a bounty, until it expires.
        package var lifetime: Duration
        /// How long a claim waits for bounties that it covers.
        package var claimTime: Duration

        package init(now: Date, lifetime: Duration, claimTime: Duration) {
            self.now = now
            self.lifetime = lifetime
            self.claimTime = claimTime
        }

        package var claimsUntil: Date { now.addingTimeInterval(TimeInterval(claimTime.components.seconds)) }
    }

    /// Hands out what is to be written.
    package mutating func takeChanges() -> BookChanges {
        defer { changes = BookChanges() }
        return changes
    }

    /// The bounties of a text.
    func bounties(of text: TextKey) -> [BountyRecord] { bounties.filter { TextKey($0.source) == text } }

    func history(of text: TextKey) -> TextHistory { texts[text] ?? .unknown }

    mutating func save(_ history: TextHistory, of text: TextKey) {
        guard texts[text] != history else { return }
        texts[text] = history
        changes.texts[text] = history
    }

    /// What is known of texts elsewhere, where it is not known here.
    mutating func know(_ histories: [TextKey: TextHistory]) { texts.merge(histories) { here, _ in here } }

    mutating func see(_ place: IssuePlace) { self.place = place }

    /// Takes the step: the bounty is as its event says from now on.
    mutating func take(_ event: BountyEvent) {
        changes.events.append(event)
        let bounty = event.bounty
        let index = bounties.firstIndex { $0.id == bounty.id }
        switch (index, bounty.state) {
        case (let index?, .cancelled): bounties.remove(at: index)
        case (let index?, _): bounties[index] = bounty
        case (nil, .cancelled): break
        case (nil, _): bounties.append(bounty)
        }
    }

    /// Bounties that moved elsewhere, or came from there.
    mutating func remove(_ id: UUID) { bounties.removeAll { $0.id == id } }
    package mutating func adopt(_ bounty: BountyRecord) { bounties.append(bounty) }
}

/// What a book's steps leave to be written, in one transaction.
package struct BookChanges: Sendable {
    package enum Notice: Sendable, Equatable {
        /// Nothing is said of a text any more.
        case clear(TextKey)
        /// One thing is not.
        case remove(TextKey, code: String)
        case add(BountyRecord.Source, actor: BountyRecord.Account, Refusal)
    }

    /// What the sender sees at once.
    package enum Reaction: Sendable, Equatable {
        /// A bounty was found.
        case seen
        case refused
        /// A command was obeyed.
        case done
    }

    package struct Reacted: Sendable, Equatable {
        package var source: BountyRecord.Source
        package var reaction: Reaction
    }

    /// In the order in which the steps were taken.
    package var events: [BountyEvent] = []
    package var texts: [TextKey: TextHistory] = [:]
    package var claims: [Claim.Key: Claim] = [:]
    /// Claims that GitHub must be asked about.
    package var questions: [Claim.Key] = []
    package var notices: [Notice] = []
    package var reactions: [Reacted] = []
    /// Codes of what was refused without a word, for metrics.
    package var silentRefusals: [String] = []

    package init() {}
}
