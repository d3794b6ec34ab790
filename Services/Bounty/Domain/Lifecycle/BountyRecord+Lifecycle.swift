package import Events
package import FoundationEssentials
package import Money

// The steps of a bounty's life up to its award: each checks that it may be taken and answers the event that takes it.
// Those after it are in BountyRecord+Settlement.swift.
//
//     proposed ──signed──► active ──awarded──► awarded ──divided──► settling ──► settled ──► paid
//        ├─expired            ├─expired
//        └─cancelled          └─cancelled

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

    /// Its issue was transferred, or the repository goes by another name. Nil where nothing differs.
    package func move(
        to repository: Repository, issue: Issue, source: Source, at time: Date
    ) throws(LifecycleError) -> BountyEvent? {
        guard repository != self.repository || issue != self.issue || source != self.source else { return nil }
        var next = try advanced(from: Set(State.allCases), to: state, at: time)
        next.repository = repository
        next.issue = issue
        next.source = source
        return .moved(next)
    }

    /// The sponsor's linked wallet signed this version.
    ///
    /// - Parameters:
    ///   - version: That the signed text names.
    ///   - wallet: CAIP-10 account.
    ///   - challenge: The identity service's id of the signed text.
    package func sign(version: Int, wallet: String, challenge: String, at time: Date) throws(LifecycleError)
        -> BountyEvent
    {
        guard state != .proposed || version == self.version else {
            throw .version(known: self.version, given: version)
        }
        var next = try advanced(from: [.proposed], to: .active, at: time)
        next.wallet = wallet
        return .signed(next, challenge: challenge)
    }

    /// Its solvers are known.
    package func award(_ award: Award, at time: Date) throws(LifecycleError) -> BountyEvent {
        let ids = award.recipients.map(\.account.id)
        guard !ids.isEmpty else { throw .rule("an award needs a recipient") }
        guard Set(ids).count == ids.count else { throw .rule("an award names each recipient once") }
        guard award.recipients.allSatisfy({ $0.weight > 0 }) else { throw .rule("an award's weights are positive") }
        var next = try advanced(from: [.active], to: .awarded, at: time)
        next.award = award
        return .awarded(next)
    }

    /// Texts cancel what is proposed; its sponsor's command also what is active.
    package func cancel(_ reason: BountyEvent.CancellationReason, at time: Date) throws(LifecycleError) -> BountyEvent {
        let allowed: Set<State> =
            switch reason {
            case .command: [.proposed, .active]
            case .textDeleted, .textEdited, .issueDeleted, .repositoryDeleted: [.proposed]
            }
        return .cancelled(try advanced(from: allowed, to: .cancelled, at: time), reason: reason)
    }

    package func expire(at time: Date) throws(LifecycleError) -> BountyEvent {
        guard time >= expiresAt else { throw .rule("the bounty has not expired") }
        return .expired(try advanced(from: [.proposed, .active], to: .expired, at: time))
    }

    /// The next version, in the state given.
    func advanced(from allowed: Set<State>, to state: State, at time: Date) throws(LifecycleError) -> BountyRecord {
        guard allowed.contains(self.state) else { throw .state(self.state, target: state) }
        var next = self
        next.state = state
        next.version += 1
        // A clock that was set back must not make a later version look older.
        next.updatedAt = max(time.roundedToMilliseconds, updatedAt)
        return next
    }
}

extension Money {
    /// The amount in the denomination's own unit, as people write it.
    fileprivate var decimal: String { amount.decimal(decimals: denomination.decimals) }
}
