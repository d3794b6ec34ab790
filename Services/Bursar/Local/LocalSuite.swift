import BountyService
import CalculatorService
import EmbeddedServers
import Events
import GatewayService
import HTTP
import IdentityService
import JetStream
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime
import Suite

/// Everything that `bursar up` runs, as one service: each part starts after what it needs, and stops before it.
struct LocalSuite: Service {
    static let toolsDirectory = Setting<String>.text(
        "tools.directory", "Folder of the nats-server that scripts/install puts there.", default: ".bursar/tools")
    static let settings =
        [Local.dataDirectory.description, toolsDirectory.description, LocalSandbox.port.description]
        + JobStorage.settings + ServiceDatabase.settings

    private let settings: Settings
    private let frame: ProcessFrame
    private let dataDirectory: String
    private let toolsDirectory: String
    private let terminal = Terminal()
    private let start = ContinuousClock.now
    private let hasSandbox: Bool

    init(_ settings: Settings, frame: ProcessFrame, hasSandbox: Bool) throws(ConfigurationError) {
        self.hasSandbox = hasSandbox
        self.settings = settings
        self.frame = frame
        dataDirectory = try settings.require(Local.dataDirectory)
        toolsDirectory = try settings.require(Self.toolsDirectory)
    }

    func run() async throws {
        do {
            let directory = try DataDirectory(creating: dataDirectory)
            terminal.say("Bursar \(BuildInformation.version), with its data in \(directory.path)")
            let lock: FileLock
            do {
                lock = try await FileLock(path: directory.file("lock"))
            } catch FileLockError.held {
                throw AlreadyRunning(directory: directory.path)
            }
            defer { lock.release() }
            try await run(in: directory)
        } catch  where Task.isShuttingDownGracefully {
            // Told to stop while starting: what was started is stopped, and what was cut short is no failure.
            frame.logger.info("stopped while starting", metadata: ["error": "\(error)"])
        }
        terminal.say("Stopped.")
    }

    private func run(in directory: DataDirectory) async throws {
        var secrets = try LocalSecrets(in: directory)
        var made: [String: String] = [:]
        let needed = [
            (BountyConfiguration.webhookSecrets.description, settings.isGiven(BountyConfiguration.webhookSecrets)),
            (BountyConfiguration.linkSecrets.description, settings.isGiven(BountyConfiguration.linkSecrets)),
            (BountyConfiguration.payoutKeys.description, settings.isGiven(BountyConfiguration.payoutKeys)),
            (IdentityConfiguration.sessionKeys.description, settings.isGiven(IdentityConfiguration.sessionKeys)),
        ]
        for (description, isGiven) in needed where !isGiven {
            made[description.key] = try secrets.value(description.key)
        }
        let databasePasswords = try passwords("database", of: ServiceDatabase.services, &secrets)
        let brokerPasswords = try passwords("nats", of: Topology.users, &secrets)

        try await withDatabases(in: directory, passwords: databasePasswords) { databaseSettings in
            try await migrate(settings.adding(made: databaseSettings))
            try await withBroker(in: directory, passwords: brokerPasswords) { brokerSettings in
                let made = made.merging(databaseSettings) { $1 }.merging(brokerSettings) { $1 }
                let sandbox = hasSandbox ? try LocalSandbox(settings, in: directory) : nil
                let complete = settings.adding(made: made).adding(made: sandbox?.settings ?? [:])
                try await provisionStreams(complete)
                try await runServices(complete, in: directory, sandbox: sandbox)
            }
        }
    }

    private func passwords(
        _ kind: String, of names: [String], _ secrets: inout LocalSecrets
    ) throws -> [String: String] {
        var passwords: [String: String] = [:]
        for name in names { passwords[name] = try secrets.value("\(name).\(kind).password") }
        return passwords
    }

    /// Something that takes a while: given up when the process is told to stop.
    private func interruptible<Result: Sendable>(
        _ step: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let result = try await cancelWhenGracefulShutdown { try await step() }
        guard !Task.isShuttingDownGracefully else { throw CancellationError() }
        return result
    }
}

extension LocalSuite {
    /// Runs the body, and then the stop, whether the body returns, throws or is cancelled.
    private func stopping(
        _ label: String, _ stop: @escaping @Sendable () async throws -> Void, after body: () async throws -> Void
    ) async throws {
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        let start = ContinuousClock.now
        // In a task of its own, which nobody cancels.
        let stopped = await Task { try await stop() }.result
        if case .success = stopped { terminal.part(label, "stopped", since: start) }
        try outcome.get()
        try stopped.get()
    }
}

struct AlreadyRunning: Error, CustomStringConvertible {
    let directory: String

    var description: String {
        "another bursar up runs with \(directory); stop it, or choose another data.directory (DATA_DIRECTORY)"
    }
}

// MARK: - PostgreSQL

extension LocalSuite {
    /// Runs the body with the settings that name a database for each service.
    private func withDatabases(
        in directory: DataDirectory, passwords: [String: String], _ body: ([String: String]) async throws -> Void
    ) async throws {
        let missing = ServiceDatabase.services.filter { !settings.isGiven(SharedSettings.databaseURL(of: $0)) }
        if missing.isEmpty { return try await body([:]) }
        if let external = try settings.find(SharedSettings.databaseURL) {
            let admin = try PostgresURL(external)
            terminal.part("PostgreSQL", "\(admin), not started here")
            return try await body(try await makeDatabases(for: missing, admin: admin, passwords: passwords))
        }
        let embedded = EmbeddedPostgres(directory: directory.file("postgres"), logger: Logger(label: "postgres"))
        try await stopping("PostgreSQL") {
            try await embedded.stop()
        } after: {
            let started = ContinuousClock.now
            let server = try await interruptible { try await embedded.start() }
            terminal.part(
                "PostgreSQL", "127.0.0.1:\(server.port), \(server.wasRunning ? "was running" : "started")",
                since: started)
            let admin = try PostgresURL(server.adminURL)
            try await body(try await makeDatabases(for: missing, admin: admin, passwords: passwords))
        }
    }

