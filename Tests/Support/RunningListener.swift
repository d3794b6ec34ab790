package import HTTP
package import Hummingbird
import Logging
package import NIOCore
import NIOPosix

/// Runs a listener on a free port of this machine for as long as the operation takes.
package func withListener<Value: Sendable>(
    _ router: Router<ServerRequestContext>, limits: ConnectionLimits = ConnectionLimits(),
    _ operation: @Sendable (HTTPAddress) async throws -> Value
) async throws -> Value {
    let (bound, continuation) = AsyncStream.makeStream(of: HTTPAddress.self)
    let listener = HTTPListener(
        name: "test.port", host: "127.0.0.1", port: 0, router: router,
        answers: ProblemAnswers(publicURL: "https://bursar.example"), limits: limits, logger: .quiet
    ) { continuation.yield($0) }
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
package func exchange(_ text: String, with address: HTTPAddress) async throws -> String {
    try await exchange([ByteBuffer(string: text)], with: address)
}

/// Sends the parts, each after the one before was written, while it reads everything that comes back until the other side
/// closes; what cannot be sent any more is left.
package func exchange(
    _ parts: some AsyncSequence<ByteBuffer, Never> & Sendable, with address: HTTPAddress
) async throws -> String {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: address.host, port: address.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await part in parts { try? await outbound.write(part) } }
            defer { group.cancelAll() }
            var answer = ""
            for try await part in inbound { answer += String(buffer: part) }
            return answer
        }
    }
}

package func exchange(_ parts: [ByteBuffer], with address: HTTPAddress) async throws -> String {
    let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
    for part in parts { continuation.yield(part) }
    continuation.finish()
    return try await exchange(stream, with: address)
}
