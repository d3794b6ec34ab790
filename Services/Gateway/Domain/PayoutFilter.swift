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

    /// An order needs one of each.
    var keys: [[PayoutKey]] {
        [state.map { [.state($0)] }, bounty.map { [.bounty($0)] }, recipient.map { [.recipient($0)] }].compactMap(
            \.self)
    }
}
