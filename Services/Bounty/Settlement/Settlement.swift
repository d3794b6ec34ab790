import BountyDomain
import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import Money
import Postgres

/// Settles an awarded bounty: divides the amount, finds each recipient's wallet, and issues one payout order for each share.
///
/// Every step is a transaction of its own, looks at the bounty as it is then, and does nothing where it was taken before. So the
/// whole can be begun again after a crash between any two, and by two replicas at once. A share whose recipient has no wallet
/// waits, and the others do not; the event of a wallet being linked begins the settlement again.
struct Settlement: WorkHandler {
    /// What happens between the steps, for tests that end a settlement there.
    enum Step: String, Sendable, CaseIterable { case divided, resolved, waiting, ordered, done }

    static let workKind = BountyStore.FollowUp.settlement

    let kind = Settlement.workKind
    let database: PostgresClient
    let calculator: CalculatorClient
    let identity: ServiceClient
    /// The first signs.
    let keys: [PayoutSigningKey]
    /// Called after a commit with events, so that they are published at once.
    let committed: @Sendable () -> Void
    let now: @Sendable () -> Date
    var reached: @Sendable (Step) async throws -> Void = { _ in }

    /// Asks for it, if the transaction commits; again while it runs, it runs once more.
    static func enqueue(_ bounty: UUID, traceparent: Traceparent?, in transaction: PostgresTransaction) throws {
        try Work.enqueue(
            kind: workKind, key: bounty.wireText, payload: SettlementWork(bounty: bounty), traceparent: traceparent,
            in: transaction)
    }

    func handle(_ item: WorkItem) async throws -> WorkOutcome {
        guard let id = UUID(wireText: item.key), let known = try await BountyStore.find(id, database) else {
            throw UnknownBounty(key: item.key)
        }
        var bounty = known
        if bounty.state == .awarded {
            bounty = try await divide(bounty, item.traceparent)
            try await reached(.divided)
        }
        guard bounty.state == .settling else { return .done }
        let open = bounty.shares.filter { !$0.state.isOrdered }
        let accounts = try await accounts(of: open.map(\.recipient.id), asset: bounty.asset, item.traceparent)
        try await reached(.resolved)
        for share in open {
            if let account = accounts[share.recipient.id] {
                try await order(share.recipient, account, of: id, item.traceparent)
                try await reached(.ordered)
            } else {
                try await wait(for: share.recipient, of: id, item.traceparent)
                try await reached(.waiting)
            }
        }
        try await reached(.done)
        return .done
    }

    // MARK: - Steps

    private func divide(_ awarded: BountyRecord, _ trace: Traceparent?) async throws -> BountyRecord {
        let parts = try await calculator.allocate(
            try Amount(units: awarded.units), weights: (awarded.award?.recipients ?? []).map(\.weight), trace: trace)
        return try await step(awarded.id, trace) { bounty, store in
            guard bounty.state == .awarded else { return bounty }
            let event = try bounty.divide(into: parts, at: now())
            try store.record(event)
            return event.bounty
        }
    }

    /// CAIP-10 accounts on the asset's chain, by recipient; none for those who have no wallet there.
    private func accounts(
        of recipients: [Int64], asset: String, _ trace: Traceparent?
    ) async throws -> [Int64: String] {
        guard let chain = AssetType(asset)?.chain else { throw UnknownAsset(asset: asset) }
        var accounts: [Int64: String] = [:]
        for start in stride(from: 0, to: recipients.count, by: ResolveAccounts.maximumAccounts) {
            let batch = recipients[start..<min(start + ResolveAccounts.maximumAccounts, recipients.count)]
            let resolved: ResolveAccounts.Response
            do {
                resolved = try await identity.call(
                    ResolveAccounts.self, .init(accounts: batch.map { .init(id: $0) }, forPayout: true), trace: trace)
            } catch let error as NATSError where error.isUnavailable {
                throw WorkPostponed("the identity service cannot answer now: \(error)", for: .seconds(1))
            }
            for identity in resolved.accounts.compactMap({ $0 }) {
                accounts[identity.github.id] = PayoutAccount.account(of: identity.links, on: chain)
            }
        }
        return accounts
    }

    private func wait(
        for recipient: BountyRecord.Account, of id: UUID, _ trace: Traceparent?
    ) async throws {
        try await step(id, trace) { bounty, store in
            guard Self.isOpen(recipient, in: bounty), let event = try bounty.wait(for: recipient.id, at: now()) else {
                return bounty
            }
            try store.record(event)
            return event.bounty
        }
    }

    private func order(
        _ recipient: BountyRecord.Account, _ account: String, of id: UUID, _ trace: Traceparent?
    ) async throws {
        let key = keys[0]
        try await step(id, trace) { bounty, store in
            guard Self.isOpen(recipient, in: bounty),
                let share = bounty.shares.first(where: { $0.recipient.id == recipient.id })
            else { return bounty }
            let time = now().roundedToMilliseconds
            let order = PayoutOrder(
                id: .version7(at: time), bounty: id, recipient: recipient.id, account: account, asset: bounty.asset,
                units: share.units, issuedAt: time, keyID: key.id)
            let payout = try key.sign(order, to: share.recipient)
            try store.register(key.publicKey)
            try store.insert(payout)
            let event = try bounty.order(payout, at: time)
            try store.record(event)
            guard event.bounty.shares.allSatisfy(\.state.isOrdered) else { return event.bounty }
            // With the last order, so that there is no moment in which all are issued and nothing says so.
            let last = try event.bounty.settle(at: time)
            try store.record(last)
            return last.bounty
        }
    }

    private static func isOpen(_ recipient: BountyRecord.Account, in bounty: BountyRecord) -> Bool {
        bounty.state == .settling
            && bounty.shares.contains { $0.recipient.id == recipient.id && !$0.state.isOrdered }
    }

    /// - Returns: The bounty after the step.
    @discardableResult
    private func step(
        _ id: UUID, _ trace: Traceparent?,
        _ body: @escaping @Sendable (BountyRecord, BountyStore) throws -> BountyRecord
    ) async throws -> BountyRecord {
        let bounty = try await database.transaction { transaction in
            let store = BountyStore(transaction: transaction, traceparent: trace)
            guard let bounty = try store.lock(id) else { throw UnknownBounty(key: id.wireText) }
            return try body(bounty, store)
        }
        committed()
        return bounty
    }

    private struct UnknownBounty: Error, CustomStringConvertible {
        let key: String
        var description: String { "there is no bounty \(key)" }
    }

    private struct UnknownAsset: Error, CustomStringConvertible {
        let asset: String
        var description: String { "\(asset) names no asset (CAIP-19)" }
    }
}
