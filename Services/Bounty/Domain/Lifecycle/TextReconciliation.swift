package import Events
package import FoundationEssentials
package import Money

/// Decides what an edited text does to the bounties that stand in it.
package enum TextReconciliation {
    /// A bounty that was made of the text and is not cancelled.
    package struct Existing: Sendable, Equatable {
        package var id: UUID
        package var state: BountyRecord.State
        package var money: Wanted

        package init(id: UUID, state: BountyRecord.State, money: Wanted) {
            self.id = id
            self.state = state
            self.money = money
        }
    }

    /// What one bounty in the text asks for.
    package struct Wanted: Sendable, Hashable {
        /// As configured, in its own spelling.
        package var denomination: String
        package var amount: Amount

        package init(denomination: String, amount: Amount) {
            self.denomination = denomination
            self.amount = amount
        }
    }

    package enum Change: Sendable, Equatable {
        /// `index` is the place in `wanted`.
        case propose(index: Int)
        case change(id: UUID, index: Int)
        case cancel(id: UUID)
    }

    /// Pairs what the text asks for now with what there is, in three rounds: the same denomination and amount, the same
    /// denomination, and what is left in order. A pair that differs changes the bounty; what is left of the text is
    /// proposed; what is left of the bounties is cancelled.
    ///
    /// A bounty that is no longer `proposed` takes its part of the text and is never changed or cancelled: what was signed
    /// stands, and the same text does not make a second one.
    package static func changes(wanted: [Wanted], existing: [Existing]) -> [Change] {
        var openWanted = Array(wanted.indices)
        var open = existing
        var changes: [Change] = []

        func pair(_ matches: (Existing, Wanted) -> Bool) {
            for bounty in open {
                guard let place = openWanted.firstIndex(where: { matches(bounty, wanted[$0]) }) else { continue }
                let index = openWanted.remove(at: place)
                open.removeAll { $0.id == bounty.id }
                if bounty.state == .proposed, bounty.money != wanted[index] {
                    changes.append(.change(id: bounty.id, index: index))
                }
            }
        }
        pair { $0.money == $1 }
        pair { $0.money.denomination == $1.denomination }
        pair { bounty, _ in bounty.state == .proposed }

        changes += open.filter { $0.state == .proposed }.map { .cancel(id: $0.id) }
        changes += openWanted.map { .propose(index: $0) }
        return changes
    }
}
