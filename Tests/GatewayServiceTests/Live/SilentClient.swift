import Glibc
import HTTP
import NIOCore
import NIOPosix

/// A client that asks and then reads nothing.
struct SilentClient: Sendable {
    private let channel: any Channel

    init(_ address: HTTPAddress, _ request: String) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 4096)
            .connect(host: address.host, port: address.port).get()
        try await channel.writeAndFlush(ByteBuffer(string: request))
    }

    func close() async throws {
        do { try await channel.close() } catch ChannelError.alreadyClosed {}
    }
}
