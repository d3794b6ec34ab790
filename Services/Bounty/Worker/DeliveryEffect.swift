import BountyDomain
import Events
import FoundationEssentials
import Postgres

/// What a delivery does to the state, in the transaction of its ledger.
enum DeliveryEffect {
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

    static func apply(
        _ delivery: PreparedDelivery, _ terms: IssueBook.Terms, to ledger: inout Ledger
    ) throws -> Outcome {
        let trace = delivery.traceparent
        switch delivery.moved(ledger.moves).content {
        case .ignored: return .ignored
        case .text(let reading):
            return Outcome(
                try ledger.change(reading.revision.place.key, trace) { try $0.write(reading, terms) })
        case .elsewhere(let content):
            try RepositoryEffect.apply(content, at: terms.now, trace, in: ledger.transaction)
            return .applied
        case .issue(.deletion(let deletion)):
            return Outcome(
                try ledger.change(deletion.place.key, trace) { book in
                    try book.delete(
                        deletion.source, updatedAt: deletion.at, by: deletion.sender, at: deletion.place, terms)
                })
        case .issue(.closing(let closing)): try claim(.closing, closing, nil, terms, trace, &ledger)
        case .issue(.reopening(let reopening)): try claim(.reopening, reopening, nil, terms, trace, &ledger)
        case .issue(.merge(let merge, let author)):
            let answer: Claim.Answer =
                author.map {
                    .recipients([.init(account: $0, weight: 1)], forAll: true, url: merge.place.issue.url)
                } ?? .nobody(reason: Refusal.NobodyReason.authorGone)
            try claim(.merge, merge, answer, terms, trace, &ledger)
        case .issue(.transfer(let transfer)):
            try ledger.transfer(from: transfer.old, to: transfer.new, terms, trace)
        case .issue: return .ignored
        }
        return .applied
    }

    private static func claim(
        _ kind: Claim.Kind, _ happening: DeliveryContent.Happening, _ answer: Claim.Answer?, _ terms: IssueBook.Terms,
        _ trace: Traceparent?, _ ledger: inout Ledger
    ) throws {
        let claim = Claim(
            kind: kind, id: Int64(happening.at.timeIntervalSince1970), actor: happening.actor, at: happening.at,
            until: terms.claimsUntil, answer: answer)
        try ledger.change(happening.place.key, trace) { try $0.claim(claim, at: happening.place, terms) }
    }
}

extension DeliveryEffect.Outcome {
    init(_ outcome: IssueBook.TextOutcome) {
        self =
            switch outcome {
            case .applied: .applied
            case .stale: .stale
            case .afterDeletion: .afterDeletion
            case .bot: .bot
            case .foreignEdit: .foreignEdit
            case .unreadable: .unreadable
            }
    }
}
