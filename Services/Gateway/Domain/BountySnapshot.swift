package import Events
package import FoundationEssentials
import HashTreeCollections

/// All bounties at one point of the event stream. A value: the writer makes the next one, readers keep theirs.
///
/// Copies share structure, so that the next one costs by what changed and not by how many bounties there are.
package struct BountySnapshot: Sendable {
    /// The stream sequence of the last event in it; 0 before the first.
    package private(set) var sequence: UInt64 = 0
    private var byID: TreeDictionary<UUID, BountyRecord> = [:]
    /// Oldest first. Ids are time-ordered, so a new one goes to the end or near it.
    private var ids: [UUID] = []
    /// Sponsors whose personal data was erased, and who did not come back since.
    private var erased: Set<Int64> = []

    package init() {}

    package var count: Int { byID.count }

    package subscript(id: UUID) -> BountyRecord? { byID[id] }

    /// Events may come twice or late: a version that is known, or older, changes nothing.
    package mutating func apply(_ event: BountyEvent, sequence: UInt64) {
        advance(to: sequence)
        var bounty = event.bounty
        if erased.contains(bounty.sponsor.id) { bounty.sponsor.login = Self.erasedLogin }
        if let known = byID[bounty.id] {
            guard bounty.version > known.version else { return }
        } else {
            ids.insert(bounty.id, at: firstIndex { $0 >= bounty.id })
        }
        byID[bounty.id] = bounty
    }

    /// Shown in place of a login that was erased, as GitHub shows accounts that are gone.
    package static let erasedLogin = "ghost"

    /// After an erasure no bounty shows the sponsor's login, those that are told of later neither, until the account
    /// links a wallet again.
    package mutating func apply(_ event: IdentityEvent, sequence: UInt64) {
        advance(to: sequence)
        let account = event.identity.github.id
        guard event.kind == .erased else {
            erased.remove(account)
            return
        }
        erased.insert(account)
        for id in ids where byID[id]?.sponsor.id == account { byID[id]?.sponsor.login = Self.erasedLogin }
    }

    /// An event that says nothing of bounties.
    package mutating func advance(to sequence: UInt64) { self.sequence = max(self.sequence, sequence) }

    /// One page, newest first.
    package func page(matching filter: BountyFilter, before cursor: UUID?, limit: Int) -> Page {
        precondition(limit > 0, "a page holds at least one bounty")
        var found: [BountyRecord] = []
        var index = cursor.map { cursor in firstIndex { $0 >= cursor } } ?? ids.count
        while index > 0 {
            index -= 1
            guard let bounty = byID[ids[index]], filter.matches(bounty) else { continue }
            if found.count == limit { return Page(bounties: found, next: found.last?.id) }
            found.append(bounty)
        }
        return Page(bounties: found, next: nil)
    }

    package struct Page: Sendable, Equatable {
        package var bounties: [BountyRecord]
        /// Where the next page starts; nil on the last one.
        package var next: UUID?
    }

    /// The first index whose id satisfies the predicate, which must be false and then true along the ids.
    private func firstIndex(where predicate: (UUID) -> Bool) -> Int {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(ids[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
