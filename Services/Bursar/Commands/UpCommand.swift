import ArgumentParser
import BountyService
import CalculatorService
import Events
import GatewayService
import GitHubSandbox
import HTTP
import IdentityService
import Logging
import ServiceLifecycle
import ServiceRuntime
import UnixSignals

struct UpCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Run the whole suite in this terminal, with a PostgreSQL and a nats-server of its own.",
        discussion: """
            Keeps everything under .bursar, and finds it there the next time. Where DATABASE_URL is set, that PostgreSQL is \
            used, with a database for each service made in it; where NATS_URL is set, that broker. Stops on Ctrl-C.

            """ + settingsHelp)
    static let settings = unique(
        ProcessFrame.settings + GatewayConfiguration.settings + CalculatorConfiguration.settings
            + BountyConfiguration.settings + IdentityConfiguration.settings + LocalSuite.settings)
    static let isProcess = true

    @Flag(help: "Run a stand-in for GitHub too, in which anybody can sign in as anybody.") var withGithubSandbox = false
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        var settings = try Self.withDefaults(settings)
        if withGithubSandbox { settings = try LocalSandbox.adding(to: settings) }
        try Self.check(settings)
        let frame = try ProcessFrame(settings)
        for port in [
            GatewayConfiguration.port, BountyConfiguration.port, CalculatorConfiguration.port, ProcessFrame.adminPort,
        ] + (withGithubSandbox ? [LocalSandbox.port] : []) {
            try await ListenError.check(
                name: port.description.key, host: frame.host, port: try settings.require(port))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: try LocalSuite(settings, frame: frame, hasSandbox: withGithubSandbox),
                        successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint, .sighup], logger: frame.logger))
        try await group.run()
    }

    /// What `up` knows better than the defaults of single services.
    private static func withDefaults(_ settings: Settings) throws(ConfigurationError) -> Settings {
        // What happens is shown on the terminal; the log is for what should not.
        var made = ["log.level": Logger.Level.notice.rawValue]
        let address = HTTPAddress(
            host: try settings.require(SharedSettings.host), port: try settings.require(GatewayConfiguration.port))
        if address.port != 0 { made[SharedSettings.publicURL.description.key] = address.url }
        return settings.adding(made: made)
    }

    /// Finds what is wrong with the configuration before anything is started. What `up` makes itself is filled in.
    private static func check(_ settings: Settings) throws {
        let complete = settings.adding(made: [
            SharedSettings.natsURL.description.key: "nats://127.0.0.1",
            SharedSettings.databaseURL.description.key: "postgres://127.0.0.1",
            BountyConfiguration.webhookSecrets.description.key: "made",
            BountyConfiguration.linkSecrets.description.key: String(repeating: "0", count: 64),
            BountyConfiguration.payoutKeys.description.key: String(repeating: "0", count: 64),
            IdentityConfiguration.sessionKeys.description.key: String(repeating: "0", count: 64),
        ])
        _ = try GatewayConfiguration(complete)
        _ = try CalculatorConfiguration(complete)
        _ = try BountyConfiguration(complete)
        _ = try IdentityConfiguration(complete)
        for service in ServiceDatabase.services { _ = try ServiceDatabase(of: service, complete) }
    }
}
