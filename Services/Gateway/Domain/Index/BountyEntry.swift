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
    let repository: BountyRecord.Repository
    let issueNumber: Int64
    let sponsor: BountyRecord.Account
    let shares: [Share]
    /// Accounts that are named as something else than the sponsor.
    let named: [Int64]
    /// Of the repository's name, the issue's title and the sponsor's login.
    let words: [String]

    struct Share: Sendable, Equatable {
        var recipient: BountyRecord.Account
        var units: BigUInt
        var isOrdered: Bool
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
        shares = bounty.shares.map { share in
            let isOrdered =
                switch share.state {
                case .ordered, .paid: true
                case .pending, .awaitingWallet, .empty: false
                }
            return Share(recipient: share.recipient, units: BigUInt(share.units) ?? 0, isOrdered: isOrdered)
        }
        named = Array(Set(bounty.otherAccounts.map(\.id)))
        words = SearchWords.of(bounty.repository.fullName, bounty.issue.title, bounty.sponsor.login)
    }

    /// What the JSON says; nil would be a defect.
    package var record: BountyRecord? { try? JSONDecoder.wire().decode(BountyRecord.self, from: Data(json)) }

    private var facets: [BountyKey] {
        [
            .state(state), .denomination(currency.symbol.lowercased()), .repository(repository.id),
            .repositoryName(repository.fullName.lowercased()), .issueNumber(issueNumber), .sponsor(sponsor.id),
            .sponsorName(sponsor.login.lowercased()),
        ] + named.map { .named($0) }
    }
}

extension BountyEntry: CatalogItem {
    func keys(unlike other: BountyEntry?) -> [BountyKey] {
        guard let other else { return facets + BountyKey.all(of: words) }
        let others = other.facets
        let keys = facets.filter { !others.contains($0) }
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
