import Glibc
import NIOCore
import NIOPosix

/// A port that cannot be listened on.
package struct ListenError: Error, CustomStringConvertible {
    package let description: String

    init(name: String, address: HTTPAddress, cause: IOError) {
        self.init(name: name, address: "\(address.host):\(address.port)", errno: cause.errnoCode)
    }

    init(name: String, address: HTTPAddress, unknownHost: SocketAddressError.UnknownHost) {
        description = "\(name): \(address.host):\(address.port) is not an address: \(unknownHost)"
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
        } catch let error as SocketAddressError.UnknownHost {
            throw ListenError(name: name, address: HTTPAddress(host: host, port: port), unknownHost: error)
        } catch let error as IOError {
            throw ListenError(name: name, address: "\(host):\(port)", errno: error.errnoCode)
        }
    }
}
