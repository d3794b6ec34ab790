import BountyDomain
import Events
import FoundationEssentials
import Money
import TestRandom
import Testing

struct TextReconciliationTests {
    @Test(arguments: [
        ReconciliationCase("nothing, still nothing", existing: [], wanted: [], changes: []),
        ReconciliationCase("a first one", existing: [], wanted: ["USDC 5"], changes: ["propose 0"]),
        ReconciliationCase(
            "three at once", existing: [], wanted: ["USDC 5", "SOL 1", "USDC 5"],
            changes: ["propose 0", "propose 1", "propose 2"]),
        ReconciliationCase("the same", existing: ["USDC 5"], wanted: ["USDC 5"], changes: []),
        ReconciliationCase("another amount", existing: ["USDC 5"], wanted: ["USDC 6"], changes: ["change 0 to 0"]),
        ReconciliationCase("another denomination", existing: ["USDC 5"], wanted: ["SOL 5"], changes: ["change 0 to 0"]),
        ReconciliationCase("both", existing: ["USDC 5"], wanted: ["SOL 6"], changes: ["change 0 to 0"]),
        ReconciliationCase("taken out", existing: ["USDC 5"], wanted: [], changes: ["cancel 0"]),
        ReconciliationCase(
            "swapped", existing: ["USDC 5", "SOL 1"], wanted: ["SOL 1", "USDC 5"], changes: []),
        ReconciliationCase(
            "swapped amounts of one denomination", existing: ["USDC 5", "USDC 6"], wanted: ["USDC 6", "USDC 5"],
            changes: []),
        ReconciliationCase(
            "swapped, one changed", existing: ["USDC 5", "SOL 1"], wanted: ["SOL 2", "USDC 5"],
            changes: ["change 1 to 0"]),
        ReconciliationCase(
            "one put before", existing: ["USDC 5"], wanted: ["USDC 7", "USDC 5"], changes: ["propose 0"]),
        ReconciliationCase(
            "one put behind", existing: ["USDC 5"], wanted: ["USDC 5", "USDC 7"], changes: ["propose 1"]),
        ReconciliationCase(
            "the first taken out", existing: ["USDC 5", "USDC 6"], wanted: ["USDC 6"], changes: ["cancel 0"]),
        ReconciliationCase(
            "all taken out", existing: ["USDC 5", "SOL 1", "ETH 2"], wanted: [],
            changes: ["cancel 0", "cancel 1", "cancel 2"]),
        ReconciliationCase(
            "two of the same, unchanged", existing: ["USDC 5", "USDC 5"], wanted: ["USDC 5", "USDC 5"], changes: []),
        ReconciliationCase(
            "two of the same, then one", existing: ["USDC 5", "USDC 5"], wanted: ["USDC 5"], changes: ["cancel 1"]),
        ReconciliationCase(
            "one, then two of the same", existing: ["USDC 5"], wanted: ["USDC 5", "USDC 5"], changes: ["propose 1"]),
        ReconciliationCase(
            "two of the same, one changed", existing: ["USDC 5", "USDC 5"], wanted: ["USDC 9", "USDC 5"],
            changes: ["change 1 to 0"]),
        ReconciliationCase(
            "a denomination keeps its bounty before another takes it", existing: ["USDC 5", "SOL 1"],
            wanted: ["SOL 2", "ETH 3"], changes: ["change 1 to 0", "change 0 to 1"]),
        ReconciliationCase(
            "an equal one is kept before its denomination is changed", existing: ["USDC 5", "USDC 6"],
            wanted: ["USDC 6", "USDC 7"], changes: ["change 0 to 1"]),
        ReconciliationCase(
            "all replaced, in order", existing: ["USDC 5", "SOL 1"], wanted: ["ETH 1", "ATOM 2"],
            changes: ["change 0 to 0", "change 1 to 1"]),
        ReconciliationCase(
            "all replaced by more", existing: ["USDC 5"], wanted: ["ETH 1", "ATOM 2", "SOL 3"],
            changes: ["change 0 to 0", "propose 1", "propose 2"]),
        ReconciliationCase(
            "all replaced by fewer", existing: ["USDC 5", "SOL 1", "ETH 1"], wanted: ["ATOM 2"],
            changes: ["change 0 to 0", "cancel 1", "cancel 2"]),
    ])
    func proposedBountiesFollowTheText(example: ReconciliationCase) throws {
        #expect(try example.made() == example.changes)
    }

