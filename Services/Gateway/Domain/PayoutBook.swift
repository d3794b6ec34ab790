package import Events
package import FoundationEssentials
import HashTreeCollections

/// All payout orders at one point of the event stream. A value, as the snapshot that it is part of.
package struct PayoutBook: Sendable {
    private var byID: TreeDictionary<UUID, PayoutRecord> = [:]
    private var ids = OrderedIDs()

    package var count: Int { byID.count }

    package subscript(id: UUID) -> PayoutRecord? { byID[id] }

    mutating func apply(_ payout: PayoutRecord) {
        if byID.updateValue(payout, forKey: payout.id) == nil { ids.insert(payout.id) }
    }

    /// Shows another login of a recipient.
    mutating func rename(_ account: Int64, to login: String) {
        for id in ids.all where byID[id]?.recipient.id == account { byID[id]?.recipient.login = login }
    }

    /// One page, newest first.
    package func page(matching filter: PayoutFilter, before cursor: UUID?, limit: Int) -> Page {
        let (found, next) = ids.page(before: cursor, limit: limit) { id in
            byID[id].flatMap { filter.matches($0) ? $0 : nil }
        }
        return Page(payouts: found, next: next)
    }

    package struct Page: Sendable, Equatable {
        package var payouts: [PayoutRecord]
        /// Where the next page starts; nil on the last one.
        package var next: UUID?
    }
}
