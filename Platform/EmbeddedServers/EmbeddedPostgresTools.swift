import FoundationEssentials

/// The programs of one PostgreSQL version.
struct EmbeddedPostgresTools: Sendable {
    let directory: String
    let majorVersion: Int?

    var initdb: String { "\(directory)/initdb" }
    var pgCtl: String { "\(directory)/pg_ctl" }

    /// The newest under `/usr/lib/postgresql/*/bin` (Debian's place), else those in `PATH`. Data that exists can only
    /// be served by the major version that made it.
    static func find(
        forDataOf version: Int? = nil, debianDirectory: String = "/usr/lib/postgresql",
        path: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
    ) throws -> EmbeddedPostgresTools {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: debianDirectory)) ?? []
        let versions = names.compactMap { Int($0) }.sorted(by: >).filter { version == nil || $0 == version }
        let installed = versions.map { Self(directory: "\(debianDirectory)/\($0)/bin", majorVersion: $0) }
        let inPath = path.split(separator: ":").map { Self(directory: String($0), majorVersion: nil) }
        if let tools = (installed + inPath).first(where: \.areComplete) { return tools }
        let package = version.map { "postgresql-\($0)" } ?? "postgresql"
        throw EmbeddedPostgresError(
            "initdb, pg_ctl and postgres were found neither under \(debianDirectory) nor in PATH: install \(package)"
                + " (apt-get install \(package)), or set DATABASE_URL to use a server of your own")
    }

    private var areComplete: Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: "\(directory)/\($0)")
        }
    }
}
