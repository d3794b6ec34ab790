import ArgumentParser
import Postgres
import ServiceRuntime

extension MigrateCommand {
    /// What a service is started behind: it must not run on a schema older than it is.
    struct Wait: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Wait until somebody else has applied the migrations.",
            discussion: """
                Exits with 0 once no migration is missing, and with 1 where one still is after the limit. A database that \
                cannot be reached is waited for five minutes and then left to the service, which does without one for a while: \
                deliveries are taken meanwhile.


                """ + settingsHelp)
        static let settings = MigrateCommand.settings

        /// Between two looks at the schema.
        private static let interval = Duration.seconds(1)
        /// For a database that cannot be reached, such as one that is only just made.
        private static let unreachableLimit = Duration.seconds(300)

        @Argument(help: "One service; all without it.") var service: String?
        @Option(help: "Seconds to wait at most.") var limit = 1800
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
        }

        func run(_ settings: Settings) async throws {
            let deadline = ContinuousClock.now + .seconds(limit)
            for database in try databases(service, settings) {
                let isReady = try await Self.wait(for: database, until: deadline)
                print("\(database.service): \(isReady ? "up to date" : "cannot be reached; not waited for any longer")")
            }
        }

        /// False where the database cannot be reached.
        private static func wait(
            for database: ServiceDatabase, until deadline: ContinuousClock.Instant
        ) async throws -> Bool {
            var unreachableSince: ContinuousClock.Instant?
            while true {
                do {
                    let missing = try await database.withMigrator(logger: logger) { try await $0.status() }
                        .filter { !$0.isApplied || $0.isDirty }
                    if missing.isEmpty { return true }
                    guard ContinuousClock.now < deadline else {
                        throw SchemaBehind(service: database.service, missing: missing.map(\.migration.name))
                    }
                    unreachableSince = nil
                } catch let error as PostgresError where error.isUnavailable {
                    let since = unreachableSince ?? ContinuousClock.now
                    unreachableSince = since
                    if ContinuousClock.now - since >= unreachableLimit || ContinuousClock.now >= deadline {
                        return false
                    }
                }
                try await Task.sleep(for: interval)
            }
        }
    }
}

private struct SchemaBehind: Error, CustomStringConvertible {
    let service: String
    let missing: [String]

    var description: String {
        "\(service): not applied in time: \(missing.joined(separator: ", ")); run bursar migrate up, or look at who should"
    }
}
