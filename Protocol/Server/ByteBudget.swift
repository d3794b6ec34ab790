import Synchronization

/// Bytes that many connections share.
final class ByteBudget: Sendable {
    private let left: Mutex<Int>

    init(_ bytes: Int) { left = Mutex(bytes) }

    /// - Returns: Nil where there is not enough left.
    func lease(_ bytes: Int) -> Lease? {
        let isTaken = left.withLock { left in
            guard left >= bytes else { return false }
            left -= bytes
            return true
        }
        return isTaken ? Lease(bytes, of: self) : nil
    }

    /// Bytes that are taken until this is forgotten.
    final class Lease: Sendable {
        private let bytes: Int
        private let budget: ByteBudget

        fileprivate init(_ bytes: Int, of budget: ByteBudget) {
            self.bytes = bytes
            self.budget = budget
        }

        deinit { budget.left.withLock { $0 += bytes } }
    }
}
