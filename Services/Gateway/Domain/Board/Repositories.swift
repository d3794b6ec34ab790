import BigInt
import Events
import HashTreeCollections

/// What stands on each repository: by currency and state.
struct Repositories: Sendable {
    private struct Key: Sendable, Hashable {
        let currency: Currency
        let state: BountyRecord.State
    }

    private var byID: TreeDictionary<Int64, [Key: Tally]> = [:]

    mutating func replace(_ former: BountyEntry?, by entry: BountyEntry) {
        let key = Key(currency: entry.currency, state: entry.state)
        if let former {
            let formerKey = Key(currency: former.currency, state: former.state)
            guard
                formerKey != key || former.units != entry.units || former.repository.id != entry.repository.id
            else { return }
            byID[former.repository.id]?[formerKey]?.subtract(former.units)
            if byID[former.repository.id]?[formerKey]?.isEmpty == true {
                byID[former.repository.id]?[formerKey] = nil
            }
        }
        byID[entry.repository.id, default: [:]][key, default: Tally()].add(entry.units)
    }

    /// By symbol and asset; states without bounties are left out.
    func totals(of repository: Int64) -> [RepositoryOverview.Denomination] {
        let tallies = byID[repository] ?? [:]
        return Dictionary(grouping: tallies, by: \.key.currency).sorted { $0.key < $1.key }.map { currency, tallies in
            RepositoryOverview.Denomination(
                denomination: currency.symbol, decimals: currency.decimals, asset: currency.asset,
                states: Dictionary(uniqueKeysWithValues: tallies.map { ($0.key.state, Total(currency, $0.value)) }))
        }
    }
}
