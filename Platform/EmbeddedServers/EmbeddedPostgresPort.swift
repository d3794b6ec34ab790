import Glibc

/// TCP ports of 127.0.0.1.
enum PostgresPort {
    /// The preferred port where nobody listens on it, else one that the system picks.
    static func free(preferred: UInt16?) throws -> UInt16 {
        if let preferred, isFree(preferred) { return preferred }
        guard let port = bound(to: 0) else {
            throw EmbeddedPostgresError("no free port: \(String(cString: strerror(errno)))")
        }
        return port
    }

    static func isFree(_ port: UInt16) -> Bool { bound(to: port) != nil }

    /// The port that a socket could be bound to just now.
    private static func bound(to port: UInt16) -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // As PostgreSQL does: connections that linger after a restart do not count.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(descriptor, generic, length) == 0, listen(descriptor, 1) == 0,
                    getsockname(descriptor, generic, &length) == 0
                else { return nil }
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
        }
    }
}
