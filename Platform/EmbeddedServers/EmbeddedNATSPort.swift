import Glibc

/// TCP ports of 127.0.0.1. Nothing here blocks: sockets do not wait, and tasks sleep between looks.
enum LoopbackPort {
    private static let pollInterval: Duration = .milliseconds(20)
    /// Longer than any INFO line.
    private static let maximumInfo = 16 << 10

    static func isFree(_ port: Int) -> Bool {
        let descriptor = openSocket()
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return withAddress(port) { bind(descriptor, $0, $1) } == 0
    }

    static func waitUntilFree(_ port: Int, within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while !isFree(port) {
            guard ContinuousClock.now < deadline, !Task.isCancelled else { return false }
            try? await Task.sleep(for: pollInterval)
        }
        return true
    }

    /// One of the range at random, so that those who look at the same time rarely meet.
    static func findFree(in range: ClosedRange<Int>) -> Int? {
        for _ in 0..<1_000 {
            let port = Int.random(in: range)
            if isFree(port) { return port }
        }
        return nil
    }

    /// Whether the server of this name says within the time that it has JetStream.
    ///
    /// A nats-server listens to clients only after it has read the stores of its streams, and sends everyone an INFO
    /// line first: so this line is the proof, and needs no credentials.
    static func waitForJetStream(
        port: Int, serverName: String, within limit: Duration, giveUpWhen hasFailed: () -> Bool = { false }
    ) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !Task.isCancelled {
            if let info = await readInfo(port: port, until: deadline) {
                return info.contains("\"server_name\":\"\(serverName)\"") && info.contains("\"jetstream\":true")
            }
            if hasFailed() { return false }
            try? await Task.sleep(for: pollInterval)
        }
        return false
    }

    private static func readInfo(port: Int, until deadline: ContinuousClock.Instant) async -> String? {
        let descriptor = openSocket()
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard withAddress(port, { connect(descriptor, $0, $1) }) == 0 || errno == EINPROGRESS else { return nil }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while ContinuousClock.now < deadline, !Task.isCancelled, text.count < maximumInfo {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                text.append(contentsOf: chunk[..<count])
                if text.contains(UInt8(ascii: "\n")) { return String(decoding: text, as: UTF8.self) }
            } else if count == 0 || (errno != EAGAIN && errno != EINTR && errno != ENOTCONN) {
                return nil
            } else {
                try? await Task.sleep(for: pollInterval)
            }
        }
        return nil
    }

    private static func openSocket() -> Int32 {
        socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }

    private static func withAddress<Result>(
        _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
