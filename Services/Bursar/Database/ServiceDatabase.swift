import Events
import Logging
import Postgres
import ServiceRuntime

/// The database of one service, and the migrations that belong to it.
struct ServiceDatabase {
    static let migrationsDirectory = Setting<String>.text(
        "migrations.directory", "Folder of the migrations, with one folder for each service.", default: "migrations")
    /// The services that have a database.
    static let services = [ServiceName.bounty, ServiceName.identity]
    static let settings =
        [migrationsDirectory.description, SharedSettings.databaseURL.description]
        + services.map { SharedSettings.databaseURL(of: $0).description }
    /// For one to answer that may just be starting.
    static let waitLimit = Duration.seconds(30)

    let service: String
    private let configuration: PostgresConfiguration
    private let migrations: [Migration]

    /// - Throws: ``ConfigurationError``, for a service of no such name too.
    init(of service: String, _ settings: Settings) throws {
        guard Self.services.contains(service) else {
            throw ConfigurationError(
                name: service,
                problem: .unusable("has no database; those that have: \(Self.services.joined(separator: ", "))"))
        }
        self.service = service
        configuration = try PostgresConfiguration(settings, service: service)
        let directory = try settings.require(Self.migrationsDirectory)
        do {
            migrations = try Migration.read(directory: "\(directory)/\(service)")
        } catch {
            throw ConfigurationError(Self.migrationsDirectory.description, problem: .unusable("\(error)"))
        }
    }

    /// Runs the body with a migrator, whose connection ends afterwards.
    func withMigrator<Result: Sendable>(
        logger: Logger, report: @escaping @Sendable (Migrator.Progress) -> Void = { _ in },
        _ body: (Migrator) async throws -> Result
    ) async throws -> Result {
        var configuration = configuration
        configuration.connections = 1
        configuration.waitTimeout = Self.waitLimit
        let client = PostgresClient(configuration, logger: logger)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(Migrator(client: client, migrations: migrations, report: report)))
        } catch {
            outcome = .failure(error)
        }
        await client.close()
        return try outcome.get()
    }
}
