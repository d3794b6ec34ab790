import CalculatorDomain
import Events
import JetStream
import JobProtocol
import Logging
package import NIOCore
import ServiceLifecycle
package import ServiceRuntime
import Wire
import WireServer
import WireTransport

/// The calculator: exact arithmetic by the binary RPC protocol, what settlement needs of it over NATS, and jobs.
package enum CalculatorServer {
    package static func service(
        _ configuration: CalculatorConfiguration,
        onBound: @escaping @Sendable (SocketAddress) async -> Void = { _ in }
    ) throws -> SuiteService {
        let logger = Logger(label: ServiceName.calculator)
        let nats = NATSClient(configuration: configuration.nats, logger: logger)
        let calls = CalculatorCalls(calculator: Calculator(denominations: configuration.denominations))
        let server = RPCServer(
            host: configuration.host, port: configuration.port, methods: calls.methods, tls: configuration.tls,
            logger: logger, onBound: onBound)
        let workers = ResponderWorkers()
        let allocate = try CalculatorResponder(Allocate.self, client: nats, workers: workers) {
            request, budget throws(CalculationError) in
            try calls.allocate(request, budget)
        }
        let convert = try CalculatorResponder(Convert.self, client: nats, workers: workers) {
            request, budget throws(CalculationError) in
            try calls.convert(request, budget)
        }
        let consumer = try PullConsumer(client: nats, stream: JobNames.stream, durable: JobNames.consumer)
        let jobs = JobWorker(
            consumer: consumer,
            handler: JobPartHandler(
                jobs: try JobStore(client: nats, patience: jobPatience), calls: calls,
                pool: WorkerPool(size: JobWorker.threads), logger: logger),
            logger: logger)
        let discovery = NATSServiceDiscovery(
            client: nats, name: ServiceName.calculator, description: "Exact arithmetic.",
            responders: [allocate.responder, convert.responder])
        return SuiteService(
            // Its main job needs nobody: without the broker only settlement waits.
            health: ServiceHealth(service: ServiceName.calculator, dependencies: [nats, consumer]),
            services: [nats, workers, allocate, convert, jobs, discovery, server])
    }

    /// How long a worker waits for the broker to come back, with a part at hand.
    private static let jobPatience = Duration.seconds(60)
}

/// Threads for calls over NATS, which compute and must not hold up the concurrency pool.
final class ResponderWorkers: Service {
    private static let size = max(1, System.coreCount - 1)

    let pool = WorkerPool(size: size)

    func run() async throws {
        pool.start()
        try? await gracefulShutdown()
        try await pool.stop()
    }
}
