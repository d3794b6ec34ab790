import Events
import Logging
import Postgres
import ServiceRuntime

/// The identity service's database, for the operator's commands.
enum IdentityDatabase {
    static let settings = unique([
        SharedSettings.databaseURL.description, SharedSettings.databaseURL(of: ServiceName.identity).description,
        Local.dataDirectory.description,
    ])

    /// Runs the body with a client, which is closed afterwards.
    static func with<Result: Sendable>(
        _ settings: Settings, _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        var configuration = try PostgresConfiguration(try Local(settings).settings, service: ServiceName.identity)
        configuration.connections = 1
        configuration.waitTimeout = ServiceDatabase.waitLimit
        let client = PostgresClient(configuration, logger: Logger(label: "identity") { _ in SwiftLogNoOpLogHandler() })
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        await client.close()
        return try outcome.get()
    }
}
