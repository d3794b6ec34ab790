package import Events

/// Says that an order was executed, and by which transaction. For programs with the scope `payouts`.
package enum AcknowledgePayout: BountyMethod {
    package static let name = "acknowledge"
    /// Characters of a transaction's reference.
    package static let maximumTransactionLength = 256

    package struct Request: Codable, Sendable {
        /// A UUID.
        package var payout: String
        package var transaction: String

        package init(payout: String, transaction: String) {
            self.payout = payout
            self.transaction = transaction
        }
    }

    package struct Response: Codable, Sendable {
        package var payout: PayoutRecord
        /// Of the bounty after it.
        package var version: Int

        package init(payout: PayoutRecord, version: Int) {
            self.payout = payout
            self.version = version
        }
    }
}

/// The keys that payout orders are verified with, those that no longer sign included.
package enum PayoutKeys: BountyMethod {
    package static let name = "payout-keys"

    package struct Request: Codable, Sendable {
        package init() {}
    }

    package struct Response: Codable, Sendable {
        package var keys: [PayoutPublicKey]
        package init(keys: [PayoutPublicKey]) { self.keys = keys }
    }
}
