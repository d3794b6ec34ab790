package import Events
package import FoundationEssentials
package import Money

// The steps of a bounty's life: each checks that it may be taken and answers the event that takes it.
extension BountyEvent {
    /// A bounty is parsed and stored.
    package static func propose(
        id: UUID, money: Money, in revision: TextRevision, at time: Date, lifetime: Duration
    ) -> BountyEvent {
        let time = time.roundedToMilliseconds
        return .proposed(
            BountyRecord(
                id: id, version: 1, state: .proposed, amount: money.decimal, units: money.amount.units,
                denomination: money.denomination.symbol, decimals: money.denomination.decimals,
                asset: money.denomination.asset.description, repository: revision.repository, issue: revision.issue,
                source: revision.source, sponsor: revision.author.account, createdAt: time, updatedAt: time,
                expiresAt: time.addingTimeInterval(TimeInterval(lifetime.components.seconds))))
    }
}

extension BountyRecord {
    /// Its author wrote another amount or denomination.
    package func change(to money: Money, in revision: TextRevision, at time: Date) throws(LifecycleError) -> BountyEvent
    {
        var next = try advanced(from: [.proposed], to: .proposed, at: time)
        next.amount = money.decimal
        next.units = money.amount.units
        next.denomination = money.denomination.symbol
        next.decimals = money.denomination.decimals
        next.asset = money.denomination.asset.description
        next.repository = revision.repository
        next.issue = revision.issue
        next.source.url = revision.source.url
        next.sponsor = revision.author.account
        return .changed(next)
    }

    package func cancel(_ reason: BountyEvent.CancellationReason, at time: Date) throws(LifecycleError) -> BountyEvent {
        .cancelled(try advanced(from: [.proposed], to: .cancelled, at: time), reason: reason)
    }

    private func advanced(from allowed: Set<State>, to state: State, at time: Date) throws(LifecycleError)
        -> BountyRecord
    {
        guard allowed.contains(self.state) else { throw LifecycleError(state: self.state, target: state) }
        var next = self
        next.state = state
        next.version += 1
        // A clock that was set back must not make a later version look older.
        next.updatedAt = max(time.roundedToMilliseconds, updatedAt)
        return next
    }
}

/// A step that the bounty's state does not allow.
package struct LifecycleError: Error, Equatable, CustomStringConvertible {
    package let state: BountyRecord.State
    package let target: BountyRecord.State

    package var description: String { "a bounty that is \(state.rawValue) cannot become \(target.rawValue)" }
}

extension Money {
    /// The amount in the denomination's own unit, as people write it.
    fileprivate var decimal: String { amount.decimal(decimals: denomination.decimals) }
}
