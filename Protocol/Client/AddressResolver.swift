package import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the servers are.
package protocol AddressResolver: Sendable {
    /// All addresses, in any order. Asked again and again.
    func resolve() async throws -> [SocketAddress]
}

/// Addresses that do not change.
package struct FixedAddresses: AddressResolver {
    private let addresses: [SocketAddress]

    package init(_ addresses: [SocketAddress]) { self.addresses = addresses }

    package func resolve() -> [SocketAddress] { addresses }
}

/// All addresses of a name: a headless service of Kubernetes has one for each pod that is ready.
package struct HostAddresses: AddressResolver {
    private let host: String
    private let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `getaddrinfo(3)` blocks, so it runs on a thread that may.
    package func resolve() async throws -> [SocketAddress] {
        try await NIOThreadPool.singleton.runIfActive { [host, port] in try Self.resolve(host, port) }
    }

    private static func resolve(_ host: String, _ port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_ADDRCONFIG
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else { throw ResolveError(host: host, reason: String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr, let converted = address.socketAddress(of: entry.pointee.ai_family) {
                addresses.append(converted)
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }
}

/// A name that has no address now.
package struct ResolveError: Error, CustomStringConvertible {
    package let host: String
    package let reason: String

    package var description: String { "cannot resolve \(host): \(reason)" }
}

extension UnsafeMutablePointer<sockaddr> {
    fileprivate func socketAddress(of family: Int32) -> SocketAddress? {
        let raw = UnsafeMutableRawPointer(self)
        return switch family {
        case AF_INET: SocketAddress(raw.assumingMemoryBound(to: sockaddr_in.self).pointee)
        case AF_INET6: SocketAddress(raw.assumingMemoryBound(to: sockaddr_in6.self).pointee)
        default: nil
        }
    }
}
