import ArgumentParser
import HTTP
import Hummingbird
import Logging
import Metrics
import ServiceLifecycle
import ServiceRuntime

/// A command whose flags set configuration keys.
protocol ConfiguredCommand: AsyncParsableCommand {
    /// Every key the command reads; others are refused.
    static var settings: [SettingDescription] { get }
    /// Whether it runs services, and so tells all in its log; other commands speak to the person who ran them.
    static var isProcess: Bool { get }
    var flags: [String] { get }
    func run(_ settings: Settings) async throws
}

extension ConfiguredCommand {
    static var isProcess: Bool { false }

    func run() async throws {
        do {
            let settings = Settings(flags: try Flags(flags, allowing: Self.settings))
            try await run(settings)
        } catch let error as ConfigurationError {
            Self.report("configuration error", error)
            throw ExitCode(ConfigurationError.exitCode)
        } catch let error as ExitCode {
            throw error
        } catch {
            Self.report("stopped", error)
            throw ExitCode.failure
        }
    }

    /// One line, of a process in the form that it logs in, as far as that is known by now.
    private static func report(_ message: Logger.Message, _ error: any Error) {
        guard isProcess else { return Terminal.complain("bursar: \(error)") }
        let format = (try? LoggingConfiguration(Settings()))?.format ?? .auto
        let logger = Logger(label: "bursar") { LineLogHandler(label: $0, level: .info, format: format) }
        logger.critical(message, metadata: ["error": "\(error)"])
    }

    /// The keys as `--help` shows them.
    static var settingsHelp: String {
        let rows = settings.map { setting in
            let standard = setting.defaultText.map { " (default: \($0))" } ?? ""
            return "  \(setting.flag), \(setting.environmentName)\(standard)\n      \(setting.summary)"
        }
        return "Settings, as flags or environment variables:\n\n" + rows.joined(separator: "\n")
    }
}

/// What every process of services has: logging, metrics, the admin port.
struct ProcessFrame {
    static let adminPort = Setting<Int>.port(
        "admin.port", "Port of /livez, /readyz, /metrics and /components.", default: 9090)
    static let settings = [adminPort.description, SharedSettings.host.description] + LoggingConfiguration.settings

    let adminPort: Int
    let host: String
    let logger: Logger
    private let metrics = PrometheusRegistry()

    /// Sets up logging and metrics of the process: once in its life.
    init(_ settings: Settings) throws(ConfigurationError) {
        let logging = try LoggingConfiguration(settings)
        adminPort = try settings.require(Self.adminPort)
        host = try settings.require(SharedSettings.host)
        logging.bootstrap()
        MetricsSystem.bootstrap(metrics)
        logger = Logger(label: "bursar")
    }

    func adminListener(
        health: ProcessHealth, onBound: @escaping @Sendable (HTTPAddress) async -> Void = { _ in }
    ) -> HTTPListener {
        let router = Router.standard(publicURL: "")
        AdminServer(health: health, metrics: metrics).addRoutes(to: router)
        router.refuseOtherMethods()
        return HTTPListener(
            name: Self.adminPort.description.key, host: host, port: adminPort, router: router,
            logger: Logger(label: "admin"), onBound: onBound)
    }

    /// Runs one service alone until it is told to stop.
    func run(_ service: SuiteService) async throws {
        let health = ProcessHealth([service.health])
        logger.info(
            "starting", metadata: ["service": "\(service.health.service)", "version": "\(BuildInformation.version)"])
        try await ServiceProcess([adminListener(health: health)] + service.services, health: health, logger: logger)
            .run()
        logger.info("stopped", metadata: ["service": "\(service.health.service)"])
    }
}

/// The keys without those that are named again, in order.
func unique(_ settings: [SettingDescription]) -> [SettingDescription] {
    var seen: Set<String> = []
    return settings.filter { seen.insert($0.key).inserted }
}
