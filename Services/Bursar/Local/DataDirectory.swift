import EmbeddedServers
import FoundationEssentials
import Glibc

/// The folder that `bursar up` keeps everything of its own in (`data.directory`).
struct DataDirectory: Sendable {
    /// Absolute, without links.
    let path: String

    /// Makes the folder where it is missing.
    init(creating path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            // Passable, so that PostgreSQL's unprivileged user reaches its part; each secret file is 0600 by itself.
            attributes: [.posixPermissions: 0o711])
        self.init(existing: path)
    }

    /// For commands that only look.
    init(existing path: String) {
        let absolute = path.absolutePath
        self.path =
            realpath(absolute, nil).map { resolved in
                defer { free(resolved) }
                return String(cString: resolved)
            } ?? absolute
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// Replaces a file in one step, readable by this user alone.
    func write(_ bytes: Data, to name: String) throws {
        let target = file(name)
        let temporary = target + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: temporary, errno: errno) }
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0, rename(temporary, target) == 0 else {
            throw FileError(path: target, errno: errno)
        }
    }

    /// Nil where there is no such file.
    func read(_ name: String) throws -> Data? {
        guard FileManager.default.fileExists(atPath: file(name)) else { return nil }
        return try Data(contentsOf: URL(filePath: file(name)))
    }
}

struct FileError: Error, CustomStringConvertible {
    let path: String
    let errno: Int32

    var description: String { "\(path): \(String(cString: strerror(errno)))" }
}
