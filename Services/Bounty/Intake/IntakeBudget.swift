import Synchronization

/// Bounds the memory of bodies from their first byte until they are stored: they are buffered before anything about their
/// sender is known.
final class IntakeBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    init(bytes limit: Int) { self.limit = limit }

    var bytesInUse: Int { used.withLock { $0 } }

    /// Lends a share that grows as a body arrives, and takes it back when the operation ends.
    func withShare<Value>(_ operation: (Share) async throws -> Value) async rethrows -> Value {
        let share = Share(of: self)
        defer { release(share.bytes) }
        return try await operation(share)
    }

    final class Share: Sendable {
        private let budget: IntakeBudget
        private let reserved = Mutex(0)

        fileprivate init(of budget: IntakeBudget) { self.budget = budget }

        fileprivate var bytes: Int { reserved.withLock { $0 } }

        /// False where the bytes do not fit now.
        func reserve(_ bytes: Int) -> Bool {
            guard budget.reserve(bytes) else { return false }
            reserved.withLock { $0 += bytes }
            return true
        }
    }

    private func reserve(_ bytes: Int) -> Bool {
        used.withLock { used in
            guard used + bytes <= limit else { return false }
            used += bytes
            return true
        }
    }

    private func release(_ bytes: Int) { used.withLock { $0 -= bytes } }
}
