import Logging
import NIOCore
import NIOPosix
import Wire
import WireServer
import WireTransport

/// Our server, adding two 64-bit integers: `rpc-server <port>`. With `echo` as second argument, a raw NIO echo server.
@main
enum RPCServerBenchmark {
    static func main() async throws {
        let port = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 7401 : 7401
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        if CommandLine.arguments.count > 2 { return try await echo(port, group) }
        let addition = addition(1)
        // What attack.py calls.
        let attacked = self.addition(0xF001)
        let server = RPCServer(
            host: "127.0.0.1", port: port, methods: [addition, attacked], group: group,
            logger: Logger(label: "rpc-server"))
        try await server.run()
    }

    private static func addition(_ id: UInt16) -> RPCMethod {
        RPCMethod(
            id: id, name: "add",
            light: { (_, payload, output) throws(RPCError) -> Bool in
                guard payload.byteCount == 16 else { throw RPCError(.invalidArgument, "two 64-bit integers") }
                let left = UInt64(bigEndian: payload.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
                let right = UInt64(bigEndian: payload.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self))
                output.writeInteger(left &+ right)
                return true
            })
    }

    private static func echo(_ port: Int, _ group: MultiThreadedEventLoopGroup) async throws {
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Echo()) }
            }
            .bind(host: "127.0.0.1", port: port).get()
        try await listener.closeFuture.get()
    }
}

private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.write(data, promise: nil) }
    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
}
