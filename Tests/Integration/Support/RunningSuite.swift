import EmbeddedServers
import Foundation
import Glibc
import Subprocess
import TestSupport
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A `bursar up` that runs while a test looks at it.
struct RunningSuite: Sendable {
    let directory: SuiteDirectory
    let process: ServerProcess
    let gateway: String
    let bounty: String
    let admin: String
    let webhookSecret: String
    /// What the terminal shows.
    var terminal: String { directory.text(of: "terminal.txt") }
    var log: String { directory.text(of: "log.txt") }

    /// Starts it on free ports and waits until it says that it is ready; after the body it is told to stop, if it still runs.
    /// - Returns: What the body returned, and the exit code.
    @discardableResult
    static func with<Result: Sendable>(
        _ directory: SuiteDirectory, arguments: [String] = [], environment: [String: String] = [:],
        gatewayPort: Int = 0,
        _ body: (RunningSuite) async throws -> Result
    ) async throws -> (result: Result, exitCode: Int32) {
        try await launch(directory, arguments: arguments, environment: environment, gatewayPort: gatewayPort) {
            process in
            let suite = try await ready(directory, process)
            return try await body(suite)
        }
    }

    /// Starts it, and hands over the process at once.
    @discardableResult
    static func launch<Result: Sendable>(
        _ directory: SuiteDirectory, arguments: [String] = [], environment: [String: String] = [:],
        gatewayPort: Int = 0,
        _ body: (ServerProcess) async throws -> Result
    ) async throws -> (result: Result, exitCode: Int32) {
        try? FileManager.default.removeItem(atPath: directory.file("running.json"))
        let ports = [
            "--gateway-http-port", String(gatewayPort), "--bounty-http-port", "0", "--calculator-rpc-port", "0",
            "--admin-port", "0",
        ]
        let terminal = try openFile(directory.file("terminal.txt"))
        let log = try openFile(directory.file("log.txt"))
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(30))]
        let result = try await Subprocess.run(
            .path(FilePath(Executable.path)),
            arguments: Arguments(["up", "--data-directory", directory.path] + ports + arguments),
            environment: .custom(Executable.full(environment)),
            workingDirectory: FilePath(Executable.repository.path()), platformOptions: options, input: .none,
            output: .fileDescriptor(terminal, closeAfterSpawningProcess: true),
            error: .fileDescriptor(log, closeAfterSpawningProcess: true)
        ) { execution in
            let process = try #require(ServerProcess(id: execution.processIdentifier.value))
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(process)) } catch { outcome = .failure(error) }
            process.send(SIGTERM)
            return try outcome.get()
        }
        return (result.closureResult, Executable.code(result.terminationStatus))
    }

    private static func openFile(_ path: String) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    }

    private static func ready(_ directory: SuiteDirectory, _ process: ServerProcess) async throws -> RunningSuite {
        try await poll(within: .seconds(120)) {
            directory.text(of: "terminal.txt").contains("Ready.") || !process.isRunning
        }
        try #require(
            process.isRunning, "\(directory.text(of: "terminal.txt"))\n\(directory.text(of: "log.txt"))")
        let running = try directory.json("running.json")
        let settings = try #require(running["settings"] as? [String: String])
        return RunningSuite(
            directory: directory, process: process, gateway: try #require(running["gateway"] as? String),
            bounty: try #require(running["bounty"] as? String), admin: try #require(running["admin"] as? String),
            webhookSecret: try #require(settings["github.webhook.secrets"]))
    }

    /// Ends it as a crash does, and waits until it is gone.
    func kill() async {
        process.send(SIGKILL)
        _ = await process.waitUntilGone(within: .seconds(10))
    }
}
