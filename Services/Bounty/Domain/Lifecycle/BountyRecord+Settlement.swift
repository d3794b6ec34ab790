package import Events
package import FoundationEssentials
package import Money

// The steps from the award to the last payment.

extension BountyRecord {
    /// The amount is divided: settling.
    ///
    /// - Parameter parts: One for each recipient of the award, in its order; together the whole amount. A part of zero gets
    ///   no order.
    package func divide(into parts: [Amount], at time: Date) throws(LifecycleError) -> BountyEvent {
        var next = try advanced(from: [.awarded], to: .settling, at: time)
        let recipients = award?.recipients ?? []
        guard parts.count == recipients.count else { throw .rule("there must be one part for each recipient") }
        var total: Amount? = .zero
        for part in parts { total = total?.adding(part) }
        guard let total, total.units == units else { throw .rule("the parts must add up to the amount") }
        next.shares = zip(recipients, parts).map { recipient, part in
            Share(
                recipient: recipient.account, amount: part.decimal(decimals: decimals), units: part.units,
                state: part.isZero ? .empty : .pending)
        }
        return .divided(next)
    }

    /// The recipient has no linked wallet. Nil where that is known.
    package func wait(for recipient: Int64, at time: Date) throws(LifecycleError) -> BountyEvent? {
        var next = try advanced(from: [.settling], to: .settling, at: time)
        let index = try share { $0.recipient.id == recipient }
        switch shares[index].state {
        case .pending: next.shares[index].state = .awaitingWallet
        case .awaitingWallet: return nil
        case .ordered, .paid, .empty: throw .rule("the share needs no wallet")
        }
        return .shareWaiting(next)
    }

    /// A share has its order. Each has one only, ever.
    package func order(_ payout: PayoutRecord, at time: Date) throws(LifecycleError) -> BountyEvent {
        var next = try advanced(from: [.settling], to: .settling, at: time)
        let index = try share { $0.recipient.id == payout.recipient.id }
        guard !shares[index].state.isOrdered else { throw .rule("the share has its order, or needs none") }
        guard payout.bounty == id, payout.units == shares[index].units, payout.asset == asset, payout.state == .issued
        else { throw .rule("the order must be for the bounty's share") }
        next.shares[index].state = .ordered
        next.shares[index].payout = payout.id
        return .shareOrdered(next, payout: payout)
    }

    /// Every share has its order.
    package func settle(at time: Date) throws(LifecycleError) -> BountyEvent {
        let next = try advanced(from: [.settling], to: .settled, at: time)
        guard shares.allSatisfy(\.state.isOrdered) else { throw .rule("a share has no order yet") }
        return .settled(next)
    }

    /// The treasury paid an order, perhaps while other shares wait. Nil where that is known.
    ///
    /// - Parameter payout: The order, acknowledged, with its transaction.
    package func acknowledge(_ payout: PayoutRecord, at time: Date) throws(LifecycleError) -> BountyEvent? {
        var next = try advanced(from: [.settling, .settled, .paid], to: state, at: time)
        let index = try share { $0.payout == payout.id }
        guard payout.state == .acknowledged, payout.transaction?.isEmpty == false else {
            throw .rule("an acknowledgement needs a transaction")
        }
        switch shares[index].state {
        case .ordered: next.shares[index].state = .paid
        case .paid: return nil
        case .pending, .awaitingWallet, .empty: throw .rule("the share has no order")
        }
        return .sharePaid(next, payout: payout)
    }

    /// All orders are paid.
    package func pay(at time: Date) throws(LifecycleError) -> BountyEvent {
        let next = try advanced(from: [.settled], to: .paid, at: time)
        guard isPaidInFull else { throw .rule("an order is not paid yet") }
        return .paid(next)
    }

    /// Whether nothing is left to be paid.
    package var isPaidInFull: Bool { shares.allSatisfy { $0.state == .paid || $0.state == .empty } }

    private func share(where isWanted: (Share) -> Bool) throws(LifecycleError) -> Int {
        guard let index = shares.firstIndex(where: isWanted) else { throw .rule("the bounty has no such share") }
        return index
    }
}
