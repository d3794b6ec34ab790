import CalculatorService
import Events
import JetStream
import NIOCore
import ServiceLifecycle
import ServiceRuntime
import Synchronization
import TestSupport
import Wire
import WireClient

/// A calculator on a free port with a broker, and clients of both.
struct CalculatorFixture: Sendable {
    let rpc: RPCClient
    let nats: NATSClient

    static func with(_ body: @escaping @Sendable (CalculatorFixture) async throws -> Void) async throws {
        try await TestNATS.withServer { server in
            let configuration = try CalculatorConfiguration(
                Settings(environment: ["CALCULATOR_RPC_PORT": "0", "NATS_URL": server.url]))
            let (addresses, bound) = AsyncStream.makeStream(of: SocketAddress.self)
            let service = try CalculatorServer.service(configuration) { bound.yield($0) }
            let group = ServiceGroup(services: service.services, logger: .quiet)
            let running = Task { try await group.run() }
            let address = await addresses.first { _ in true }
            let client = try RPCClient(
                name: "calculator", resolver: FixedAddresses(address.map { [$0] } ?? []), logger: .quiet)
            let connected = Task { try await client.run() }
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(
                    try await server.withClient { nats in
                        try await waitUntilServed(nats)
                        try await body(CalculatorFixture(rpc: client, nats: nats))
                    })
            } catch {
                outcome = .failure(error)
            }
            connected.cancel()
            _ = await connected.result
            await group.triggerGracefulShutdown()
            try await running.value
            try outcome.get()
        }
    }

    /// Subscriptions reach the broker a moment after the port is bound.
    private static func waitUntilServed(_ client: NATSClient) async throws {
        for method in [Allocate.name, Convert.name] {
            let subject = Subjects.request(service: ServiceName.calculator, method: method)
            try await poll {
                do throws(NATSError) {
                    _ = try await client.request(NATSOutgoingMessage(subject: subject))
                    return true
                } catch {
                    if case .noResponders = error { return false }
                    return true
                }
            }
        }
    }
}
