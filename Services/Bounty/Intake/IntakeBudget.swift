import Synchronization

/// Bounds the memory of bodies that are being received: they are buffered before anything about their sender is known.
final class IntakeBudget: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    init(bytes limit: Int) { self.limit = limit }

    /// False where the bytes do not fit now.
    func reserve(_ bytes: Int) -> Bool {
        used.withLock { used in
            guard used + bytes <= limit else { return false }
            used += bytes
            return true
        }
    }

    func release(_ bytes: Int) { used.withLock { $0 -= bytes } }
}
