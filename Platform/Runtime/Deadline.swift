/// Runs the operation and cancels it when the time is over.
///
/// - Throws: ``DeadlineExceeded`` where time ran out, else what the operation throws. Returns only after the operation has
///   ended, so it must react to cancellation.
package func withDeadline<Value: Sendable>(
    _ limit: Duration, isolation: isolated (any Actor)? = #isolation,
    _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw DeadlineExceeded(limit: limit) }
        return value
    }
}

package struct DeadlineExceeded: Error, Equatable, CustomStringConvertible {
    package let limit: Duration

    package init(limit: Duration) { self.limit = limit }

    package var description: String { "took longer than \(limit)" }
}
