import Synchronization

/// Waits for what happens elsewhere and tells nobody. Fails after a limit that only a broken test reaches.
package func poll(
    within limit: Duration = .seconds(30), file: String = #fileID, line: Int = #line,
    until condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw GaveUpWaiting(place: "\(file):\(line)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

private struct GaveUpWaiting: Error, CustomStringConvertible {
    let place: String
    var description: String { "gave up waiting at \(place)" }
}

/// Something that happens once, seen from any task or thread.
package final class Flag: Sendable {
    private let state = Atomic(false)
    package init() {}
    package var isSet: Bool { state.load(ordering: .acquiring) }
    package func set() { state.store(true, ordering: .releasing) }
}
