package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
import ServiceRuntime
package import WireTransport

/// A listener of the RPC protocol. README.md of Protocol is what it speaks.
///
/// On graceful shutdown it stops accepting, tells every client up to which call it answers, answers those, and ends.
package struct RPCServer: Service {
    /// Connections waiting to be accepted. As Linux's `somaxconn`.
    private static let backlog: Int32 = 4096
    /// Bytes that are read from a connection at a time, before others get their turn.
    private static let readSize = 64 << 10

    private let host: String
    private let port: Int
    private let tls: MutualTLS?
    private let group: any EventLoopGroup
    private let workers: WorkerPool
    private let core: ServerCore
    private let onBound: @Sendable (SocketAddress) async -> Void

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onBound: Called once with the address that was bound.
    package init(
        host: String, port: Int, methods: [RPCMethod], limits: RPCServerLimits = RPCServerLimits(),
        tls: MutualTLS? = nil, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, logger: Logger,
        onBound: @escaping @Sendable (SocketAddress) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.group = group
        self.onBound = onBound
        workers = WorkerPool(size: limits.workers)
        core = ServerCore(methods: methods, limits: limits, workers: workers, logger: logger)
    }

    /// Connections that are open now.
    package var connectionCount: Int { core.connectionCount }

    /// - Throws: What binding or reading the certificates throws. Nothing once it is bound.
    package func run() async throws {
        let tls = try tls?.load(.server)
        workers.start()
        let listener: any Channel
        do {
            listener = try await bind(tls)
        } catch {
            try? await workers.stop()
            throw error
        }
        if let address = listener.localAddress {
            core.logger.info("listening", metadata: ["address": "\(address)"])
            await onBound(address)
        }
        // Cancellation ends the wait as well: then nobody waits for calls in flight.
        try? await gracefulShutdown()
        try? await listener.close()
        await stop()
    }

    private func bind(_ tls: LoadedTLS?) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 1 << 10, initial: 4 << 10, maximum: Self.readSize)
            )
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: core.limits.outputLowWater, high: core.limits.outputHighWater)
            )
            .childChannelInitializer { [core] channel in
                channel.eventLoop.makeCompletedFuture {
                    try tls?.add(to: channel.pipeline.syncOperations)
                    try core.add(to: channel)
                }
            }
            .bind(host: host, port: port).get()
    }

    private func stop() async {
        if !Task.isCancelled {
            core.drain()
            _ = try? await withDeadline(Duration(core.limits.drainTimeout)) { [core] in
                await withTaskCancellationHandler {
                    await core.waitUntilEmpty()
                } onCancel: {
                    core.closeAll()
                }
            }
        }
        core.closeAll()
        await core.waitUntilEmpty()
        await core.scheduler.waitUntilIdle()
        try? await workers.stop()
    }
}
