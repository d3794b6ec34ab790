import Logging
import NIOCore
import NIOPosix
import Wire
import WireServer
import WireTransport

/// Our server, adding two 64-bit integers, and with what attack.py asks for: `rpc-server <port>`. With `echo` as second
/// argument, a raw NIO echo server.
@main
enum RPCServerBenchmark {
    static func main() async throws {
        let port = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 7401 : 7401
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        if CommandLine.arguments.count > 2 { return try await echo(port, group) }
        let add = RPCMethod(
            Add.self,
            light: { (request, _, answer) throws(RPCError) -> Bool in
                answer(Add.Response(sum: request.left &+ request.right))
                return true
            }, heavy: nil)
        let server = RPCServer(
            host: "127.0.0.1", port: port, methods: [add] + TestMethods().all.filter { $0.id != Add.id },
            group: group, logger: Logger(label: "rpc-server"))
        try await server.run()
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
