package import Glibc

/// A running server that need not be our child: started by us or by an earlier run of ours that was killed.
///
/// Known by its process id and start time together, so that a process id used again is never taken for the server.
package struct ServerProcess: Sendable, Equatable {
    package let id: pid_t
    /// Field 22 of `/proc/<pid>/stat`: clock ticks since boot.
    private let startTime: UInt64

    /// The process with this id, or nil where none runs (a zombie does not run).
    package init?(id: pid_t) {
        guard id > 1, let stat = Stat(of: id), stat.state != "Z", stat.state != "X" else { return nil }
        self.id = id
        self.startTime = stat.startTime
    }

    package var isRunning: Bool { ServerProcess(id: id) == self }

    /// The arguments it was started with, from `/proc/<pid>/cmdline`; empty where they cannot be read.
    package var arguments: [String] {
        guard let bytes = readFile("/proc/\(id)/cmdline") else { return [] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Sends the signal, if the process still runs.
    package func send(_ signal: Int32) {
        guard isRunning else { return }
        kill(id, signal)
    }

    /// Returns whether the process ended within the time.
    package func waitUntilGone(within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while isRunning {
            guard ContinuousClock.now < deadline else { return false }
            do { try await Task.sleep(for: .milliseconds(20)) } catch { return !isRunning }
        }
        return true
    }

    private struct Stat {
        var state: Character
        var startTime: UInt64

        init?(of id: pid_t) {
            guard let bytes = readFile("/proc/\(id)/stat") else { return nil }
            // "pid (name) state ppid ...": the name may hold spaces and parentheses, so count from the last ")".
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.lastIndex(of: ")") else { return nil }
            let fields = text[text.index(after: end)...].split(separator: " ")
            guard fields.count > 19, let state = fields[0].first, let startTime = UInt64(fields[19]) else { return nil }
            self.state = state
            self.startTime = startTime
        }
    }
}

/// The bytes of a small file under `/proc`, whose size is not known before it is read.
private func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        guard count > 0 else { return count == 0 ? bytes : nil }
        bytes.append(contentsOf: chunk[..<count])
    }
}
