import Events
import FoundationEssentials
import GatewayDomain
import Testing

struct BountySnapshotTests {
    /// The numbers of the bounties of a page, and whether there is a next one.
    struct Listing: Equatable {
        var numbers: [UInt8]
        var isLast: Bool

        init(_ numbers: [UInt8], isLast: Bool) {
            self.numbers = numbers
            self.isLast = isLast
        }

        init(_ page: BountySnapshot.Page) {
            self.init(page.bounties.map(\.id.uuid.15), isLast: page.next == nil)
        }
    }

    static func snapshot(_ numbers: [Int]) -> BountySnapshot {
        var snapshot = BountySnapshot()
        for (index, number) in numbers.enumerated() {
            snapshot.apply(.proposed(.sample(number)), sequence: UInt64(index + 1))
        }
        return snapshot
    }

    static func everyPage(
        of snapshot: BountySnapshot, matching filter: BountyFilter = BountyFilter(), limit: Int
    ) -> [[UInt8]] {
        var pages: [[UInt8]] = []
        var cursor: UUID?
        repeat {
            let page = snapshot.page(matching: filter, before: cursor, limit: limit)
            pages.append(Listing(page).numbers)
            cursor = page.next
        } while cursor != nil && pages.count < 1000
        return pages
    }

    // MARK: - Events

    @Test func itStartsEmpty() {
        let snapshot = BountySnapshot()
        #expect(snapshot.sequence == 0)
        #expect(snapshot.count == 0)
        #expect(snapshot[.numbered(1)] == nil)
        #expect(Listing(snapshot.page(matching: BountyFilter(), before: nil, limit: 1)) == Listing([], isLast: true))
    }

    @Test func eventsInOrderMakeTheLatestState() {
        var snapshot = BountySnapshot()
        snapshot.apply(.proposed(.sample(1)), sequence: 4)
        snapshot.apply(.proposed(.sample(2)), sequence: 7)
        snapshot.apply(.changed(.sample(1, version: 2, denomination: "ETH")), sequence: 8)
        snapshot.apply(.cancelled(.sample(1, version: 3, state: .cancelled), reason: .textEdited), sequence: 9)
        #expect(snapshot.sequence == 9)
        #expect(snapshot.count == 2)
        #expect(snapshot[.numbered(1)]?.version == 3)
        #expect(snapshot[.numbered(1)]?.state == .cancelled)
        #expect(snapshot[.numbered(2)] == .sample(2))
    }

    @Test(arguments: [1, 2, 3])
    func aKnownOrOlderVersionChangesNothing(version: Int) {
        var snapshot = BountySnapshot()
        snapshot.apply(.changed(.sample(1, version: 3, denomination: "ETH")), sequence: 5)
        snapshot.apply(.changed(.sample(1, version: version, denomination: "SOL")), sequence: 6)
        #expect(snapshot[.numbered(1)] == .sample(1, version: 3, denomination: "ETH"))
        #expect(snapshot.count == 1)
        #expect(snapshot.sequence == 6)
    }

    @Test func theSequenceNeverGoesBack() {
        var snapshot = BountySnapshot()
        snapshot.apply(.proposed(.sample(1)), sequence: 9)
        snapshot.apply(.proposed(.sample(2)), sequence: 3)
        snapshot.advance(to: 1)
        #expect(snapshot.sequence == 9)
        #expect(snapshot.count == 2)
        snapshot.advance(to: 12)
        #expect(snapshot.sequence == 12)
    }

    @Test func anEarlierSnapshotStaysAsItIs() {
        var snapshot = Self.snapshot([1, 2])
        let earlier = snapshot
        snapshot.apply(.changed(.sample(1, version: 2, denomination: "ETH")), sequence: 3)
        snapshot.apply(.proposed(.sample(3)), sequence: 4)
        #expect(earlier.count == 2)
        #expect(earlier.sequence == 2)
        #expect(earlier[.numbered(1)]?.denomination == "USDC")
        #expect(Self.everyPage(of: earlier, limit: 10) == [[2, 1]])
    }

