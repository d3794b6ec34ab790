package import EmbeddedServers
import FoundationEssentials
import Glibc
package import Logging
package import Postgres
import Synchronization

/// One private PostgreSQL for the whole test process, started on first use and removed when the process exits.
package enum TestPostgres {
    /// For the superuser. Everything below is parallel-safe; tests that stop the server start one of their own.
    package static func adminURL() async throws -> PostgresURL { try await server.value.url }

    /// Lends an empty database of its own, owned by the superuser, and drops it whether the body passes or throws.
    @discardableResult
    package static func withDatabase<T: Sendable>(_ body: (PostgresURL) async throws -> T) async throws -> T {
        let (url, admin) = try await server.value
        let name = "test_\(UUID().uuidString.lowercased())"
        try await admin.execute("CREATE DATABASE \(identifier: name)")
        let result: Result<T, any Error>
        do { result = .success(try await body(url.with(database: name))) } catch { result = .failure(error) }
        // The task of the test may have been cancelled; the database goes all the same.
        try await Task { _ = try await admin.execute("DROP DATABASE \(identifier: name) WITH (FORCE)") }.value
        return try result.get()
    }

    /// Lends a client of an empty database of its own, and closes it.
    @discardableResult
    package static func withClient<T: Sendable>(
        configure: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient) async throws -> T
    ) async throws -> T {
        try await withDatabase { url in
            var configuration = PostgresConfiguration(url: url, applicationName: "test")
            configure(&configuration)
            let client = PostgresClient(configuration, logger: quiet)
            let result: Result<T, any Error>
            do { result = .success(try await body(client)) } catch { result = .failure(error) }
            await client.close()
            return try result.get()
        }
    }

    /// Lends a directory for a server of the test's own. Stops a server that runs from it, and removes it.
    @discardableResult
    package static func withServerDirectory<T>(_ body: (EmbeddedPostgres) async throws -> T) async throws -> T {
        let directory = parent + "/bursar-test-postgres-\(getpid())-\(UInt32.random(in: .min ... .max))"
        let embedded = EmbeddedPostgres(directory: directory, options: options, logger: quiet)
        let result: Result<T, any Error>
        do { result = .success(try await body(embedded)) } catch { result = .failure(error) }
        try await Task { try await embedded.stop() }.value
        try FileManager.default.removeItem(atPath: directory)
        return try result.get()
    }

    package static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    private static var options: EmbeddedPostgres.Options {
        var options = EmbeddedPostgres.Options()
        options.isDurable = false
        options.maximumConnections = 300
        return options
    }

    private static var parent: String {
        ProcessInfo.processInfo.environment["BURSAR_TEST_DIRECTORY"] ?? "/tmp"
    }

    private static let server = Task { () async throws -> (url: PostgresURL, admin: PostgresClient) in
        await sweep()
        let directory = "\(parent)/bursar-test-postgres-\(getpid())"
        let running = try await EmbeddedPostgres(directory: directory, options: options, logger: quiet).start()
        atExit.withLock { $0 = (running.process, directory) }
        atexit { TestPostgres.removeServer() }
        let url = try PostgresURL(running.adminURL)
        var configuration = PostgresConfiguration(url: url, applicationName: "test admin")
        configuration.connections = 2
        configuration.waitTimeout = .seconds(60)
        return (url, PostgresClient(configuration, logger: quiet))
    }

    private static let atExit = Mutex<(process: ServerProcess, directory: String)?>(nil)

    /// Nothing is asynchronous any more when a process exits.
    private static func removeServer() {
        guard let (process, directory) = atExit.withLock({ $0 }) else { return }
        process.send(SIGQUIT)
        for _ in 0..<500 where process.isRunning { usleep(10_000) }
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Stops and removes what test processes left behind that were killed.
    private static func sweep() async {
        let prefix = "bursar-test-postgres-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            guard let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
                owner != getpid(), ServerProcess(id: owner) == nil
            else { continue }
            let directory = "\(parent)/\(name)"
            try? await EmbeddedPostgres(directory: directory, options: options, logger: quiet).stop()
            try? FileManager.default.removeItem(atPath: directory)
        }
    }
}
