import Atomics
package import GatewayDomain

/// The read model of the gateway: one writer puts the next snapshot in place, any number of readers take the current one.
///
/// A reader never waits: the exchange is one atomic reference, without a lock that the writer could hold.
package final class BountyBoard: Sendable {
    private final class Box: AtomicReference, Sendable {
        let snapshot: BountySnapshot
        init(_ snapshot: BountySnapshot) { self.snapshot = snapshot }
    }

    private let current = ManagedAtomic(Box(BountySnapshot()))

    package init() {}

    package var snapshot: BountySnapshot { current.load(ordering: .acquiring).snapshot }

    /// For the one writer.
    func publish(_ snapshot: BountySnapshot) { current.store(Box(snapshot), ordering: .releasing) }
}
