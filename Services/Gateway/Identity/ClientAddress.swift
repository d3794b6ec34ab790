import Encodings
import Glibc
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The network address of who makes a request, as limits count it.
struct ClientAddress: Sendable {
    /// Proxies before us, each of which appends the address it sees to `X-Forwarded-For`. What stands before their entries
    /// anybody can have written.
    let trustedProxies: Int

    /// Nil where it is not known. An IPv6 address counts as its network of 64 bits, which is what one person has.
    func of(_ request: Request, _ context: ServerRequestContext) -> String? {
        guard trustedProxies > 0 else { return context.remoteHost.map(Self.network) }
        let entries = request.headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }
        guard entries.count >= trustedProxies else { return context.remoteHost.map(Self.network) }
        let entry = entries[entries.count - trustedProxies].filter { $0 != " " }
        // Only an address is taken: the text becomes a key.
        return (try? SocketAddress(ipAddress: String(entry), port: 0))?.ipAddress.map(Self.network)
    }

    private static func network(_ address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        return Hexadecimal.encode(bytes.prefix(8)) + "/64"
    }
}

extension HTTPField.Name {
    fileprivate static let xForwardedFor = constant("X-Forwarded-For")
}
