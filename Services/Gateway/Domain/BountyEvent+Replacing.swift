package import Events

extension BountyEvent {
    /// The same event with another telling of its bounty and order.
    package func replacing(_ bounty: BountyRecord, _ payout: PayoutRecord?) -> BountyEvent {
        switch self {
        case .proposed: .proposed(bounty)
        case .changed: .changed(bounty)
        case .moved: .moved(bounty)
        case .signed(_, let challenge): .signed(bounty, challenge: challenge)
        case .awarded: .awarded(bounty)
        case .divided: .divided(bounty)
        case .shareWaiting: .shareWaiting(bounty)
        case .shareOrdered(_, let former): .shareOrdered(bounty, payout: payout ?? former)
        case .settled: .settled(bounty)
        case .sharePaid(_, let former): .sharePaid(bounty, payout: payout ?? former)
        case .paid: .paid(bounty)
        case .expired: .expired(bounty)
        case .cancelled(_, let reason): .cancelled(bounty, reason: reason)
        }
    }
}

extension BountySnapshot {
    /// The event without the logins of accounts that were erased; nil where it has none of them.
    package func redacting(_ event: BountyEvent) -> BountyEvent? {
        let bounty = redacted(event.bounty)
        var payout = event.payout
        if let recipient = payout?.recipient.id, isErased(recipient) { payout?.recipient.login = Self.erasedLogin }
        guard bounty != event.bounty || payout != event.payout else { return nil }
        return event.replacing(bounty, payout)
    }
}
