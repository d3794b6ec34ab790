import BountyDomain
import Events
import FoundationEssentials
import Money
import Testing

/// One edit of a text: what there was, what it asks for, and what is to be done.
///
/// Bounties are written `USDC 5`, with the state before it unless they are proposed: `active USDC 5`. Changes are `propose 0`,
/// `change 1 to 0`, `cancel 1`, with the places in `existing` and `wanted`.
struct ReconciliationCase: CustomTestStringConvertible {
    var testDescription: String
    var existing: [String]
    var wanted: [String]
    var changes: [String]

    init(_ description: String, existing: [String], wanted: [String], changes: [String]) {
        self.testDescription = description
        self.existing = existing
        self.wanted = wanted
        self.changes = changes
    }

    /// The changes that are made, as they are written here.
    func made() throws -> [String] {
        let bounties = try existing.map(Self.bounty)
        let changes = TextReconciliation.changes(wanted: try wanted.map(Self.money), existing: bounties)
        return changes.map { change in
            func place(_ id: UUID) -> String {
                bounties.firstIndex { $0.id == id }.map(String.init) ?? "an unknown one"
            }
            return switch change {
            case .propose(let index): "propose \(index)"
            case .change(let id, let index): "change \(place(id)) to \(index)"
            case .cancel(let id): "cancel \(place(id))"
            }
        }
    }

    private static func bounty(_ text: String) throws -> TextReconciliation.Existing {
        let words = text.split(separator: " ").map(String.init)
        let state = try #require(words.count == 3 ? BountyRecord.State(rawValue: words[0]) : .proposed)
        return .init(id: UUID(), state: state, money: try money(words.suffix(2).joined(separator: " ")))
    }

    private static func money(_ text: String) throws -> TextReconciliation.Wanted {
        let words = text.split(separator: " ").map(String.init)
        try #require(words.count == 2)
        return .init(denomination: words[0], amount: try Amount(units: words[1]))
    }
}
