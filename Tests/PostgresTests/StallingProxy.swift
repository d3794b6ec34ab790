import NIOCore
import NIOPosix
import Synchronization

/// A TCP proxy that can stop forwarding, as a network does that loses every packet: nothing is closed.
final class StallingProxy: Sendable {
    private let isStalled = Atomic(false)
    private let target: Int
    private let listener: Mutex<(any Channel)?> = Mutex(nil)

    var port: Int { listener.withLock { $0?.localAddress?.port } ?? 0 }

    init(target: Int, port: Int = 0) async throws {
        self.target = target
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { child in
                ClientBootstrap(group: child.eventLoop).channelOption(.autoRead, value: false)
                    .connect(host: "127.0.0.1", port: target).flatMap { peer in
                        child.eventLoop.makeCompletedFuture {
                            try child.pipeline.syncOperations.addHandler(Forwarder(self, to: peer))
                            try peer.pipeline.syncOperations.addHandler(Forwarder(self, to: child))
                            for channel in [child, peer] {
                                channel.setOption(.autoRead, value: true).whenFailure { _ in }
                            }
                        }
                    }
            }
            .bind(host: "127.0.0.1", port: port).get()
        listener.withLock { $0 = channel }
    }

    func stall() { isStalled.store(true, ordering: .relaxed) }
    func resume() { isStalled.store(false, ordering: .relaxed) }
    func close() async throws { try await listener.withLock { $0 }?.close() }

    private final class Forwarder: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let proxy: StallingProxy
        private let peer: any Channel

        init(_ proxy: StallingProxy, to peer: any Channel) {
            self.proxy = proxy
            self.peer = peer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !proxy.isStalled.load(ordering: .relaxed) else { return }
            peer.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            if !proxy.isStalled.load(ordering: .relaxed) { peer.close(promise: nil) }
        }
    }
}
