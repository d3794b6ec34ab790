import Synchronization

/// What C callbacks refer to: a number in place of a pointer, so that one that comes late finds nothing instead of
/// memory that was freed.
final class CallbackTable<Target: Sendable>: Sendable {
    private struct State {
        var targets: [UInt: Target] = [:]
        var last: UInt = 0
    }

    private let state = Mutex(State())

    /// The value to pass as `closure`. Never null.
    func add(_ target: Target) -> UInt {
        state.withLock {
            $0.last += 1
            $0.targets[$0.last] = target
            return $0.last
        }
    }

    func remove(_ handle: UInt) { state.withLock { $0.targets[handle] = nil } }

    subscript(_ closure: UnsafeMutableRawPointer?) -> Target? {
        state.withLock { $0.targets[UInt(bitPattern: closure)] }
    }
}
