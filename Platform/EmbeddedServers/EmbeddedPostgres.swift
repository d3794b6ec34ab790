import FoundationEssentials
import Glibc
package import Logging

/// A private PostgreSQL server, for development and for tests.
///
/// Listens on 127.0.0.1 only, asks for a password, survives the death of this process, and is taken over by the next
/// that starts it from the same directory.
package struct EmbeddedPostgres: Sendable {
    package struct Options: Sendable {
        /// False gives up what an acknowledged commit promises when the machine crashes: for tests only.
        package var isDurable = true
        package var maximumConnections = 200
        /// For making the data, and again for starting, which may have to recover after a crash.
        package var startLimit = Duration.seconds(60)
        /// For a fast shutdown; then sessions are cut off without a checkpoint.
        package var stopLimit = Duration.seconds(20)

        package init() {}
    }

    package let directory: String
    package let options: Options
    private let logger: Logger

    /// Starting is tried again with another port where somebody takes the free port first.
    private static let maximumPortAttempts = 5
    /// How often files are looked at while waiting for another process.
    private static let pollInterval = Duration.milliseconds(20)

    /// The directory is made if it does not exist.
    package init(directory: String, options: Options = Options(), logger: Logger) {
        self.directory = directory
        self.options = options
        self.logger = logger
    }

    /// Starts the server, or takes over one that runs from this directory. Throws ``EmbeddedPostgresError``.
    package func start() async throws -> RunningPostgres {
        let directory = try makeDirectory()
        let lock = try await FileLock(path: "\(directory)/lock", waitingAtMost: options.startLimit)
        defer { lock.release() }
        let user = try SystemUser.forPostgres()
        let home = try await EmbeddedPostgresHome(in: directory, user: user)
        let tools = try EmbeddedPostgresTools.find(forDataOf: home.dataVersion)
        let runner = CommandRunner(user: user)
        let password = try await makeData(home, tools, runner)
        if let running = try await runningServer(home) {
            logger.info("took over the private PostgreSQL", metadata: ["port": "\(running.port)"])
            return RunningPostgres(port: running.port, password: password, process: running.process, wasRunning: true)
        }
        return try await launch(home, tools, runner, password: password)
    }

    /// Stops the server that runs from this directory, if one does: in order at first, by force after `stopLimit`.
    package func stop() async throws {
        guard FileManager.default.fileExists(atPath: directory) else { return }
        let directory = try makeDirectory()
        let lock = try await FileLock(path: "\(directory)/lock", waitingAtMost: options.startLimit)
        defer { lock.release() }
        let home = try await EmbeddedPostgresHome(in: directory, user: SystemUser.forPostgres())
        guard let process = PostmasterFile(home)?.process else { return }
        // Fast shutdown, immediate shutdown, and what no process withstands.
        for (signal, limit) in [(SIGINT, options.stopLimit), (SIGQUIT, .seconds(5)), (SIGKILL, .seconds(5))] {
            process.send(signal)
            if await process.waitUntilGone(within: limit) { return }
            logger.warning("the private PostgreSQL did not stop in time", metadata: ["signal": "\(signal)"])
        }
        throw EmbeddedPostgresError("the PostgreSQL process \(process.id) cannot be stopped")
    }

    private func makeDirectory() throws -> String {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw EmbeddedPostgresError("the folder \(directory) cannot be made: \(error)")
        }
        guard let path = EmbeddedPostgresHome.realPath(directory) else {
            throw EmbeddedPostgresError("the folder \(directory) cannot be read")
        }
        return path
    }

    /// Makes the data directory where there is none, and returns the superuser's password.
    private func makeData(
        _ home: EmbeddedPostgresHome, _ tools: EmbeddedPostgresTools, _ runner: CommandRunner
    ) async throws -> String {
        if home.hasData {
            guard let password = home.readText("password"), !password.isEmpty else {
                throw EmbeddedPostgresError("\(home.path) holds data, but the file password is missing or empty")
            }
            return password
        }
        let password = home.readText("password") ?? Self.randomPassword()
        try home.writeText(password, to: "password")
        // A folder of its own for each try: an initdb whose starter was killed may still write to its folder.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? [] where name.hasPrefix("new-")
        {
            try? FileManager.default.removeItem(atPath: "\(home.path)/\(name)")
        }
        let name = "new-\(UInt32.random(in: .min ... .max))"
        try home.writeText(password, to: "\(name).password", shared: true)
        defer { unlink("\(home.path)/\(name).password") }
        var arguments = [
            "--pgdata=\(home.path)/\(name)", "--username=postgres", "--pwfile=\(home.path)/\(name).password",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
        ]
        if !options.isDurable { arguments.append("--no-sync") }
        let outcome = try await runner.run(tools.initdb, arguments, limit: options.startLimit)
        guard outcome.isSuccess else { throw EmbeddedPostgresError("initdb failed:\n\(outcome.output)") }
        guard rename("\(home.path)/\(name)", home.data) == 0 else {
            throw EmbeddedPostgresError("\(home.data) cannot be made: \(String(cString: strerror(errno)))")
        }
        return password
    }

    /// 192 bits, in characters that need no quoting anywhere.
    private static func randomPassword() -> String {
        (0..<3).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    private func launch(
        _ home: EmbeddedPostgresHome, _ tools: EmbeddedPostgresTools, _ runner: CommandRunner, password: String
    ) async throws -> RunningPostgres {
        PostmasterFile.removeStale(home)
        var port = home.readText("port").flatMap { UInt16($0) }
        for _ in 0..<Self.maximumPortAttempts {
            let candidate = try PostgresPort.free(preferred: port)
            let seconds = Int(options.startLimit.components.seconds)
            let arguments = [
                "start", "-w", "-s", "-t", "\(seconds)", "-D", home.data, "-l", home.log, "-o",
                serverOptions(port: candidate),
            ]
            let outcome = try await runner.run(tools.pgCtl, arguments, limit: options.startLimit + .seconds(5))
            if outcome.isSuccess, let file = PostmasterFile(home), let process = file.process {
                try home.writeText("\(candidate)", to: "port")
                logger.info("started a private PostgreSQL", metadata: ["port": "\(candidate)"])
                return RunningPostgres(port: candidate, password: password, process: process, wasRunning: false)
            }
            guard !PostgresPort.isFree(candidate) else { break }
            port = nil
        }
        throw EmbeddedPostgresError("PostgreSQL did not start; the end of \(home.log):\n\(home.logTail)")
    }

    /// A shell reads these: nothing in them needs quoting.
    private func serverOptions(port: UInt16) -> String {
        var settings = [
            "port=\(port)", "listen_addresses=127.0.0.1", "unix_socket_directories=",
            "max_connections=\(options.maximumConnections)",
            "log_timezone=UTC", "logging_collector=off",
        ]
        if !options.isDurable { settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] }
        return settings.map { "-c \($0)" }.joined(separator: " ")
    }

    /// The server that runs from this home, once it accepts connections. One that is stopping is waited for, and is
    /// none.
    private func runningServer(_ home: EmbeddedPostgresHome) async throws -> (port: UInt16, process: ServerProcess)? {
        let deadline = ContinuousClock.now + options.startLimit
        while let file = PostmasterFile(home), let process = file.process {
            if file.isReady, let port = file.port { return (port, process) }
            guard ContinuousClock.now < deadline else {
                throw EmbeddedPostgresError(
                    "the PostgreSQL process \(process.id) neither gets ready nor ends:\n\(home.logTail)"
                )
            }
            try await Task.sleep(for: Self.pollInterval)
        }
        return nil
    }
}

/// A private server that accepts connections.
package struct RunningPostgres: Sendable {
    package let port: UInt16
    let password: String
    /// The postmaster.
    package let process: ServerProcess
    /// It was there before it was asked for.
    package let wasRunning: Bool

    /// For the superuser, with the password in it.
    package var adminURL: String { "postgres://postgres:\(password)@127.0.0.1:\(port)/postgres" }
}
