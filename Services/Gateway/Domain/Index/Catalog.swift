import FoundationEssentials
import HashTreeCollections

/// What a ``Catalog`` holds: immutable, found by its id and by its keys.
protocol CatalogItem: Sendable {
    associatedtype Key: Hashable & Sendable

    var id: UUID { get }
    /// The keys that it has and the other, which has the same id, does not.
    func keys(unlike other: Self?) -> [Key]
}

/// Items by id, in order, and by any number of keys each. A value: copies share structure, and the next one costs by what changed.
///
/// Every key has the places of its items in order, so that a page of what has several keys is an intersection from the newest down,
/// led by the rarest key: no item is looked at that is not on the page.
struct Catalog<Item: CatalogItem>: Sendable {
    private var items: TreeDictionary<UUID, Item> = [:]
    private var all = SortedChunks<Rank>()
    private var places: TreeDictionary<Item.Key, SortedChunks<Rank>> = [:]

    var count: Int { all.count }

    subscript(id: UUID) -> Item? { items[id] }

    /// Puts an item in place of the one with its id.
    /// - Returns: The one before.
    @discardableResult
    mutating func put(_ item: Item) -> Item? {
        let rank = Rank(item.id)
        let former = items.updateValue(item, forKey: item.id)
        if let former {
            for key in former.keys(unlike: item) {
                places[key]?.remove(rank)
                if places[key]?.isEmpty == true { places[key] = nil }
            }
        } else {
            all.insert(rank)
        }
        for key in item.keys(unlike: former) { places[key, default: SortedChunks()].insert(rank) }
        return former
    }

    /// How many items have the key.
    func count(of key: Item.Key) -> Int { places[key]?.count ?? 0 }

    /// The newest item with the key.
    func newest(of key: Item.Key) -> Item? {
        var descent = places[key]?.descending
        return descent?.next().flatMap { items[$0.id] }
    }

    /// The items with the key, the newest first.
    func all(of key: Item.Key) -> [Item] {
        guard var descent = places[key]?.descending else { return [] }
        var found: [Item] = []
        while let rank = descent.next() { if let item = items[rank.id] { found.append(item) } }
        return found
    }

    struct Page: Sendable {
        var items: [Item]
        /// The last of them, where there are more.
        var next: UUID?
    }

    /// One page, newest first.
    /// - Parameters:
    ///   - alternatives: Of each, an item must have one key or more.
    ///   - cursor: Only items before this id, whether there is such an item or not.
    ///   - condition: What no key says.
    func page(
        having alternatives: [[Item.Key]], before cursor: UUID?, limit: Int, where condition: ((Item) -> Bool)? = nil
    ) -> Page {
        precondition(limit > 0, "a page holds at least one")
        var found: [Item] = []
        var last: UUID?
        var lists = alternatives.map { keys in keys.compactMap { places[$0] } }
            .sorted { $0.reduce(0) { $0 + $1.count } < $1.reduce(0) { $0 + $1.count } }
        if lists.isEmpty { lists = [[all]] }
        var descents = lists.map { $0.map(\.descending) }
        var start = cursor.map { Rank($0).predecessor } ?? Rank.highest
        while let place = start, let rank = Self.common(to: &descents, atMost: place) {
            start = rank.predecessor
            guard let item = items[rank.id], condition?(item) ?? true else { continue }
            if found.count == limit { return Page(items: found, next: last) }
            found.append(item)
            last = item.id
        }
        return Page(items: found, next: nil)
    }

    /// The greatest value, not above the limit, that is in one list or more of each.
    private static func common(to descents: inout [[SortedChunks<Rank>.Descent]], atMost limit: Rank) -> Rank? {
        var candidate = limit
        var agreed = 0
        var index = 0
        while agreed < descents.count {
            var best: Rank?
            for list in descents[index].indices {
                guard let found = descents[index][list].next(atMost: candidate) else { continue }
                best = max(best ?? found, found)
            }
            guard let best else { return nil }
            agreed = best == candidate ? agreed + 1 : 1
            candidate = best
            index = index + 1 == descents.count ? 0 : index + 1
        }
        return candidate
    }
}
