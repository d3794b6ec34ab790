import BigInt
package import Events
package import FoundationEssentials

/// A bounty in memory: its JSON, ready to be sent, and what it is found and counted by.
///
/// The record itself is not kept: it would take more memory than all of this, and is rarely asked for.
package final class BountyEntry: Sendable {
    package let id: UUID
    package let version: Int
    package let state: BountyRecord.State
    /// As in ``BountyRecord``, in one line, with names in order.
    package let json: [UInt8]
    /// Whether logins in it were replaced, so that it differs from what others know as this version.
    package let isRedacted: Bool
    let currency: Currency
    let units: BigUInt
    package let repository: BountyRecord.Repository
    let issueNumber: Int64
    package let sponsor: BountyRecord.Account
    let shares: [Share]
    /// Accounts that are named as something else than the sponsor.
    let named: [Int64]
    /// Of the repository's name, the issue's title and the sponsor's login.
    let words: [String]

    struct Share: Sendable, Equatable {
        let recipient: BountyRecord.Account
        let units: BigUInt
        let isOrdered: Bool

        init(recipient: BountyRecord.Account, units: BigUInt, state: BountyRecord.Share.State) {
            self.recipient = recipient
            self.units = units
            isOrdered =
                switch state {
                case .ordered, .paid: true
                case .pending, .awaitingWallet, .empty: false
                }
        }
    }

    /// Nil for what JSON cannot say, such as a time without end.
    /// - Parameter json: Of the record, where the caller has it.
    init?(_ bounty: BountyRecord, json: [UInt8]?, isRedacted: Bool) {
        guard let json = json ?? (try? JSONEncoder.wire().encode(bounty)).map(Array.init) else { return nil }
        id = bounty.id
        version = bounty.version
        state = bounty.state
        self.json = json
        self.isRedacted = isRedacted
        currency = Currency(symbol: bounty.denomination, decimals: bounty.decimals, asset: bounty.asset)
        units = BigUInt(bounty.units) ?? 0
        repository = bounty.repository
        issueNumber = bounty.issue.number
        sponsor = bounty.sponsor
        shares = bounty.shares.map {
            Share(recipient: $0.recipient, units: BigUInt($0.units) ?? 0, state: $0.state)
        }
        named = Array(Set(bounty.otherAccounts.map(\.id)))
        words = SearchWords.of(bounty.repository.fullName, bounty.issue.title, bounty.sponsor.login)
    }

    /// Nil where something is missing.
    init?(_ facts: Facts) {
        guard facts.isWhole, let id = facts.id, let version = facts.version, let state = facts.state,
            let units = facts.units, let denomination = facts.denomination, let decimals = facts.decimals,
            let asset = facts.asset, let repository = facts.repository, let issueNumber = facts.issueNumber,
            let title = facts.issueTitle, let sponsor = facts.sponsor
        else { return nil }
        self.id = id
        self.version = Int(version)
        self.state = state
        json = facts.json
        isRedacted = false
        currency = Currency(symbol: denomination, decimals: Int(decimals), asset: asset)
        self.units = units
        self.repository = repository
        self.issueNumber = issueNumber
        self.sponsor = sponsor
        shares = facts.shares
        named = Array(Set(shares.map(\.recipient.id) + facts.awarded))
        words = SearchWords.of(repository.fullName, title, sponsor.login)
    }

    /// What the JSON says; nil would be a defect.
    package var record: BountyRecord? { try? JSONDecoder.wire().decode(BountyRecord.self, from: Data(json)) }

    /// Whether one of them is named in it.
    func names(anyOf accounts: Set<Int64>) -> Bool {
        accounts.contains(sponsor.id) || named.contains { accounts.contains($0) }
    }
}

extension BountyEntry: CatalogItem {
    func keys(unlike other: BountyEntry?) -> [BountyKey] {
        var keys: [BountyKey] = []
        /// Most of an entry is as it was: what is alike is compared, and no key made of it.
        func add<Value: Equatable>(_ value: (BountyEntry) -> Value, _ key: (Value) -> BountyKey) {
            let own = value(self)
            if let other, value(other) == own { return }
            keys.append(key(own))
        }
        add(\.state) { .state($0) }
        add(\.currency.symbol) { .denomination($0.lowercased()) }
        add(\.repository.id) { .repository($0) }
        add(\.repository.fullName) { .repositoryName($0.lowercased()) }
        add(\.issueNumber) { .issueNumber($0) }
        add(\.sponsor.id) { .sponsor($0) }
        add(\.sponsor.login) { .sponsorName($0.lowercased()) }
        keys += named.filter { other?.named.contains($0) != true }.map { .named($0) }
        guard let other else { return keys + BountyKey.all(of: words) }
        if words == other.words { return keys }
        return keys + BountyKey.all(of: words).subtracting(BountyKey.all(of: other.words))
    }
}

extension BountyRecord {
    /// Everybody who is named in it beside the sponsor.
    var otherAccounts: [Account] {
        shares.map(\.recipient) + (award.map { [$0.by] + $0.recipients.map(\.account) } ?? [])
    }

    mutating func changeLogins(_ login: (Account) -> String) {
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
