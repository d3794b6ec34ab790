package import Logging

extension NATSClient {
    /// Runs the body with a client that is connected, and stopped afterwards, whether the body returns or throws.
    package static func withConnection<Result: Sendable>(
        _ configuration: NATSConfiguration, timeout: Duration = .seconds(10), logger: Logger,
        _ body: (NATSClient) async throws -> Result
    ) async throws -> Result {
        let client = NATSClient(configuration: configuration, logger: logger)
        let run = Task { try await client.run() }
        let outcome: Swift.Result<Result, any Error>
        do {
            try await client.waitUntilConnected(timeout: timeout)
            outcome = .success(try await body(client))
        } catch {
            outcome = .failure(error)
        }
        run.cancel()
        _ = await run.result
        return try outcome.get()
    }
}
