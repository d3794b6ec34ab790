import Synchronization
import Testing

/// Waits for what happens elsewhere and tells nobody. Fails after a limit that only a broken test reaches.
func poll(
    within limit: Duration = .seconds(30), sourceLocation: SourceLocation = #_sourceLocation,
    until condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "gave up waiting", sourceLocation: sourceLocation)
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Something that happens once, seen from any task or thread.
final class Flag: Sendable {
    private let state = Atomic(false)
    var isSet: Bool { state.load(ordering: .acquiring) }
    func set() { state.store(true, ordering: .releasing) }
}
