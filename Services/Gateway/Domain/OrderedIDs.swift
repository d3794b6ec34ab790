import FoundationEssentials

/// Ids in their order, the oldest first. They are time-ordered, so a new one goes to the end or near it.
struct OrderedIDs: Sendable {
    private(set) var all: [UUID] = []

    /// One that is not there yet.
    mutating func insert(_ id: UUID) { all.insert(id, at: firstIndex { $0 >= id }) }

    /// Up to `limit` values for ids before the cursor, newest first; ids without a value are passed over.
    /// - Returns: Also the id where the next page starts; nil on the last one.
    func page<Value>(
        before cursor: UUID?, limit: Int, value: (UUID) -> Value?
    ) -> (values: [Value], next: UUID?) {
        precondition(limit > 0, "a page holds at least one")
        var found: [Value] = []
        var last: UUID?
        var index = cursor.map { cursor in firstIndex { $0 >= cursor } } ?? all.count
        while index > 0 {
            index -= 1
            guard let next = value(all[index]) else { continue }
            if found.count == limit { return (found, last) }
            found.append(next)
            last = all[index]
        }
        return (found, nil)
    }

    /// The first index whose id satisfies the predicate, which must be false and then true along the ids.
    private func firstIndex(where predicate: (UUID) -> Bool) -> Int {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(all[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
