package import FoundationEssentials

extension BountyRecord {
    /// Who gets a bounty, in which parts, and why.
    package struct Award: Codable, Sendable, Equatable {
        package enum Ground: String, Codable, Sendable {
            /// The issue was closed as completed by a merged pull request, or a commit of one.
            case closing = "issue_closed"
            /// The pull request that the bounty is on was merged.
            case merge = "pull_request_merged"
            /// `/award` in a comment.
            case command
        }

        package struct Recipient: Codable, Sendable, Equatable {
            package var account: Account
            /// A relative part, from 1.
            package var weight: Int64

            package init(account: Account, weight: Int64) {
                self.account = account
                self.weight = weight
            }
        }

        package var ground: Ground
        /// Who closed, merged or commanded.
        package var by: Account
        /// When it happened, by GitHub's clock.
        package var at: Date
        /// The pull request or the comment, where it has a page.
        package var url: String?
        /// Each account once, in the order in which they were named.
        package var recipients: [Recipient]

        package init(ground: Ground, by: Account, at: Date, url: String? = nil, recipients: [Recipient]) {
            self.ground = ground
            self.by = by
            self.at = at
            self.url = url
            self.recipients = recipients
        }
    }

    /// What one recipient gets, once the amount is divided.
    package struct Share: Codable, Sendable, Equatable {
        package enum State: String, Codable, Sendable, CaseIterable {
            /// Divided; the recipient's wallet was not asked for yet.
            case pending
            /// The recipient has no linked wallet of the asset's family. The other shares do not wait.
            case awaitingWallet = "awaiting_wallet"
            /// The payout order was issued, and pins its wallet.
            case ordered
            /// The treasury acknowledged the order.
            case paid
            /// The part is less than one smallest unit: there is nothing to order.
            case empty

            /// Whether nothing is left to be ordered.
            package var isOrdered: Bool {
                switch self {
                case .ordered, .paid, .empty: true
                case .pending, .awaitingWallet: false
                }
            }
        }

        package var recipient: Account
        package var amount: String
        package var units: String
        package var state: State
        /// The payout order.
        package var payout: UUID?

        package init(
            recipient: Account, amount: String, units: String, state: State = .pending, payout: UUID? = nil
        ) {
            self.recipient = recipient
            self.amount = amount
            self.units = units
            self.state = state
            self.payout = payout
        }
    }
}
