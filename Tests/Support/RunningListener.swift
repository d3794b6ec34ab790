import HTTP
import Hummingbird
import Logging
import NIOCore
import NIOPosix

/// Runs a listener on a free port of this machine for as long as the operation takes.
func withListener<Value: Sendable>(
    _ router: Router<ServerRequestContext>, _ operation: @Sendable (HTTPAddress) async throws -> Value
) async throws -> Value {
    let (bound, continuation) = AsyncStream.makeStream(of: HTTPAddress.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let listener = HTTPListener(name: "test.port", host: "127.0.0.1", port: 0, router: router, logger: logger) {
        continuation.yield($0)
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { continuation.finish() }
            try await listener.run()
        }
        defer { group.cancelAll() }
        for await address in bound { return try await operation(address) }
        try await group.waitForAll()
        throw ChannelError.ioOnClosedChannel
    }
}

/// Sends the bytes and answers everything that comes back until the other side closes.
func exchange(_ text: String, with address: HTTPAddress) async throws -> String {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: address.host, port: address.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: text))
        var answer = ""
        for try await part in inbound { answer += String(buffer: part) }
        return answer
    }
}
