import EmbeddedServers
import FoundationEssentials
import Glibc
import Postgres
import TestSupport
import Testing

/// One after another: each makes a server, and that costs seconds of processor time.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EmbeddedPostgresTests {
    private func query(_ running: RunningPostgres, _ sql: SQL) async throws -> PostgresRows {
        var configuration = PostgresConfiguration(url: try PostgresURL(running.adminURL))
        configuration.connections = 1
        let client = PostgresClient(configuration, logger: TestPostgres.quiet)
        do {
            let rows = try await client.query(sql)
            await client.close()
            return rows
        } catch {
            await client.close()
            throw error
        }
    }

    @Test func itIsPrivate() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let running = try await embedded.start()
            let row = try await query(
                running,
                """
                SELECT current_setting('listen_addresses') AS addresses,
                    current_setting('unix_socket_directories') AS sockets,
                    current_setting('server_encoding') AS encoding, rolpassword LIKE 'SCRAM-SHA-256$%' AS scram,
                    (SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules) AS methods
                FROM pg_authid WHERE rolname = 'postgres'
                """)[0]
            #expect(try row.get("addresses") == "127.0.0.1")
            #expect(try row.get("sockets") == "")
            #expect(try row.get("encoding") == "UTF8")
            #expect(try row.get("scram", as: Bool.self))
            #expect(try row.get("methods") == "scram-sha-256")
            var status = stat()
            #expect(stat("\(embedded.directory)/server/password", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(stat("\(embedded.directory)/server", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o700)
        }
    }

    /// The starter's end makes no difference to the server: it is no child of ours, and knows of us only through files.
    @Test func aRunningServerIsTakenOver() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let first = try await embedded.start()
            #expect(!first.wasRunning)
            #expect(parent(of: first.process.id) != getpid())
            let second = try await EmbeddedPostgres(directory: embedded.directory, logger: TestPostgres.quiet).start()
            #expect(second.wasRunning)
            #expect(second.process == first.process)
            #expect(second.adminURL == first.adminURL)
            _ = try await query(second, "SELECT 1")
        }
    }

    private func parent(of id: pid_t) -> pid_t? {
        let bytes = FileManager.default.contents(atPath: "/proc/\(id)/stat") ?? Data()
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ")
        return fields?.dropFirst().first.flatMap { pid_t($0) }
    }

    @Test func aSecondStartKeepsDataPasswordAndPort() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let first = try await embedded.start()
            _ = try await query(first, "CREATE TABLE kept AS SELECT 42 AS answer")
            try await embedded.stop()
            #expect(!first.process.isRunning)
            let second = try await embedded.start()
            #expect(!second.wasRunning)
            #expect(second.adminURL == first.adminURL)
            #expect(try await query(second, "SELECT answer FROM kept")[0].get("answer", as: Int.self) == 42)
        }
    }

    @Test func aKilledServerRecovers() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let first = try await embedded.start()
            first.process.send(SIGKILL)
            #expect(await first.process.waitUntilGone(within: .seconds(10)))
            let second = try await embedded.start()
            #expect(second.process != first.process)
            _ = try await query(second, "SELECT 1")
        }
    }

    @Test func aStalePidFileOfAnotherProcessIsNoServer() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let first = try await embedded.start()
            try await embedded.stop()
            let file = "\(embedded.directory)/server/data/postmaster.pid"
            let lines = "\(getpid())\n/somewhere\n1\n\(first.port)\n\n127.0.0.1\n\nready\n"
            #expect(FileManager.default.createFile(atPath: file, contents: Data(lines.utf8)))
            try await embedded.stop()
            _ = try await query(try await embedded.start(), "SELECT 1")
        }
    }

    @Test func aHalfMadeDirectoryIsMadeAnew() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            // As an initdb leaves it that is killed half-way.
            let home = "\(embedded.directory)/server"
            try FileManager.default.createDirectory(atPath: "\(home)/new-1/base", withIntermediateDirectories: true)
            #expect(FileManager.default.createFile(atPath: "\(home)/new-1/PG_VERSION", contents: Data("15\n".utf8)))
            if let user = SystemUserID.postgres { #expect(chown(home, user.id, user.group) == 0) }
            _ = try await query(try await embedded.start(), "SELECT 1")
            #expect(!FileManager.default.fileExists(atPath: "\(home)/new-1"))
        }
    }

    @Test func aTakenPortIsReplaced() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let first = try await embedded.start()
            try await embedded.stop()
            let taken = try await StallingProxy(target: 1, port: Int(first.port))
            let second = try await embedded.start()
            #expect(second.port != first.port)
            _ = try await query(second, "SELECT 1")
            try await taken.close()
        }
    }

    @Test func manyStartersGetOneServer() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let servers = try await withThrowingTaskGroup(of: RunningPostgres.self) { group in
                for _ in 0..<4 { group.addTask { try await embedded.start() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(servers.map(\.process.id)).count == 1)
            #expect(servers.filter { !$0.wasRunning }.count == 1)
        }
    }

    @Test func stoppingWhatDoesNotRunIsNothing() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            _ = try await embedded.start()
            try await embedded.stop()
            try await embedded.stop()
        }
        try await EmbeddedPostgres(directory: "/tmp/bursar-nonexistent", logger: TestPostgres.quiet).stop()
    }

    @Test func aServerThatCannotStartShowsTheEndOfItsLog() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            _ = try await embedded.start()
            try await embedded.stop()
            let file = "\(embedded.directory)/server/data/postgresql.conf"
            let text = FileManager.default.contents(atPath: file) ?? Data()
            let descriptor = open(file, O_WRONLY | O_APPEND)
            #expect(write(descriptor, "nonsense = on\n", 14) == 14)
            close(descriptor)
            let error = try #require(
                await #expect(throws: EmbeddedPostgresError.self) { _ = try await embedded.start() })
            #expect(error.message.contains("nonsense"))
            #expect(truncate(file, text.count) == 0)
            _ = try await embedded.start()
        }
    }

    /// Only root runs the server as somebody else, who cannot enter a folder of root's.
    @Test(.enabled(if: geteuid() == 0)) func dataGoesElsewhereWhereItsUserCannotEnter() async throws {
        let closed = "/tmp/bursar-test-closed-\(UUID())"
        #expect(mkdir(closed, 0o700) == 0)
        var options = EmbeddedPostgres.Options()
        options.isDurable = false
        let embedded = EmbeddedPostgres(directory: "\(closed)/postgres", options: options, logger: TestPostgres.quiet)
        let result: Result<Void, any Error>
        var home: String?
        do {
            let first = try await embedded.start()
            home = try FileManager.default.destinationOfSymbolicLink(atPath: "\(closed)/postgres/server")
            #expect(home?.hasPrefix("/var/lib/bursar/postgres-") == true)
            let second = try await embedded.start()
            #expect(second.process == first.process)
            _ = try await query(second, "SELECT 1")
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await embedded.stop()
        if let home { try FileManager.default.removeItem(atPath: home) }
        try FileManager.default.removeItem(atPath: closed)
        try result.get()
    }
}

/// Whom the server runs as where the tests run as root.
private enum SystemUserID {
    static var postgres: (id: uid_t, group: gid_t)? {
        guard geteuid() == 0, let entry = getpwnam("postgres") else { return nil }
        return (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }
}
