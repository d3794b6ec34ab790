import ArgumentParser
import Logging
import Postgres
import ServiceRuntime

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Look at and change the schemas of the services' databases.",
        discussion: """
            Each service has a database of its own, and its migrations in migrations/<service>. In the folder where \
            bursar up runs, the databases are known; elsewhere name them: BOUNTY_DATABASE_URL.
            """,
        subcommands: [Status.self, Up.self, Wait.self, Down.self, Force.self])

    static let settings = unique(
        ServiceDatabase.settings + [Local.dataDirectory.description] + LoggingConfiguration.settings)

    /// The databases that a command is about: of one service, or of all.
    static func databases(_ service: String?, _ settings: Settings) throws -> [ServiceDatabase] {
        try LoggingConfiguration(settings.adding(made: ["log.level": Logger.Level.warning.rawValue])).bootstrap()
        let local = try Local(settings)
        return try (service.map { [$0] } ?? ServiceDatabase.services).map {
            try ServiceDatabase(of: $0, local.settings)
        }
    }

    static let logger = Logger(label: "migrate")

    struct Status: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which migrations each database has.", discussion: settingsHelp)
        static let settings = MigrateCommand.settings

        @Argument(help: "One service; all without it.") var service: String?
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            for database in try databases(service, settings) {
                print(database.service)
                for status in try await database.withMigrator(logger: logger, { try await $0.status() }) {
                    let state = status.isDirty ? "dirty  " : status.isApplied ? "applied" : "missing"
                    print("  \(state)  \(status.migration.name)")
                }
            }
        }
    }

    struct Up: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply the migrations that are missing.", discussion: settingsHelp)
        static let settings = MigrateCommand.settings

        @Argument(help: "One service; all without it.") var service: String?
        @Option(help: "The last version to apply. (default: the newest)") var to: Int64?
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws {
            guard to == nil || service != nil else {
                throw ValidationError("--to needs a service: versions are its own")
            }
        }

        func run(_ settings: Settings) async throws {
            for database in try databases(service, settings) {
                let applied = try await database.withMigrator(logger: logger, report: report) {
                    try await $0.up(to: to)
                }
                if applied.isEmpty { print("\(database.service): nothing to apply") }
            }
        }
    }

    struct Down: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Undo the newest migrations of one database, with the data they hold.", discussion: settingsHelp)
        static let settings = MigrateCommand.settings

        @Argument(help: "The service.") var service: String
        @Option(help: "How many to undo.") var steps = 1
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws {
            guard steps > 0 else { throw ValidationError("--steps must be at least 1") }
        }

        func run(_ settings: Settings) async throws {
            for database in try databases(service, settings) {
                let undone = try await database.withMigrator(logger: logger, report: report) {
                    try await $0.down(steps: steps)
                }
                if undone.isEmpty { print("\(database.service): nothing to undo") }
            }
        }
    }

    struct Force: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the version of one database after its schema was repaired by hand; runs nothing.",
            discussion: settingsHelp)
        static let settings = MigrateCommand.settings

        @Argument(help: "The service.") var service: String
        @Argument(help: "The version its schema is at; 0 for before the first.") var version: Int64
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws {
            guard version >= 0 else { throw ValidationError("the version must be at least 0") }
        }

        func run(_ settings: Settings) async throws {
            for database in try databases(service, settings) {
                try await database.withMigrator(logger: logger) { try await $0.force(version == 0 ? nil : version) }
                print("\(database.service): at version \(version)")
            }
        }
    }

    @Sendable private static func report(_ progress: Migrator.Progress) {
        guard case .finished(let migration, let direction, let duration) = progress else { return }
        let what = direction == .up ? "applied" : "undone "
        print("\(what)  \(migration.name)  (\(Int64(duration / .milliseconds(1))) ms)")
    }
}
