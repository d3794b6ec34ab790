package import Events
package import FoundationEssentials
import HashTreeCollections

/// All bounties and their payout orders at one point of the event stream. A value: the writer makes the next one, readers keep
/// theirs.
///
/// Copies share structure, so that the next one costs by what changed and not by how many bounties there are.
package struct BountySnapshot: Sendable {
    /// The stream sequence of the last event in it; 0 before the first.
    package private(set) var sequence: UInt64 = 0
    package private(set) var payouts = PayoutBook()
    private var byID: TreeDictionary<UUID, BountyRecord> = [:]
    private var ids = OrderedIDs()
    /// Accounts whose personal data was erased, and who did not come back since.
    private var erased: Set<Int64> = []

    package init() {}

    package var count: Int { byID.count }

    package subscript(id: UUID) -> BountyRecord? { byID[id] }

    /// Events may come twice or late: a version that is known, or older, changes nothing.
    package mutating func apply(_ event: BountyEvent, sequence: UInt64) {
        advance(to: sequence)
        let bounty = redacted(event.bounty)
        if let known = byID[bounty.id] {
            guard bounty.version > known.version else { return }
        } else {
            ids.insert(bounty.id)
        }
        byID[bounty.id] = bounty
        if var payout = event.payout {
            if erased.contains(payout.recipient.id) { payout.recipient.login = Self.erasedLogin }
            payouts.apply(payout)
        }
    }

    /// Shown in place of a login that was erased, as GitHub shows accounts that are gone.
    package static let erasedLogin = "ghost"

    /// After an erasure nothing shows the account's login, what is told of later neither, until the account links a wallet
    /// again.
    package mutating func apply(_ event: IdentityEvent, sequence: UInt64) {
        advance(to: sequence)
        let account = event.identity.github.id
        guard event.kind == .erased else {
            erased.remove(account)
            return
        }
        erased.insert(account)
        for id in ids.all {
            if let bounty = byID[id], bounty.names(account) { byID[id] = redacted(bounty) }
        }
        payouts.rename(account, to: Self.erasedLogin)
    }

    /// Without the logins of accounts that were erased.
    package func redacted(_ bounty: BountyRecord) -> BountyRecord {
        guard !erased.isEmpty else { return bounty }
        var bounty = bounty
        bounty.changeLogins { erased.contains($0.id) ? Self.erasedLogin : $0.login }
        return bounty
    }

    /// An event that says nothing of bounties.
    package mutating func advance(to sequence: UInt64) { self.sequence = max(self.sequence, sequence) }

    /// One page, newest first.
    package func page(matching filter: BountyFilter, before cursor: UUID?, limit: Int) -> Page {
        let (found, next) = ids.page(before: cursor, limit: limit) { id in
            byID[id].flatMap { filter.matches($0) ? $0 : nil }
        }
        return Page(bounties: found, next: next)
    }

    package struct Page: Sendable, Equatable {
        package var bounties: [BountyRecord]
        /// Where the next page starts; nil on the last one.
        package var next: UUID?
    }
}

extension BountyRecord {
    /// Everybody who is named in it.
    private var accounts: [Account] {
        [sponsor] + shares.map(\.recipient) + (award.map { [$0.by] + $0.recipients.map(\.account) } ?? [])
    }

    fileprivate func names(_ account: Int64) -> Bool { accounts.contains { $0.id == account } }

    fileprivate mutating func changeLogins(_ login: (Account) -> String) {
        sponsor.login = login(sponsor)
        for index in shares.indices { shares[index].recipient.login = login(shares[index].recipient) }
        guard var award else { return }
        award.by.login = login(award.by)
        for index in award.recipients.indices {
            award.recipients[index].account.login = login(award.recipients[index].account)
        }
        self.award = award
    }
}
