import BountyProtocol
import Events
import FoundationEssentials
import GatewayDomain

/// One event of a bounty, as its page tells it.
struct HistoryEntry: Sendable {
    /// Entries on a page, the latest: an author can edit a text any number of times.
    static let maximumShown = 50

    let time: Date
    private let type: String
    /// Nil of an event that this version of the program does not know.
    private let event: BountyEvent?
    /// As it was then, without what was erased since.
    private let bounty: BountyRecord?

    init(_ entry: BountyHistory.Entry, _ snapshot: BountySnapshot) {
        time = entry.time
        type = entry.type
        event = try? BountyEvent(type: entry.type, data: Array(entry.data.utf8))
        bounty = event.map { snapshot.redacted($0.bounty) }
    }

    func sentence(_ links: ForeignLinks) -> HTML {
        guard let event, let bounty else { return "<code>\(type)</code>" }
        let amount = Words.amount(bounty.amount, bounty.denomination)
        switch event {
        case .proposed: return "Proposed by \(Words.account(bounty.sponsor, links)): \(amount)"
        case .changed: return "Changed to \(amount)"
        case .moved: return "Moved: now at \(Words.place(bounty))"
        case .signed:
            let wallet = bounty.wallet.map { HTML(" with \(Words.wallet($0))") }
            return "Signed by \(Words.account(bounty.sponsor, links))\(wallet): active"
        case .awarded:
            guard let award = bounty.award else { return "Awarded" }
            let names = award.recipients.map { Words.account($0.account, links) }
            return "Awarded to \(HTML.joined(names)) by \(Words.account(award.by, links))"
        case .divided:
            let parts = bounty.shares.map { share -> HTML in
                "\(Words.amount(share.amount, bounty.denomination)) to \(Words.account(share.recipient, links))"
            }
            return "Divided: \(HTML.joined(parts))"
        case .shareWaiting:
            let names = bounty.shares.filter { $0.state == .awaitingWallet }.map { Words.account($0.recipient, links) }
            return "Waiting for the wallet of \(HTML.joined(names))"
        case .shareOrdered(_, let payout): return "Payout ordered\(recipient(of: payout, bounty, links))"
        case .settled: return "Settled: every share has its order"
        case .sharePaid(_, let payout):
            let transaction = payout.transaction.map { HTML(", transaction <code>\($0)</code>") }
            return "Paid\(recipient(of: payout, bounty, links))\(transaction)"
        case .paid: return "Paid in full"
        case .expired: return "Expired"
        case .cancelled(_, let reason): return "Cancelled: \(Self.words(for: reason))"
        }
    }

    /// By the share: its login is the one that may still be shown.
    private func recipient(of payout: PayoutRecord, _ bounty: BountyRecord, _ links: ForeignLinks) -> HTML? {
        bounty.shares.first { $0.payout == payout.id }.map { share in
            ": \(Words.amount(share.amount, bounty.denomination)) to \(Words.account(share.recipient, links))"
        }
    }

    private static func words(for reason: BountyEvent.CancellationReason) -> HTML {
        switch reason {
        case .textDeleted: "its text was deleted"
        case .textEdited: "it was taken out of its text"
        case .command: "by its sponsor"
        case .issueDeleted: "the issue was deleted"
        case .repositoryDeleted: "the repository was deleted"
        }
    }
}
