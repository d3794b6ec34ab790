import Atomics
import Events
package import FoundationEssentials
package import GatewayDomain
import Synchronization

/// The read model of the gateway: one writer puts the next snapshot in place, any number of readers take the current one.
///
/// A reader never waits, unless it asks for what is not there yet: the exchange is one atomic reference, without a lock that the
/// writer could hold.
package final class BountyBoard: Sendable {
    private final class Box: AtomicReference, Sendable {
        let snapshot: BountySnapshot
        init(_ snapshot: BountySnapshot) { self.snapshot = snapshot }

        /// Looked up in place: a copy of a snapshot counts each of its parts.
        func entry(_ id: UUID) -> BountyEntry? { snapshot.entry(id) }
    }

    /// Who waits for a version of a bounty.
    private struct Waiter {
        let version: BountyVersion
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Waiters {
        var byID: [UInt64: Waiter] = [:]
        var nextID: UInt64 = 0
    }

    /// Requests that wait at a time: each of them holds a connection.
    private static let maximumWaiting = 1_000

    private let current = ManagedAtomic(Box(BountySnapshot()))
    private let waiters = Mutex(Waiters())

    package init() {}

    package var snapshot: BountySnapshot { current.load(ordering: .acquiring).snapshot }

    /// One bounty of the current snapshot: it is what most reads want.
    package func entry(_ id: UUID) -> BountyEntry? { current.load(ordering: .acquiring).entry(id) }

    /// For the one writer.
    func publish(_ snapshot: BountySnapshot) {
        current.store(Box(snapshot), ordering: .releasing)
        let satisfied = waiters.withLock { waiters -> [Waiter] in
            guard !waiters.byID.isEmpty else { return [] }
            let satisfied = waiters.byID.filter { snapshot.has($0.value.version) }
            for id in satisfied.keys { waiters.byID.removeValue(forKey: id) }
            return Array(satisfied.values)
        }
        for waiter in satisfied { waiter.continuation.resume() }
    }

    /// Returns once a snapshot with the version, or a later one, is in place.
    /// - Throws: `CancellationError`, and ``TooManyWaiting``.
    func wait(for version: BountyVersion) async throws {
        let id = waiters.withLock { waiters in
            waiters.nextID += 1
            return waiters.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = waiters.withLock { waiters -> Result<Bool, any Error> in
                    // Read under the lock: a snapshot that is published later finds the waiter.
                    if snapshot.has(version) { return .success(true) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard waiters.byID.count < Self.maximumWaiting else { return .failure(TooManyWaiting()) }
                    waiters.byID[id] = Waiter(version: version, continuation: continuation)
                    return .success(false)
                }
                switch outcome {
                case .success(true): continuation.resume()
                case .success(false): break
                case .failure(let error): continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            waiters.withLock { $0.byID.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
        }
    }

    struct TooManyWaiting: Error {}
}

extension BountySnapshot {
    fileprivate func has(_ version: BountyVersion) -> Bool {
        entry(version.bounty).map { $0.version >= version.version } ?? false
    }
}
