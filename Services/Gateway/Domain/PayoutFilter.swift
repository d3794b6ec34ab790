package import Events
package import FoundationEssentials

/// What a list of payout orders is narrowed to; every part that is given must hold.
package struct PayoutFilter: Sendable, Equatable {
    package var state: PayoutRecord.State?
    package var bounty: UUID?
    /// GitHub id.
    package var recipient: Int64?

    package init(state: PayoutRecord.State? = nil, bounty: UUID? = nil, recipient: Int64? = nil) {
        self.state = state
        self.bounty = bounty
        self.recipient = recipient
    }

    func matches(_ payout: PayoutRecord) -> Bool {
        if let state, payout.state != state { return false }
        if let bounty, payout.bounty != bounty { return false }
        if let recipient, payout.recipient.id != recipient { return false }
        return true
    }
}
