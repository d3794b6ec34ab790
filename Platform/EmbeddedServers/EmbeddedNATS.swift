import FoundationEssentials
import Glibc
package import Logging

/// A private nats-server with JetStream, for `bursar up` and the tests.
///
/// It is no child of this process: it goes on when we are killed, and the next start takes it over. It listens on
/// 127.0.0.1 only, on a port that is kept as long as it is free.
package struct EmbeddedNATS: Sendable {
    /// The port lies outside Linux's range of ephemeral ports, so that no outgoing connection takes it while the server
    /// is down.
    static let ports = 20_000...31_999
    /// From start to JetStream's readiness; a large store takes a while to be read.
    static let startTimeout: Duration = .seconds(30)
    /// A server that ignores SIGTERM for so long is killed.
    static let stopTimeout: Duration = .seconds(10)
    /// A server that was killed shows as gone a moment before its sockets are.
    private static let portPatience: Duration = .seconds(1)
    /// Somebody else may take the port between our look and the server's.
    private static let maximumAttempts = 3
    /// Headers and payload of one message, in bytes: a webhook body is up to 25 MB.
    package static let maximumPayload = 32 << 20
    /// Bytes that the server holds for one slow client before it cuts it off: several large messages.
    private static let maximumPending = 256 << 20

    /// Absolute. Holds configuration, port, process id, log and store.
    package let directory: String
    package let toolsDirectory: String?
    /// Blocks of nats-server's configuration: users, passwords, permissions. Empty means anyone on this machine.
    package let authorization: String
    /// Whether every message is on disk before it is acknowledged.
    package let syncsAlways: Bool
    private let logger: Logger

    package init(
        directory: String, toolsDirectory: String?, authorization: String = "", syncsAlways: Bool = true,
        logger: Logger
    ) {
        self.directory = directory.absolutePath
        self.toolsDirectory = toolsDirectory
        self.authorization = authorization
        self.syncsAlways = syncsAlways
        self.logger = logger
    }

    var configurationPath: String { directory + "/nats-server.conf" }
    var logPath: String { directory + "/nats-server.log" }
    private var portPath: String { directory + "/port" }
    private var processIDPath: String { directory + "/nats-server.pid" }

    /// Starts the server, or takes over the one that runs for this directory; with another configuration than it should
    /// have, it is restarted. Returns once JetStream is ready.
    package func start() async throws -> RunningNATS {
        let binary = try await NATSServerBinary(toolsDirectory: toolsDirectory)
        if let warning = binary.version.warning { logger.warning("\(warning)") }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let running = await takeOver(binary.version) { return running }
        for attempt in 1... {
            var port: Int?
            if let kept = keptPort, await LoopbackPort.waitUntilFree(kept, within: Self.portPatience) { port = kept }
            guard let port = port ?? LoopbackPort.findFree(in: Self.ports) else { throw EmbeddedNATSError.noFreePort }
            do {
                return try await launch(binary, port: port)
            } catch EmbeddedNATSError.didNotStart where attempt < Self.maximumAttempts && !LoopbackPort.isFree(port) {
                logger.info("port \(port) was taken meanwhile")
            }
        }
        throw EmbeddedNATSError.noFreePort
    }

    /// Ends the server of this directory, if one runs: SIGTERM, and SIGKILL where that does not help.
    package func stop() async {
        if let process = runningProcess() { await RunningNATS.stop(process) }
    }

    /// The server of this directory, if one runs.
    package func runningProcess() -> ServerProcess? {
        guard let text = read(processIDPath), let id = pid_t(text.filter(\.isNumber)),
            let process = ServerProcess(id: id),
            process.arguments.contains(configurationPath)
        else { return nil }
        return process
    }

    private var keptPort: Int? { read(portPath).flatMap { Int($0) }.flatMap { Self.ports.contains($0) ? $0 : nil } }

    private func takeOver(_ version: NATSServerVersion) async -> RunningNATS? {
        guard let process = runningProcess() else { return nil }
        if let port = keptPort, read(configurationPath) == configuration(port: port),
            await LoopbackPort.waitForJetStream(port: port, serverName: serverName, within: Self.startTimeout)
        {
            return RunningNATS(port: port, process: process, wasRunning: true, version: version)
        }
        logger.info("restarting nats-server: its configuration changed, or it does not answer")
        await RunningNATS.stop(process)
        return nil
    }

    private func launch(_ binary: NATSServerBinary, port: Int) async throws -> RunningNATS {
        try write(configuration(port: port), to: configurationPath)
        try write("\(port)", to: portPath)
        try? FileManager.default.removeItem(atPath: processIDPath)
        try? FileManager.default.removeItem(atPath: logPath)
        try await binary.check(configuration: configurationPath)
        try await binary.launchDetached(configuration: configurationPath)
        let isReady = await LoopbackPort.waitForJetStream(
            port: port, serverName: serverName, within: Self.startTimeout,
            giveUpWhen: { read(logPath)?.contains("[FTL]") == true })
        guard isReady, let process = runningProcess() else {
            if let process = runningProcess() { await RunningNATS.stop(process) }
            throw EmbeddedNATSError.didNotStart(log: tail(of: read(logPath) ?? ""))
        }
        return RunningNATS(port: port, process: process, wasRunning: false, version: binary.version)
    }

    /// Tells our server from another one that has the port: FNV-1a of the directory.
    private var serverName: String {
        let hash = directory.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "bursar-\(String(hash, radix: 16))"
    }

    private func configuration(port: Int) -> String {
        """
        # Written at every start: changes made here are lost.
        server_name: \(quoted(serverName))
        listen: "127.0.0.1:\(port)"
        pid_file: \(quoted(processIDPath))
        log_file: \(quoted(logPath))
        max_payload: \(Self.maximumPayload)
        max_pending: \(Self.maximumPending)
        jetstream {
            store_dir: \(quoted(directory + "/store"))
            \(syncsAlways ? "sync_interval: always" : "")
        }
        \(authorization)

        """
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private func read(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// Readable by us alone: the configuration has passwords.
    private func write(_ text: String, to path: String) throws {
        let new = path + ".new"
        try? FileManager.default.removeItem(atPath: new)
        guard
            FileManager.default.createFile(
                atPath: new, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]),
            rename(new, path) == 0
        else { throw EmbeddedNATSError.cannotWrite(path: path) }
    }

    private func tail(of log: String) -> String {
        log.split(separator: "\n").suffix(20).joined(separator: "\n")
    }
}

/// A server that was started or taken over.
package struct RunningNATS: Sendable {
    package let port: Int
    package let process: ServerProcess
    /// It ran already, and kept running.
    package let wasRunning: Bool
    package let version: NATSServerVersion

    /// Without credentials.
    package var url: String { "nats://127.0.0.1:\(port)" }

    /// Ends the server: SIGTERM, and SIGKILL where that does not help.
    package func stop() async { await Self.stop(process) }

    static func stop(_ process: ServerProcess) async {
        process.send(SIGTERM)
        if await process.waitUntilGone(within: EmbeddedNATS.stopTimeout) { return }
        process.send(SIGKILL)
        _ = await process.waitUntilGone(within: EmbeddedNATS.stopTimeout)
    }
}

package enum EmbeddedNATSError: Error, Equatable, CustomStringConvertible {
    case notInstalled(looked: [String])
    case tooOld(NATSServerVersion)
    case unknownVersion(path: String)
    /// The server's own words.
    case wrongConfiguration(String)
    case cannotLaunch(String)
    case noFreePort
    case cannotWrite(path: String)
    /// With the end of its log.
    case didNotStart(log: String)

    package var description: String {
        switch self {
        case .notInstalled(let looked): "no nats-server in \(looked.joined(separator: ", ")); ./scripts/up installs it"
        case .tooOld(let version): "nats-server \(version) is too old: \(NATSServerVersion.minimum) or later is needed"
        case .unknownVersion(let path): "\(path) --version did not name a version of nats-server"
        case .wrongConfiguration(let text): "nats-server refuses its configuration: \(text)"
        case .cannotLaunch(let reason): "nats-server cannot be started: \(reason)"
        case .noFreePort: "no free port from \(EmbeddedNATS.ports.lowerBound) to \(EmbeddedNATS.ports.upperBound)"
        case .cannotWrite(let path): "cannot write \(path)"
        case .didNotStart(let log): "nats-server did not get ready; the end of its log:\n\(log)"
        }
    }
}
