import BountyDomain
import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import Postgres

/// Payout orders after they are issued: what the treasury says became of them, and the keys that they are verified with.
struct Payouts: Sendable {
    let database: PostgresClient
    let sessions: CallerSessions
    /// Called after a commit with events, so that they are published at once.
    let committed: @Sendable () -> Void
    let now: @Sendable () -> Date

    /// Once for each order. The same transaction again gets the same answer, another one is refused.
    func acknowledge(
        _ request: AcknowledgePayout.Request, token: String?, trace: Traceparent?
    ) async throws -> AcknowledgePayout.Response {
        guard try sessions.session(token).has(.payouts) else {
            throw ServiceFailure(
                403, "missing-scope",
                "orders are acknowledged with an API key of the scope \(APIScope.payouts.rawValue)")
        }
        let reference = request.transaction
        guard (1...AcknowledgePayout.maximumTransactionLength).contains(reference.utf8.count),
            reference.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else {
            throw ServiceFailure.invalid(
                "invalid-transaction",
                "transaction must be 1 to \(AcknowledgePayout.maximumTransactionLength) visible ASCII characters")
        }
        guard let id = UUID(wireText: request.payout) else { throw Self.unknown }
        let rows = try await database.query("SELECT bounty_id FROM payout_orders WHERE id = \(id)")
        guard let bounty: UUID = try rows.first?.get("bounty_id") else { throw Self.unknown }
        let answer = try await database.transaction { transaction in
            try acknowledge(id, of: bounty, reference, BountyStore(transaction: transaction, traceparent: trace))
        }
        committed()
        return answer
    }

    private func acknowledge(
        _ id: UUID, of bountyID: UUID, _ reference: String, _ store: BountyStore
    ) throws -> AcknowledgePayout.Response {
        guard let bounty = try store.lock(bountyID), var payout = try store.payout(id) else { throw Self.unknown }
        if payout.state == .acknowledged {
            guard payout.transaction == reference else {
                throw ServiceFailure(
                    409, "acknowledged-otherwise", "the order was acknowledged with another transaction")
            }
            return .init(payout: payout, version: bounty.version)
        }
        payout.state = .acknowledged
        payout.transaction = reference
        try store.update(payout)
        guard let paid = try bounty.acknowledge(payout, at: now()) else {
            return .init(payout: payout, version: bounty.version)
        }
        try store.record(paid)
        guard paid.bounty.state == .settled, paid.bounty.isPaidInFull else {
            return .init(payout: payout, version: paid.bounty.version)
        }
        let last = try paid.bounty.pay(at: now())
        try store.record(last)
        return .init(payout: payout, version: last.bounty.version)
    }

    private static let unknown = ServiceFailure(404, "not-found", "there is no payout order with this id")

    /// All that ever signed orders, and those that may, the oldest first.
    func keys() async throws -> PayoutKeys.Response {
        let rows = try await database.query("SELECT public_key FROM payout_keys ORDER BY registered_at, id")
        return PayoutKeys.Response(keys: try rows.map { PayoutPublicKey(bytes: try $0.get("public_key")) })
    }

    /// Publishes the keys that are configured, before one of them signs.
    func register(_ keys: [PayoutSigningKey]) async throws {
        try await database.transaction { transaction in
            for key in keys { try BountyStore(transaction: transaction, traceparent: nil).register(key.publicKey) }
        }
    }
}
