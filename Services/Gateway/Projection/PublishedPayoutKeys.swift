import BountyProtocol
import Events
import IdentityProtocol
import Synchronization

/// The keys of payout orders, as the bounty service publishes them. What was once learnt is served while that service is away:
/// keys are added and never taken back.
final class PublishedPayoutKeys: Sendable {
    /// For a call: a client waits for it.
    private static let timeout = Duration.seconds(2)
    /// How old an answer may be that is given without asking again.
    private static let freshness = Duration.seconds(10)

    private let bounties: ServiceClient
    private let known = Mutex<(keys: [PayoutPublicKey], at: ContinuousClock.Instant)?>(nil)

    init(bounties: ServiceClient) { self.bounties = bounties }

    func current(trace: Traceparent?) async throws -> [PayoutPublicKey] {
        let last = known.withLock { $0 }
        if let last, last.at + Self.freshness > .now { return last.keys }
        do {
            let keys = try await bounties.call(PayoutKeys.self, .init(), trace: trace, timeout: Self.timeout).keys
            known.withLock { $0 = (keys, .now) }
            return keys
        } catch {
            guard let last else { throw ServiceProblem.problem(for: error, of: ServiceName.bounty) }
            return last.keys
        }
    }
}
