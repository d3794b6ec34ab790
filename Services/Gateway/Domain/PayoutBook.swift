package import Events
package import FoundationEssentials

/// All payout orders at one point of the event stream. A value, as the snapshot that it is part of.
package struct PayoutBook: Sendable {
    private var orders = Catalog<PayoutRecord>()

    package var count: Int { orders.count }

    package subscript(id: UUID) -> PayoutRecord? { orders[id] }

    mutating func apply(_ payout: PayoutRecord) { orders.put(payout) }

    /// Shows another login of a recipient.
    mutating func rename(_ account: Int64, to login: String) {
        for var payout in orders.all(of: .recipient(account)) {
            payout.recipient.login = login
            orders.put(payout)
        }
    }

    /// One page, newest first.
    package func page(matching filter: PayoutFilter, before cursor: UUID?, limit: Int) -> Page {
        let page = orders.page(having: filter.keys, before: cursor, limit: limit)
        return Page(payouts: page.items, next: page.next)
    }

    package struct Page: Sendable, Equatable {
        package var payouts: [PayoutRecord]
        /// Where the next page starts; nil on the last one.
        package var next: UUID?
    }
}

enum PayoutKey: Hashable, Sendable {
    case state(PayoutRecord.State)
    case bounty(UUID)
    case recipient(Int64)
}

extension PayoutRecord: CatalogItem {
    private var keys: [PayoutKey] { [.state(state), .bounty(bounty), .recipient(recipient.id)] }

    func keys(unlike other: PayoutRecord?) -> [PayoutKey] {
        let others = other?.keys ?? []
        return keys.filter { !others.contains($0) }
    }
}
