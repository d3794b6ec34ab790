import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import ServiceRuntime
import Wire
import WireClient
import WireServer
import WireTransport

/// No test waits longer for anything.
let testTimeout = Duration.seconds(60)

var quietLogger: Logger {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}

/// A server that runs, on a free port of this machine.
struct RunningServer: Sendable {
    let server: RPCServer
    let address: SocketAddress
    let log: CallLog
    /// Starts the graceful shutdown.
    let stop: @Sendable () async -> Void

    var port: Int { address.port ?? 0 }

    /// Runs a server for as long as the operation takes.
    static func with<Value: Sendable>(
        limits: RPCServerLimits = RPCServerLimits(), tls: MutualTLS? = nil, port: Int = 0,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        _ operation: @escaping @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        let methods = TestMethods()
        let (bound, continuation) = AsyncStream.makeStream(of: SocketAddress.self)
        let server = RPCServer(
            host: "127.0.0.1", port: port, methods: methods.all, limits: limits, tls: tls, group: group,
            logger: quietLogger
        ) { continuation.yield($0) }
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: quietLogger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await services.run()
            }
            defer { tasks.cancelAll() }
            for await address in bound {
                let running = RunningServer(server: server, address: address, log: methods.log) {
                    await services.triggerGracefulShutdown()
                }
                return try await withDeadline(testTimeout) { try await operation(running) }
            }
            try await tasks.waitForAll()
            throw ChannelError.ioOnClosedChannel
        }
    }
}

/// Runs a client for as long as the operation takes.
func withClient<Value: Sendable>(
    _ addresses: [SocketAddress], configuration: RPCClientConfiguration = RPCClientConfiguration(),
    tls: MutualTLS? = nil, resolver: (any AddressResolver)? = nil,
    eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next(),
    _ operation: @escaping @Sendable (RPCClient) async throws -> Value
) async throws -> Value {
    let client = try RPCClient(
        name: "test", resolver: resolver ?? FixedAddresses(addresses), configuration: configuration, tls: tls,
        eventLoop: eventLoop, logger: quietLogger)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await client.run() }
        defer { tasks.cancelAll() }
        return try await withDeadline(testTimeout) { try await operation(client) }
    }
}

/// A server and a client of it.
func withPair<Value: Sendable>(
    limits: RPCServerLimits = RPCServerLimits(), configuration: RPCClientConfiguration = RPCClientConfiguration(),
    _ operation: @escaping @Sendable (RunningServer, RPCClient) async throws -> Value
) async throws -> Value {
    try await RunningServer.with(limits: limits) { server in
        try await withClient([server.address], configuration: configuration) { client in
            try await operation(server, client)
        }
    }
}

extension NIODeadline {
    static func seconds(_ seconds: Double) -> NIODeadline { .now() + .nanoseconds(Int64(seconds * 1e9)) }
}

/// The error that the operation fails with.
func failure(_ operation: () async throws(RPCError) -> some Any) async -> RPCError? {
    do throws(RPCError) {
        _ = try await operation()
        return nil
    } catch {
        return error
    }
}
