import Events
import JetStream
import Logging
import Postgres
import ServiceRuntime

/// The bounty service's database, for the operator's commands.
enum BountyDatabase {
    static let settings = unique([
        SharedSettings.databaseURL.description, SharedSettings.databaseURL(of: ServiceName.bounty).description,
        Local.dataDirectory.description,
    ])

    /// Runs the body with a client, which is closed afterwards.
    static func with<Result: Sendable>(
        _ settings: Settings, _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        var configuration = try PostgresConfiguration(try Local(settings).settings, service: ServiceName.bounty)
        configuration.connections = 1
        configuration.waitTimeout = ServiceDatabase.waitLimit
        let client = PostgresClient(configuration, logger: Logger(label: "bounty") { _ in SwiftLogNoOpLogHandler() })
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        await client.close()
        return try outcome.get()
    }
}

/// The broker as the user that provisions it, for the operator's commands.
enum OperatorBroker {
    static let settings = unique([
        SharedSettings.natsURL.description, SharedSettings.natsURL(of: ServiceName.provision).description,
        Local.dataDirectory.description,
    ])

    static func with<Result: Sendable>(
        _ settings: Settings, _ body: (NATSClient) async throws -> Result
    ) async throws -> Result {
        try await NATSClient.withConnection(
            try NATSConfiguration(try Local(settings).settings, service: ServiceName.provision),
            logger: Logger(label: "operator") { _ in SwiftLogNoOpLogHandler() }, body)
    }
}