    // MARK: - Pages

    @Test(arguments: [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [3, 1, 5, 2, 4]])
    func pagesAreNewestFirstInWhateverOrderBountiesArrive(arrival: [Int]) {
        #expect(Self.everyPage(of: Self.snapshot(arrival), limit: 10) == [[5, 4, 3, 2, 1]])
    }

    @Test(
        arguments: [
            (1, [[5], [4], [3], [2], [1]]), (2, [[5, 4], [3, 2], [1]]), (4, [[5, 4, 3, 2], [1]]),
            (5, [[5, 4, 3, 2, 1]]),
            (6, [[5, 4, 3, 2, 1]]), (100, [[5, 4, 3, 2, 1]]),
        ] as [(Int, [[UInt8]])])
    func pagesTogetherHaveEachBountyOnce(limit: Int, pages: [[UInt8]]) {
        #expect(Self.everyPage(of: Self.snapshot([1, 2, 3, 4, 5]), limit: limit) == pages)
    }

    @Test(arguments: 1...7)
    func pagesOfAFilterHaveEachMatchOnce(limit: Int) {
        var snapshot = BountySnapshot()
        for number in 1...20 {
            let denomination = number.isMultiple(of: 3) ? "ETH" : "USDC"
            snapshot.apply(.proposed(.sample(number, denomination: denomination)), sequence: UInt64(number))
        }
        let pages = Self.everyPage(of: snapshot, matching: BountyFilter(denomination: "eth"), limit: limit)
        #expect(pages.flatMap(\.self) == [18, 15, 12, 9, 6, 3])
        #expect(pages.dropLast().allSatisfy { $0.count == limit })
        #expect(pages.last?.isEmpty == false)
    }

    @Test func thereIsNoNextPageWhereNothingMoreMatches() {
        var snapshot = Self.snapshot([1, 2, 3])
        snapshot.apply(.proposed(.sample(4, denomination: "ETH")), sequence: 4)
        let page = snapshot.page(matching: BountyFilter(denomination: "ETH"), before: nil, limit: 1)
        #expect(Listing(page) == Listing([4], isLast: true))
    }

    @Test func theNextPageIsTheSameWhileNewerBountiesArrive() {
        var snapshot = Self.snapshot([1, 2, 3, 4])
        let first = snapshot.page(matching: BountyFilter(), before: nil, limit: 2)
        let expected = snapshot.page(matching: BountyFilter(), before: first.next, limit: 2)
        for number in 5...9 { snapshot.apply(.proposed(.sample(number)), sequence: UInt64(number)) }
        #expect(
            snapshot.page(matching: BountyFilter(), before: first.next, limit: 2).bounties == expected.bounties)
        #expect(Listing(expected) == Listing([2, 1], isLast: true))
    }

    @Test(
        arguments: [
            (1, []), (2, [1]), (3, [1]), (4, [1]), (5, [4, 1]), (200, [8, 4, 1]),
        ] as [(Int, [UInt8])])
    func aCursorIsAPlaceWhetherOrNotItsBountyIsKnown(cursor: Int, numbers: [UInt8]) {
        let page = Self.snapshot([1, 4, 8]).page(matching: BountyFilter(), before: .numbered(cursor), limit: 10)
        #expect(Listing(page) == Listing(numbers, isLast: true))
    }

    @Test func aBountyThatNoLongerMatchesIsNoPlaceLost() {
        var snapshot = Self.snapshot([1, 2, 3, 4])
        let first = snapshot.page(matching: BountyFilter(state: .proposed), before: nil, limit: 2)
        snapshot.apply(.cancelled(.sample(3, version: 2, state: .cancelled), reason: .textDeleted), sequence: 5)
        let second = snapshot.page(matching: BountyFilter(state: .proposed), before: first.next, limit: 2)
        #expect(Listing(first) == Listing([4, 3], isLast: false))
        #expect(Listing(second) == Listing([2, 1], isLast: true))
    }
}
