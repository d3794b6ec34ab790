import ServiceRuntime

/// For commands that are run beside `bursar up`: its settings stand in where nothing else is configured.
struct Local {
    static let dataDirectory = Setting<String>.text(
        "data.directory", "Folder of the embedded PostgreSQL and NATS, and of the secrets.", default: ".bursar")

    let directory: DataDirectory
    let suite: RunningSuite?
    let settings: Settings

    init(_ settings: Settings) throws {
        directory = DataDirectory(existing: try settings.require(Self.dataDirectory))
        suite = try RunningSuite.read(from: directory)
        self.settings = settings.adding(made: suite?.settings ?? [:])
    }
}