    private func makeDatabases(
        for services: [String], admin: PostgresURL, passwords: [String: String]
    ) async throws -> [String: String] {
        let provisioner = DatabaseProvisioner(admin: admin, logger: frame.logger)
        var settings: [String: String] = [:]
        for service in services {
            let url = try await interruptible {
                try await provisioner.provision(service: service, password: passwords[service] ?? "")
            }
            settings[SharedSettings.databaseURL(of: service).description.key] = url.secretText
        }
        return settings
    }

    private func migrate(_ settings: Settings) async throws {
        for service in ServiceDatabase.services {
            let started = ContinuousClock.now
            let database = try ServiceDatabase(of: service, settings)
            let applied = try await interruptible {
                try await database.withMigrator(logger: frame.logger) { try await $0.up() }
            }
            let what = applied.isEmpty ? "up to date" : "applied \(applied.map(\.name).joined(separator: ", "))"
            terminal.part("migrations", "\(service): \(what)", since: started)
        }
    }
}

// MARK: - NATS

extension LocalSuite {
    /// Runs the body with the settings that name the broker for each of its users.
    private func withBroker(
        in directory: DataDirectory, passwords: [String: String], _ body: ([String: String]) async throws -> Void
    ) async throws {
        if settings.isGiven(SharedSettings.natsURL) {
            let configuration = try NATSConfiguration(settings, service: ServiceName.provision)
            terminal.part("NATS", "\(configuration.servers.joined(separator: ", ")), not started here")
            return try await body([:])
        }
        let users = Topology.users.map {
            NATSUser(name: $0, password: passwords[$0] ?? "", permissions: Topology.permissions(of: $0))
        }
        let embedded = EmbeddedNATS(
            directory: directory.file("nats"), toolsDirectory: toolsDirectory,
            authorization: NATSUser.authorization(users), logger: Logger(label: "nats"))
        try await stopping("NATS") {
            await embedded.stop()
        } after: {
            let started = ContinuousClock.now
            let server = try await interruptible { try await embedded.start() }
            terminal.part(
                "NATS",
                "127.0.0.1:\(server.port), nats-server \(server.version), \(server.wasRunning ? "was running" : "started")",
                since: started)
            var settings: [String: String] = [:]
            for user in users {
                settings[SharedSettings.natsURL(of: user.name).description.key] =
                    "nats://\(user.name):\(user.password)@127.0.0.1:\(server.port)"
            }
            try await body(settings)
        }
    }

    private func provisionStreams(_ settings: Settings) async throws {
        let started = ContinuousClock.now
        let configuration = try NATSConfiguration(settings, service: ServiceName.provision)
        let streams = Topology.streams(replicas: 1, jobs: try JobStorage(settings))
        let steps = try await interruptible {
            try await NATSClient.withConnection(configuration, logger: frame.logger) {
                try await $0.provision(streams)
            }
        }
        let changed = steps.filter { $0.action != .unchanged && $0.consumer == nil }.map(\.stream)
        terminal.part(
            "streams", changed.isEmpty ? "up to date" : "made \(changed.joined(separator: ", "))", since: started)
    }
}

// MARK: - The services

extension LocalSuite {
    private func runServices(
        _ settings: Settings, in directory: DataDirectory, sandbox: LocalSandbox?
    ) async throws {
        let (bindings, bound) = AsyncStream.makeStream(of: Binding.self)
        let calculatorAddress = BoundAddress()
        let calculator = try CalculatorServer.service(try CalculatorConfiguration(settings)) { address in
            calculatorAddress.set(address)
            bound.yield(.calculator(address))
        }
        var gatewayConfiguration = try GatewayConfiguration(settings)
        if !settings.isGiven(CalculatorAddress.address) {
            gatewayConfiguration.calculator = try CalculatorAddress(
                calculatorAddress, description: "the one of this process", settings)
        }
        let gateway = try Gateway.service(gatewayConfiguration) { bound.yield(.gateway($0)) }
        let webhookSecret = try settings.require(BountyConfiguration.webhookSecrets)[0]
        let bounty = try Bounties.service(try BountyConfiguration(settings)) { address in
            sandbox?.sendWebhooks(to: address, secret: webhookSecret)
            bound.yield(.bounty(address))
        }
        let identity = try Identities.service(try IdentityConfiguration(settings))
        let github = try sandbox?.services(settings, host: frame.host) ?? []
        let health = ProcessHealth([gateway.health, calculator.health, bounty.health, identity.health])
        let admin = frame.adminListener(health: health) { bound.yield(.admin($0)) }
        let announcement = Announcement(
            bindings: bindings, health: health, settings: settings, directory: directory, terminal: terminal,
            hasSandbox: hasSandbox, start: start)
        try await ServiceProcess(
            [admin] + github + calculator.services + identity.services + bounty.services + gateway.services
                + [announcement],
            health: health, logger: frame.logger
        ).run(signals: [])
        terminal.part("services", "stopped")
    }
}
