import Foundation
import Postgres
import TestSupport
import Testing

extension RunningSuite {
    /// The bounty service's database, as its role.
    func withBountyDatabase<Result: Sendable>(
        _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        let settings = try #require(directory.json("running.json")["settings"] as? [String: String])
        var configuration = PostgresConfiguration(
            url: try PostgresURL(try #require(settings["bounty.database.url"])), applicationName: "test")
        configuration.connections = 1
        let database = PostgresClient(configuration, logger: TestPostgres.quiet)
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(database)) } catch { outcome = .failure(error) }
        await database.close()
        return try outcome.get()
    }
}
