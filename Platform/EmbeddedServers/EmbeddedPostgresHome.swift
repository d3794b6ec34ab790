import FoundationEssentials
import Glibc

/// The folder that holds all of a private server: `data`, `server.log`, `port`, and the superuser's `password`.
///
/// It belongs to the user that PostgreSQL runs as. It is `<directory>/server`, or, where that user cannot get there, a
/// folder under `/var/lib/bursar` with a symbolic link in its place.
struct EmbeddedPostgresHome: Sendable {
    let path: String
    private let user: SystemUser?

    var data: String { "\(path)/data" }
    var log: String { "\(path)/server.log" }

    /// Where the homes go that cannot be in their directories.
    private static let elsewhere = "/var/lib/bursar"
    /// For asking `test` a question as another user.
    private static let probeLimit = Duration.seconds(10)

    /// Finds or makes the home of the directory, which must exist.
    init(in directory: String, user: SystemUser?) async throws {
        self.user = user
        let place = "\(directory)/server"
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: place)) != nil {
            guard let real = Self.realPath(place) else {
                throw EmbeddedPostgresError("\(place) points to a folder that does not exist any more")
            }
            path = real
        } else {
            try Self.makeFolder(place, owner: user)
            if try await Self.isReachable(place, by: user) {
                path = place
            } else {
                path = try Self.makeElsewhere(for: directory, replacing: place, owner: user)
            }
        }
        guard try await Self.isReachable(path, by: user) else {
            let name = user?.name ?? "this user"
            throw EmbeddedPostgresError("\(name), as whom PostgreSQL runs, cannot write to \(path)")
        }
    }

    /// Asks as the user itself: modes, access lists and mount options all count.
    private static func isReachable(_ path: String, by user: SystemUser?) async throws -> Bool {
        let runner = CommandRunner(user: user)
        let arguments = [path, "-a", "-r", path, "-a", "-x", path]
        return try await runner.run("/usr/bin/test", ["-w"] + arguments, limit: probeLimit).isSuccess
    }

    private static func makeElsewhere(for directory: String, replacing place: String, owner: SystemUser?) throws
        -> String
    {
        let path = "\(elsewhere)/\(uniqueName(for: directory))"
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        _ = chmod(elsewhere, 0o755)
        try makeFolder(path, owner: owner)
        // Only an empty folder can be replaced: one with data in it was reachable once.
        guard rmdir(place) == 0, symlink(path, place) == 0 else { throw failure("linking to \(path) from", place) }
        return path
    }

    private static func makeFolder(_ path: String, owner: SystemUser?) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("making", path) }
        if let owner, chown(path, owner.id, owner.groupID) != 0 { throw failure("handing over", path) }
    }

    private static func failure(_ what: String, _ path: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError("\(what) \(path): \(String(cString: strerror(errno)))")
    }

    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The folder's name, and its whole path as 64 bits of FNV-1a.
    private static func uniqueName(for directory: String) -> String {
        let hash = directory.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let name = directory.split(separator: "/").last.map { String($0) } ?? "root"
        return "\(name)-\(String(hash, radix: 16))"
    }

    /// The major version that made the data; nil where there is none yet.
    var dataVersion: Int? { readText("data/PG_VERSION").flatMap { Int($0) } }

    var hasData: Bool { FileManager.default.fileExists(atPath: "\(data)/PG_VERSION") }

    /// A small text file of the home, without surrounding white space.
    func readText(_ name: String) -> String? {
        guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Writes a file of mode 0600 in whole or not at all, readable by the server's user where `shared`.
    func writeText(_ text: String, to name: String, shared: Bool = false) throws {
        let temporary = "\(path)/.\(name).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("writing", temporary) }
        defer { close(descriptor) }
        if shared, let user, fchown(descriptor, user.id, user.groupID) != 0 {
            throw Self.failure("handing over", temporary)
        }
        let bytes = Array("\(text)\n".utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            rename(temporary, "\(path)/\(name)") == 0
        else { throw Self.failure("writing", "\(path)/\(name)") }
    }

    /// The last lines of the server's log, for an error message.
    var logTail: String {
        guard let bytes = FileManager.default.contents(atPath: log) else { return "(no log)" }
        let lines = String(decoding: bytes.suffix(4096), as: UTF8.self).split(separator: "\n").suffix(12)
        return lines.joined(separator: "\n")
    }
}
