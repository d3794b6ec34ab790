import FoundationEssentials
import TestRandom
import Testing

@testable import GatewayDomain

struct SortedChunksTests {
    private static func descending(_ chunks: SortedChunks<Int>) -> [Int] {
        var descent = chunks.descending
        var values: [Int] = []
        while let value = descent.next() { values.append(value) }
        return values
    }

    @Test(arguments: [1, 2, 3])
    func itHoldsWhatASetHolds(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var chunks = SortedChunks<Int>()
        var expected: Set<Int> = []
        for step in 0..<20_000 {
            let value = Int.random(in: 0..<3_000, using: &generator)
            // First more come than go, then more go.
            if Int.random(in: 0..<10, using: &generator) < (step < 10_000 ? 7 : 3) {
                chunks.insert(value)
                expected.insert(value)
            } else {
                chunks.remove(value)
                expected.remove(value)
            }
            guard step.isMultiple(of: 2_000) else { continue }
            #expect(chunks.count == expected.count)
            #expect(Self.descending(chunks) == expected.sorted(by: >))
        }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 2_000])
    func aDescentFindsTheGreatestValueThatIsNotAboveALimit(count: Int) {
        var chunks = SortedChunks<Int>()
        for value in 0..<count { chunks.insert(value * 3) }
        var generator = SplitMix64(seed: 7)
        var descent = chunks.descending
        var limit = count * 3 + 5
        while limit >= -3 {
            let expected = count == 0 || limit < 0 ? nil : min(limit / 3, count - 1) * 3
            #expect(descent.next(atMost: limit) == expected)
            limit -= Int.random(in: 1...1_000, using: &generator)
        }
    }

    @Test func aCopyStaysAsItIs() {
        var chunks = SortedChunks<Int>()
        for value in 0..<1_000 { chunks.insert(value) }
        let copy = chunks
        for value in 0..<500 { chunks.remove(value * 2) }
        for value in 2_000..<2_600 { chunks.insert(value) }
        #expect(Self.descending(copy) == (0..<1_000).reversed())
        #expect(chunks.count == 1_100)
    }

    @Test func ranksAreInTheOrderOfIDs() {
        let ids = (0..<200).map { _ in Rank(.init()).id }
        let ranked = ids.map { Rank($0) }.sorted().map(\.id)
        #expect(ranked == ids.sorted { $0.uuidString < $1.uuidString })
        #expect(ids.allSatisfy { Rank(Rank($0).id) == Rank($0) })
        #expect(Rank.highest.predecessor.map { $0 < Rank.highest } == true)
    }
}
