import BountyDomain
import Events
import FoundationEssentials
import Money

/// What a delivery does to the state, in one transaction.
struct DeliveryEffect: Sendable {
    /// What came of a delivery; the name is a label of metrics.
    enum Outcome: String, Sendable {
        case applied
        /// Means nothing to us.
        case ignored
        /// This delivery was handled before.
        case duplicate
        /// A newer revision of the text is known.
        case stale
        case afterDeletion = "after_deletion"
        case bot
        case foreignEdit = "foreign_edit"
        case unreadable
    }

    var outcome: Outcome
    /// The steps taken, recorded in this order.
    var events: [BountyEvent] = []

    /// A text was written or edited.
    static func apply(
        _ reading: TextReading, at now: Date, lifetime: Duration, in store: BountyStore
    ) throws -> DeliveryEffect {
        let revision = reading.revision
        let arrival = try store.lockHistory(of: revision.source).arrival(
            updatedAt: revision.updatedAt, bodyDigest: reading.digest, previousDigest: reading.previousDigest)
        switch arrival {
        case .new: break
        case .stale: return DeliveryEffect(outcome: .stale)
        case .afterDeletion: return DeliveryEffect(outcome: .afterDeletion)
        }
        try store.save(
            TextHistory(updatedAt: revision.updatedAt, bodyDigest: reading.digest, isDeleted: false),
            of: revision.source)
        switch revision.standing {
        case .bot: return DeliveryEffect(outcome: .bot)
        case .foreignEdit: return DeliveryEffect(outcome: .foreignEdit)
        case .authors: break
        }
        // What cannot be read changes nothing that stands.
        guard let wanted = reading.wanted else { return DeliveryEffect(outcome: .unreadable) }
        let events = try steps(
            wanted: wanted, existing: try store.bounties(of: revision.source), revision: revision, at: now,
            lifetime: lifetime)
        for event in events { try store.record(event) }
        return DeliveryEffect(outcome: .applied, events: events)
    }

    /// A text is gone: what was proposed in it is cancelled, and no later revision of it counts.
    static func delete(
        _ source: BountyRecord.Source, updatedAt: Date, at now: Date, in store: BountyStore
    ) throws -> DeliveryEffect {
        guard !(try store.lockHistory(of: source).isDeleted) else { return DeliveryEffect(outcome: .afterDeletion) }
        try store.save(TextHistory(updatedAt: updatedAt, bodyDigest: [], isDeleted: true), of: source)
        let events = try store.bounties(of: source).filter { $0.state == .proposed }
            .map { try $0.cancel(.textDeleted, at: now) }
        for event in events { try store.record(event) }
        return DeliveryEffect(outcome: .applied, events: events)
    }

    private static func steps(
        wanted: [Money], existing: [BountyRecord], revision: TextRevision, at now: Date, lifetime: Duration
    ) throws -> [BountyEvent] {
        let byID = Dictionary(existing.map { ($0.id, $0) }) { first, _ in first }
        let changes = TextReconciliation.changes(
            wanted: wanted.map { .init(denomination: $0.denomination.symbol, amount: $0.amount) },
            existing: try existing.map { bounty in
                .init(
                    id: bounty.id, state: bounty.state,
                    money: .init(denomination: bounty.denomination, amount: try Amount(units: bounty.units)))
            })
        return try changes.compactMap { change in
            switch change {
            case .propose(let index):
                .propose(id: .version7(at: now), money: wanted[index], in: revision, at: now, lifetime: lifetime)
            case .change(let id, let index):
                try byID[id]?.change(to: wanted[index], in: revision, at: now)
            case .cancel(let id):
                try byID[id]?.cancel(.textEdited, at: now)
            }
        }
    }
}