    @Test(arguments: [
        ReconciliationCase("the same", existing: ["active USDC 5"], wanted: ["USDC 5"], changes: []),
        ReconciliationCase("another amount", existing: ["active USDC 5"], wanted: ["USDC 6"], changes: []),
        ReconciliationCase("taken out", existing: ["active USDC 5"], wanted: [], changes: []),
        ReconciliationCase(
            "replaced by another denomination", existing: ["active USDC 5"], wanted: ["SOL 6"], changes: ["propose 0"]),
        ReconciliationCase(
            "the same once more", existing: ["active USDC 5"], wanted: ["USDC 5", "USDC 5"], changes: ["propose 1"]),
        ReconciliationCase(
            "one put before", existing: ["active USDC 5"], wanted: ["USDC 7", "USDC 5"], changes: ["propose 0"]),
        ReconciliationCase(
            "another amount, and one behind", existing: ["active USDC 5"], wanted: ["USDC 7", "USDC 8"],
            changes: ["propose 1"]),
        ReconciliationCase(
            "beside a proposed one that changes", existing: ["active USDC 5", "USDC 6"], wanted: ["USDC 5", "USDC 7"],
            changes: ["change 1 to 1"]),
        ReconciliationCase(
            "beside a proposed one of another denomination", existing: ["active USDC 5", "SOL 1"],
            wanted: ["USDC 6", "SOL 2"], changes: ["change 1 to 1"]),
        ReconciliationCase(
            "taken out beside a proposed one", existing: ["active USDC 5", "SOL 1"], wanted: ["SOL 1"], changes: []),
        ReconciliationCase(
            "all taken out", existing: ["active USDC 5", "SOL 1", "paid ETH 1"], wanted: [], changes: ["cancel 1"]),
        ReconciliationCase("expired", existing: ["expired USDC 5"], wanted: ["USDC 5"], changes: []),
        ReconciliationCase("awarded", existing: ["awarded USDC 5"], wanted: ["USDC 5"], changes: []),
        ReconciliationCase("settling", existing: ["settling USDC 5"], wanted: ["USDC 5"], changes: []),
        ReconciliationCase("settled", existing: ["settled USDC 5"], wanted: ["USDC 5"], changes: []),
        ReconciliationCase("paid", existing: ["paid USDC 5"], wanted: ["USDC 5", "USDC 5"], changes: ["propose 1"]),
    ])
    func otherBountiesTakeTheirTextAndStay(example: ReconciliationCase) throws {
        #expect(try example.made() == example.changes)
    }

    // MARK: - Properties

    private struct Edit {
        var existing: [TextReconciliation.Existing]
        var wanted: [TextReconciliation.Wanted]

        /// Few denominations and amounts, so that much is equal.
        init(using generator: inout SplitMix64) throws {
            func money() throws -> TextReconciliation.Wanted {
                .init(
                    denomination: ["USDC", "SOL", "ETH"].randomElement(using: &generator) ?? "USDC",
                    amount: try Amount(units: String(Int.random(in: 1...3, using: &generator))))
            }
            existing = try (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                let states: [BountyRecord.State] = [.proposed, .proposed, .active, .paid]
                return .init(
                    id: UUID(), state: states.randomElement(using: &generator) ?? .proposed, money: try money())
            }
            wanted = try (0..<Int.random(in: 0...6, using: &generator)).map { _ in try money() }
        }

        var changes: [TextReconciliation.Change] { TextReconciliation.changes(wanted: wanted, existing: existing) }

        /// What there is after the changes.
        func applied() -> [TextReconciliation.Existing] {
            var after = existing
            for change in changes {
                switch change {
                case .propose(let index): after.append(.init(id: UUID(), state: .proposed, money: wanted[index]))
                case .change(let id, let index):
                    if let place = after.firstIndex(where: { $0.id == id }) { after[place].money = wanted[index] }
                case .cancel(let id): after.removeAll { $0.id == id }
                }
            }
            return after
        }
    }

    private static func edits(seed: UInt64) throws -> [Edit] {
        var generator = SplitMix64(seed: seed)
        return try (0..<500).map { _ in try Edit(using: &generator) }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func noBountyAndNoPlaceIsNamedTwice(seed: UInt64) throws {
        for edit in try Self.edits(seed: seed) {
            var ids: [UUID] = []
            var places: [Int] = []
            for change in edit.changes {
                switch change {
                case .propose(let index): places.append(index)
                case .change(let id, let index):
                    ids.append(id)
                    places.append(index)
                case .cancel(let id): ids.append(id)
                }
            }
            #expect(Set(ids).count == ids.count, "\(edit)")
            #expect(Set(places).count == places.count, "\(edit)")
            #expect(places.allSatisfy(edit.wanted.indices.contains), "\(edit)")
            let proposed = Set(edit.existing.filter { $0.state == .proposed }.map(\.id))
            #expect(proposed.isSuperset(of: ids), "\(edit)")
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func everyPartOfTheTextIsProposedOrBelongsToASignedBountyOfItsDenomination(seed: UInt64) throws {
        for edit in try Self.edits(seed: seed) {
            let after = edit.applied()
            var rest = edit.wanted
            for bounty in after where bounty.state == .proposed {
                guard let place = rest.firstIndex(of: bounty.money) else {
                    Issue.record("\(bounty) is proposed and not in the text of \(edit)")
                    continue
                }
                rest.remove(at: place)
            }
            for (denomination, parts) in Dictionary(grouping: rest, by: \.denomination) {
                let signed = edit.existing.count { $0.state != .proposed && $0.money.denomination == denomination }
                #expect(parts.count <= signed, "\(edit)")
            }
            #expect(
                after.filter { $0.state != .proposed } == edit.existing.filter { $0.state != .proposed }, "\(edit)")
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func theSameTextAgainChangesNothing(seed: UInt64) throws {
        for edit in try Self.edits(seed: seed) {
            #expect(TextReconciliation.changes(wanted: edit.wanted, existing: edit.applied()) == [], "\(edit)")
        }
    }
}
