package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
package import ServiceRuntime
import Synchronization
package import WireTransport

/// Calls to the servers of one service from all event loops of the process: a client for each, so that who asks on an event loop gets
/// the answer there without another thread.
package final class RPCClients: Service, Dependency {
    /// Every one has connections of its own to every server.
    private static let maximumCount = 8

    package let name: String
    private let clients: [RPCClient]
    private let turn = Atomic(0)

    /// - Parameter name: Of the service, for logs and `/readyz`.
    /// - Throws: What reading the certificates throws.
    package init(
        name: String, resolver: any AddressResolver,
        configuration: RPCClientConfiguration = RPCClientConfiguration(), tls: MutualTLS? = nil, logger: Logger
    ) throws {
        self.name = name
        clients = try MultiThreadedEventLoopGroup.singleton.makeIterator().prefix(Self.maximumCount).map { eventLoop in
            try RPCClient(
                name: name, resolver: resolver, configuration: configuration, tls: tls, eventLoop: eventLoop,
                logger: logger)
        }
    }

    /// The client of the event loop that this is called on; elsewhere each in turn.
    package var current: RPCClient {
        if let client = clients.first(where: { $0.isOnEventLoop }) { return client }
        return clients[Int(UInt(bitPattern: turn.wrappingAdd(1, ordering: .relaxed).oldValue) % UInt(clients.count))]
    }

    /// Up while one of them is.
    package var state: DependencyState {
        let states = clients.map(\.state)
        return states.first { $0 == .up } ?? states[0]
    }

    package func run() async throws {
        try await withThrowingTaskGroup { group in
            for client in clients { group.addTask { try await client.run() } }
            try await group.waitForAll()
        }
    }
}
