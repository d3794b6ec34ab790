package import EmbeddedServers
import FoundationEssentials
import Glibc
package import JetStream
package import Logging
import Synchronization

/// A private nats-server in a directory of its own, for one test.
///
/// Directories are `nats-<process id of the test>-<random>` under `BURSAR_TEST_DIRECTORY` (default: the system's
/// temporary directory). Those of test processes that died are swept at the next use.
package final class TestNATS: Sendable {
    private let embedded: Mutex<EmbeddedNATS>
    private let running: Mutex<RunningNATS>
    private let directory: String

    private init(_ embedded: EmbeddedNATS, _ running: RunningNATS) {
        self.embedded = Mutex(embedded)
        self.running = Mutex(running)
        directory = embedded.directory
    }

    /// Runs the body with a server, which is gone with its files afterwards, whether the body returns or throws.
    package static func withServer<Result>(
        authorization: String = "", syncsAlways: Bool = false, _ body: (TestNATS) async throws -> Result
    ) async throws -> Result {
        let parent = environment("BURSAR_TEST_DIRECTORY") ?? FileManager.default.temporaryDirectory.path
        await sweep(parent)
        let name = "nats-\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        let directory = "\(parent.hasSuffix("/") ? String(parent.dropLast()) : parent)/\(name)"
        let embedded = EmbeddedNATS(
            directory: directory, toolsDirectory: toolsDirectory, authorization: authorization,
            syncsAlways: syncsAlways, logger: .quiet)
        let server: TestNATS
        do {
            server = TestNATS(embedded, try await embedded.start())
        } catch {
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        do {
            let result = try await body(server)
            await server.remove()
            return result
        } catch {
            await server.remove()
            throw error
        }
    }

    package var url: String { running.withLock { $0.url } }
    package var process: ServerProcess { running.withLock { $0.process } }

    /// The configuration it is started with, for tests of starting.
    package var configuration: EmbeddedNATS { embedded.withLock { $0 } }

    /// Ends the server as a crash or a loss of power would: without a word. The store stays.
    package func kill() async {
        process.send(SIGKILL)
        _ = await process.waitUntilGone(within: .seconds(10))
    }

    /// Lets the server take what is sent, and answer nothing, while the body runs.
    package func whilePaused<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let process = process
        process.send(SIGSTOP)
        defer { process.send(SIGCONT) }
        // The signal takes a moment to reach all threads.
        let deadline = ContinuousClock.now + .seconds(10)
        while !Self.isStopped(process.id), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(1))
        }
        return try await body()
    }

    private static func isStopped(_ id: pid_t) -> Bool {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task")) ?? []
        return threads.allSatisfy { thread in
            let status = try? String(contentsOfFile: "/proc/\(id)/task/\(thread)/status", encoding: .utf8)
            return status?.contains("State:\tT") ?? true
        }
    }

    /// Ends the server in order. The store stays.
    package func stop() async { await running.withLock { $0 }.stop() }

    /// Starts it again, with the same store and port.
    package func start() async throws {
        let started = try await configuration.start()
        running.withLock { $0 = started }
    }

    /// Starts it with another configuration, at once.
    package func restart(authorization: String) async throws {
        let current = configuration
        embedded.withLock {
            $0 = EmbeddedNATS(
                directory: current.directory, toolsDirectory: current.toolsDirectory, authorization: authorization,
                syncsAlways: current.syncsAlways, logger: .quiet)
        }
        try await start()
    }

    /// Runs the body with a client that is connected, and stopped afterwards.
    package func withClient<Result: Sendable>(
        user: String? = nil, password: String? = nil, inboxPrefix: String = "_INBOX",
        configure: (inout NATSConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (NATSClient) async throws -> Result
    ) async throws -> Result {
        var configuration = try NATSConfiguration(
            url: url, user: user, password: password, clientName: "test", inboxPrefix: inboxPrefix)
        configure(&configuration)
        return try await NATSClient.withConnection(configuration, logger: .quiet, body)
    }

    private func remove() async {
        await Task { await kill() }.value
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// `TOOLS_DIRECTORY`, or `.bursar/tools` of the package that this file is in.
    private static var toolsDirectory: String {
        environment("TOOLS_DIRECTORY")
            ?? URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path + "/.bursar/tools"
    }

    private static func sweep(_ parent: String) async {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names {
            let parts = name.split(separator: "-")
            guard parts.count == 3, parts[0] == "nats", let owner = pid_t(parts[1]), ServerProcess(id: owner) == nil
            else { continue }
            let directory = "\(parent)/\(name)"
            let abandoned = EmbeddedNATS(directory: directory, toolsDirectory: nil, logger: .quiet)
            abandoned.runningProcess()?.send(SIGKILL)
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

extension Logger {
    /// Says nothing unless `BURSAR_TEST_LOG` is set.
    package static var quiet: Logger {
        var logger = Logger(label: "test")
        if getenv("BURSAR_TEST_LOG") == nil { logger.logLevel = .critical } else { logger.logLevel = .debug }
        return logger
    }
}
