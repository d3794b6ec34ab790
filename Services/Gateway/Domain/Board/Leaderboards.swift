import BigInt
package import Events
import HashTreeCollections

/// Who gave and who earned how much, in each currency: exact, and kept in order as events come.
package struct Leaderboards: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// By what was ordered to be paid to them.
        case solvers
        /// By the bounties that they signed and that neither expired nor were cancelled.
        case sponsors
    }

    /// A place on a board; opaque to clients.
    package struct Cursor: Sendable, Equatable {
        fileprivate let currency: Currency
        fileprivate let standing: Standing
    }

    package struct Leader: Sendable, Equatable {
        package let account: BountyRecord.Account
        package let total: Total
    }

    package struct Board: Sendable, Equatable {
        package let denomination: String
        package let decimals: Int
        package let asset: String
        package var leaders: [Leader]
        package var next: Cursor?
    }

    /// Ordered by the sum; of equal sums the account that came to GitHub first is the greater.
    fileprivate struct Standing: Sendable, Comparable {
        let account: Int64
        let tally: Tally

        static func == (left: Standing, right: Standing) -> Bool {
            left.account == right.account && left.tally.units == right.tally.units
        }

        static func < (left: Standing, right: Standing) -> Bool {
            if left.tally.units != right.tally.units { return left.tally.units < right.tally.units }
            return left.account > right.account
        }
    }

    private struct Ranking: Sendable {
        var byAccount: TreeDictionary<Int64, Tally> = [:]
        var order = SortedChunks<Standing>()

        mutating func change(_ account: Int64, _ change: (inout Tally) -> Void) {
            let before = byAccount[account] ?? Tally()
            var after = before
            change(&after)
            if !before.isEmpty { order.remove(Standing(account: account, tally: before)) }
            if after.isEmpty {
                byAccount[account] = nil
            } else {
                byAccount[account] = after
                order.insert(Standing(account: account, tally: after))
            }
        }
    }

    private struct Part: Equatable {
        let kind: Kind
        let currency: Currency
        let account: Int64
        let units: BigUInt
    }

    private var rankings: [Kind: [Currency: Ranking]] = [:]

    mutating func replace(_ former: BountyEntry?, by entry: BountyEntry) {
        if let former, former.state == entry.state, former.units == entry.units, former.shares == entry.shares,
            former.sponsor.id == entry.sponsor.id, former.currency == entry.currency
        {
            return
        }
        let before = former.map(Self.parts) ?? []
        let after = Self.parts(of: entry)
        guard before != after else { return }
        for part in before {
            rankings[part.kind]?[part.currency]?.change(part.account) { $0.subtract(part.units) }
            if rankings[part.kind]?[part.currency]?.order.isEmpty == true {
                rankings[part.kind]?[part.currency] = nil
            }
        }
        for part in after {
            rankings[part.kind, default: [:]][part.currency, default: Ranking()]
                .change(part.account) { $0.add(part.units) }
        }
    }

    private static func parts(of entry: BountyEntry) -> [Part] {
        var parts: [Part] = []
        switch entry.state {
        case .active, .awarded, .settling, .settled, .paid:
            parts.append(
                Part(kind: .sponsors, currency: entry.currency, account: entry.sponsor.id, units: entry.units))
        case .proposed, .expired, .cancelled: break
        }
        for share in entry.shares where share.isOrdered {
            parts.append(
                Part(kind: .solvers, currency: entry.currency, account: share.recipient.id, units: share.units))
        }
        return parts
    }

    /// The boards, by symbol and asset: of all currencies, of those of one symbol, or what is left of one.
    func boards(
        _ kind: Kind, denomination: String?, after cursor: Cursor?, limit: Int, login: (Int64) -> String
    ) -> [Board] {
        precondition(limit > 0, "a page holds at least one")
        return (rankings[kind] ?? [:]).sorted { $0.key < $1.key }.compactMap { currency, ranking in
            if let cursor, cursor.currency != currency { return nil }
            if let denomination, currency.symbol.lowercased() != denomination.lowercased() { return nil }
            var board = Board(
                denomination: currency.symbol, decimals: currency.decimals, asset: currency.asset, leaders: [])
            var descent = ranking.order.descending
            var last: Standing?
            if let cursor {
                guard let first = descent.next(atMost: cursor.standing) else { return board }
                if first == cursor.standing { _ = descent.next() }
            }
            while let standing = descent.next() {
                if board.leaders.count == limit {
                    board.next = last.map { Cursor(currency: currency, standing: $0) }
                    return board
                }
                let account = BountyRecord.Account(id: standing.account, login: login(standing.account))
                board.leaders.append(Leader(account: account, total: Total(currency, standing.tally)))
                last = standing
            }
            return board
        }
    }
}

// MARK: - A cursor as text

extension Leaderboards.Cursor {
    /// Symbol, decimals, asset, units and account, with spaces between them, which none of them has.
    package var text: String {
        "\(currency.symbol) \(currency.decimals) \(currency.asset) \(standing.tally.units) \(standing.account)"
    }

    package init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let decimals = Int(parts[1]), parts[3].utf8.count <= 200, let units = BigUInt(parts[3]),
            let account = Int64(parts[4])
        else { return nil }
        currency = Currency(symbol: parts[0], decimals: decimals, asset: parts[2])
        var tally = Tally()
        tally.add(units)
        standing = Leaderboards.Standing(account: account, tally: tally)
    }
}
