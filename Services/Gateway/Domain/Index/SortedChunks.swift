/// Values in ascending order, each once. A copy shares its chunks: the next version costs by the chunks that changed, and a
/// reference for each of the others.
struct SortedChunks<Element: Comparable & Sendable>: Sendable {
    /// Values in a chunk. A changed chunk is copied once for each version, and so is the list of chunks: this is about the square
    /// root of what a large list has.
    private static var capacity: Int { 256 }

    /// None of them is empty.
    private var chunks: [[Element]] = []
    private(set) var count = 0

    var isEmpty: Bool { chunks.isEmpty }

    /// What is there already stays.
    mutating func insert(_ element: Element) {
        guard !chunks.isEmpty else {
            chunks = [[element]]
            count = 1
            return
        }
        let index = max(0, Self.countAtMost(element, in: chunks.count) { chunks[$0][0] } - 1)
        let position = Self.countAtMost(element, in: chunks[index].count) { chunks[index][$0] }
        if position > 0, chunks[index][position - 1] == element { return }
        count += 1
        if chunks[index].count < Self.capacity {
            chunks[index].insert(element, at: position)
        } else if index == chunks.count - 1, position == Self.capacity {
            // The usual end: new values are the greatest, and full chunks stay full.
            chunks.append([element])
        } else {
            let half = Self.capacity / 2
            let upper = Array(chunks[index][half...])
            chunks[index].removeLast(upper.count)
            chunks.insert(upper, at: index + 1)
            if position > half {
                chunks[index + 1].insert(element, at: position - half)
            } else {
                chunks[index].insert(element, at: position)
            }
        }
    }

    mutating func remove(_ element: Element) {
        let index = Self.countAtMost(element, in: chunks.count) { chunks[$0][0] } - 1
        guard index >= 0 else { return }
        let position = Self.countAtMost(element, in: chunks[index].count) { chunks[index][$0] } - 1
        guard position >= 0, chunks[index][position] == element else { return }
        count -= 1
        chunks[index].remove(at: position)
        if chunks[index].isEmpty { chunks.remove(at: index) }
    }

    /// How many of ascending elements are not greater.
    private static func countAtMost(_ limit: Element, in count: Int, _ element: (Int) -> Element) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if element(middle) <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// From the greatest down.
    var descending: Descent { Descent(chunks: chunks) }

    struct Descent: Sendable {
        private let chunks: [[Element]]
        private var index: Int
        private var position: Int

        fileprivate init(chunks: [[Element]]) {
            self.chunks = chunks
            index = chunks.count - 1
            position = (chunks.last?.count ?? 0) - 1
        }

        /// The greatest value at or below where the descent is that is not greater than the limit; the descent goes on from there.
        mutating func next(atMost limit: Element) -> Element? {
            guard index >= 0 else { return nil }
            if chunks[index][position] <= limit { return chunks[index][position] }
            if chunks[index][0] > limit {
                index = SortedChunks.countAtMost(limit, in: index) { chunks[$0][0] } - 1
                guard index >= 0 else { return nil }
                position = chunks[index].count
            }
            position = SortedChunks.countAtMost(limit, in: position) { chunks[index][$0] } - 1
            return chunks[index][position]
        }

        /// The value where the descent is, which then goes one down.
        mutating func next() -> Element? {
            guard index >= 0 else { return nil }
            defer {
                position -= 1
                if position < 0 {
                    index -= 1
                    position = index >= 0 ? chunks[index].count - 1 : -1
                }
            }
            return chunks[index][position]
        }
    }
}
