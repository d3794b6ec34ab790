import Glibc

/// A lock among processes, by `flock`. The kernel lets go of it when the process that holds it ends, however it ends.
package struct FileLock: Sendable {
    private static let pollInterval = Duration.milliseconds(20)

    private let descriptor: Int32

    /// - Parameters:
    ///   - path: Of the file, which is made where it is missing and stays.
    ///   - limit: How long to wait for another process that holds it.
    /// - Throws: ``FileLockError``, or `CancellationError`.
    package init(path: String, waitingAtMost limit: Duration = .zero) async throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileLockError.unusable(path: path, reason: String(cString: strerror(errno)))
        }
        let deadline = ContinuousClock.now + limit
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            do {
                guard ContinuousClock.now < deadline else { throw FileLockError.held(path: path) }
                try await Task.sleep(for: Self.pollInterval)
            } catch {
                close(descriptor)
                throw error
            }
        }
    }

    /// To be called once.
    package func release() { close(descriptor) }
}

package enum FileLockError: Error, Equatable, CustomStringConvertible {
    case held(path: String)
    case unusable(path: String, reason: String)

    package var description: String {
        switch self {
        case .held(let path): "another process holds \(path)"
        case .unusable(let path, let reason): "\(path) cannot be opened: \(reason)"
        }
    }
}
