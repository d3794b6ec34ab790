import FoundationEssentials
import Glibc

/// `postmaster.pid`, by which PostgreSQL says what runs from a data directory: a line each of the process id, the data
/// directory, the start time, the port, the socket directory, the listen address, the shared memory, and the status.
struct PostmasterFile {
    /// The postmaster, if this process id is one, and of this directory.
    let process: ServerProcess?
    let port: UInt16?
    let isReady: Bool

    init?(_ home: EmbeddedPostgresHome) {
        guard let text = home.readText("data/postmaster.pid") else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.split(separator: " ").first ?? ""
        }
        let process = lines.first.flatMap { pid_t($0) }.flatMap { ServerProcess(id: $0) }
        self.process = process.flatMap { Self.isPostmaster($0, of: home.data) ? $0 : nil }
        port = lines.count > 3 ? UInt16(lines[3]) : nil
        isReady = lines.count > 7 && lines[7] == "ready"
    }

    private static func isPostmaster(_ process: ServerProcess, of data: String) -> Bool {
        let arguments = process.arguments
        guard let program = arguments.first?.split(separator: "/").last,
            program == "postgres" || program == "postmaster",
            let option = arguments.firstIndex(of: "-D"), arguments.indices.contains(option + 1)
        else { return false }
        return EmbeddedPostgresHome.realPath(arguments[option + 1]) == EmbeddedPostgresHome.realPath(data)
    }

    /// Removes the file where its process id now belongs to something else, as after a restart of a container.
    /// PostgreSQL itself only knows that some process has the id, and would refuse to start.
    static func removeStale(_ home: EmbeddedPostgresHome) {
        guard let file = PostmasterFile(home), file.process == nil else { return }
        unlink("\(home.data)/postmaster.pid")
    }
}
