import Glibc
import HummingbirdCore
import NIOCore
import NIOPosix

/// A port that cannot be listened on.
package struct ListenError: Error, CustomStringConvertible {
    package let description: String

    init(name: String, address: BindAddress, cause: IOError) {
        self.init(name: name, address: "\(address)", errno: cause.errnoCode)
    }

    private init(name: String, address: String, errno code: Int32) {
        let reason =
            switch code {
            case EADDRINUSE: "is in use by another process; choose a free one"
            case EACCES: "may not be bound by this user; choose one above 1023"
            case EADDRNOTAVAIL: "is not an address of this machine"
            default: "cannot be bound: \(String(cString: strerror(code)))"
            }
        description = "\(name): \(address) \(reason)"
    }

    /// Tries to bind, and lets go again: to say at once what would fail later.
    package static func check(name: String, host: String, port: Int) async throws {
        guard port != 0 else { return }
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).get()
            try await channel.close()
        } catch let error as IOError {
            throw ListenError(name: name, address: "\(host):\(port)", errno: error.errnoCode)
        }
    }
}
