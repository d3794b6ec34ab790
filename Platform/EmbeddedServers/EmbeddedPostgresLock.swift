import Glibc

/// Keeps processes that start or stop the same server from doing so at once. Ends with the process that holds it.
struct PostgresDirectoryLock {
    private let descriptor: Int32

    private static let pollInterval = Duration.milliseconds(20)

    init(directory: String, limit: Duration) async throws {
        let path = "\(directory)/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EmbeddedPostgresError("\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        let deadline = ContinuousClock.now + limit
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            do {
                guard ContinuousClock.now < deadline else {
                    throw EmbeddedPostgresError(
                        "another process has been starting or stopping \(directory) for \(limit)")
                }
                try await Task.sleep(for: Self.pollInterval)
            } catch {
                close(descriptor)
                throw error
            }
        }
    }

    func release() { close(descriptor) }
}
