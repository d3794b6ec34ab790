import Synchronization

/// Whether anybody still wants what is being computed.
final class Interest: Sendable {
    enum Loss: Sendable {
        /// The job has ended.
        case ended
        /// This process stops; others go on.
        case stopping
    }

    private let state = Mutex<Loss?>(nil)

    /// Nil while it is wanted.
    var loss: Loss? { state.withLock { $0 } }

    func lose(_ loss: Loss) { state.withLock { $0 = $0 ?? loss } }
}
