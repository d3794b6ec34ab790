package import Events
package import FoundationEssentials
import HashTreeCollections

/// All that the gateway reads from memory, at one point of the event stream: bounties, payout orders, accounts, and what is
/// counted of them. A value: the writer makes the next one, readers keep theirs.
///
/// Copies share structure, so that the next one costs by what changed and not by how many bounties there are.
package struct BountySnapshot: Sendable {
    /// The stream sequence of the last event in it; 0 before the first.
    package private(set) var sequence: UInt64 = 0
    package private(set) var payouts = PayoutBook()
    package private(set) var identities = IdentityBook()
    private var bounties = Catalog<BountyEntry>()
    private var leaderboards = Leaderboards()
    private var repositories = Repositories()
    /// The last label of each account that a board may show, and the event that told it.
    private var logins: TreeDictionary<Int64, Label> = [:]
    /// Accounts whose personal data was erased, and who did not come back since.
    private var erased: Set<Int64> = []

    private struct Label: Sendable {
        let login: String
        let sequence: UInt64
    }

    package init() {}

    package var count: Int { bounties.count }

    /// A bounty as its events told it.
    package subscript(id: UUID) -> BountyRecord? { bounties[id]?.record }

    /// A bounty with its JSON.
    package func entry(_ id: UUID) -> BountyEntry? { bounties[id] }

    // MARK: - Events

    /// Events may come twice or late: a version that is known, or older, changes nothing.
    package mutating func apply(_ telling: BountyTelling, sequence: UInt64) {
        advance(to: sequence)
        let told = telling.entry
        if let known = bounties[told.id], told.version <= known.version { return }
        guard let entry = redacted(told) else { return }
        put(entry, sequence)
        if var payout = telling.payout {
            if erased.contains(payout.recipient.id) { payout.recipient.login = Self.erasedLogin }
            payouts.apply(payout)
        }
    }

    package mutating func apply(_ event: BountyEvent, sequence: UInt64) {
        guard let telling = BountyTelling(event) else { return advance(to: sequence) }
        apply(telling, sequence: sequence)
    }

    private mutating func put(_ entry: BountyEntry, _ sequence: UInt64) {
        let former = bounties.put(entry)
        leaderboards.replace(former, by: entry)
        repositories.replace(former, by: entry)
        for account in [entry.sponsor] + entry.shares.map(\.recipient) {
            if let known = logins[account.id], known.login == account.login || known.sequence > sequence { continue }
            logins[account.id] = Label(login: account.login, sequence: sequence)
        }
    }

    /// Shown in place of a login that was erased, as GitHub shows accounts that are gone.
    package static let erasedLogin = "ghost"

    /// After an erasure nothing shows the account's login, what is told of later neither, until the account links a wallet
    /// again.
    package mutating func apply(_ event: IdentityEvent, sequence: UInt64) {
        advance(to: sequence)
        identities.apply(event)
        let account = event.identity.github.id
        guard event.kind == .erased else {
            if erased.contains(account) { erased.remove(account) }
            return
        }
        erased.insert(account)
        for entry in bounties.all(of: .sponsor(account)) + bounties.all(of: .named(account)) {
            if let bounty = redacted(entry) { put(bounty, sequence) }
        }
        payouts.rename(account, to: Self.erasedLogin)
    }

    /// Nil where that is not possible, and so it cannot be shown at all.
    private func redacted(_ entry: BountyEntry) -> BountyEntry? {
        guard entry.names(anyOf: erased) else { return entry }
        return entry.record.flatMap { BountyEntry(redacted($0), json: nil, isRedacted: true) }
    }

    /// Without the logins of accounts that were erased.
    package func redacted(_ bounty: BountyRecord) -> BountyRecord {
        guard !erased.isEmpty else { return bounty }
        var bounty = bounty
        bounty.changeLogins { erased.contains($0.id) ? Self.erasedLogin : $0.login }
        return bounty
    }

    /// Whether the account's personal data was erased.
    package func isErased(_ account: Int64) -> Bool { erased.contains(account) }

    package var hasErasures: Bool { !erased.isEmpty }

    /// An event that says nothing of bounties.
    package mutating func advance(to sequence: UInt64) { self.sequence = max(self.sequence, sequence) }

    // MARK: - Views

    /// One page, newest first.
    package func page(matching filter: BountyFilter, before cursor: UUID?, limit: Int) -> Page {
        let page = bounties.page(having: filter.keys, before: cursor, limit: limit, where: filter.condition)
        return Page(entries: page.items, next: page.next)
    }

    package struct Page: Sendable {
        package var entries: [BountyEntry]
        /// Where the next page starts; nil on the last one.
        package var next: UUID?

        package var bounties: [BountyRecord] { entries.compactMap(\.record) }
    }

    /// Nil for a repository that no bounty is in now.
    /// - Parameter name: `owner/name`; of several that had the name, the one with the newest bounty.
    package func repository(named name: String) -> RepositoryOverview? {
        guard let newest = bounties.newest(of: .repositoryName(name.lowercased())) else { return nil }
        return RepositoryOverview(
            repository: newest.repository, denominations: repositories.totals(of: newest.repository.id))
    }

    /// - Parameters:
    ///   - denomination: Symbol, in any case; nil for a board of each.
    ///   - limit: Of the leaders of each board.
    package func leaderboards(
        _ kind: Leaderboards.Kind, denomination: String?, after cursor: Leaderboards.Cursor?, limit: Int
    ) -> [Leaderboards.Board] {
        leaderboards.boards(kind, denomination: denomination, after: cursor, limit: limit) {
            erased.contains($0) ? Self.erasedLogin : logins[$0]?.login ?? Self.erasedLogin
        }
    }
}
