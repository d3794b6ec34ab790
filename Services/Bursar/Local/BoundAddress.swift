import NIOCore
import Synchronization
import WireClient

/// The address of a server of this process, once it has bound one.
final class BoundAddress: AddressResolver {
    private static let pollInterval = Duration.milliseconds(10)

    private let address = Mutex<SocketAddress?>(nil)

    func set(_ address: SocketAddress) { self.address.withLock { $0 = address } }

    /// Waits for it, within the client's time for resolving.
    func resolve() async throws -> [SocketAddress] {
        while true {
            if let address = address.withLock({ $0 }) { return [address] }
            try await Task.sleep(for: Self.pollInterval)
        }
    }
}

extension SocketAddress {
    /// `127.0.0.1:7400`; an unspecified address is reached by loopback.
    var hostAndPort: String {
        let host = ["0.0.0.0", "::"].contains(ipAddress) ? "127.0.0.1" : ipAddress ?? ""
        return host.contains(":") ? "[\(host)]:\(port ?? 0)" : "\(host):\(port ?? 0)"
    }
}
