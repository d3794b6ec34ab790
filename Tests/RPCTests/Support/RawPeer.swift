import NIOCore
import NIOPosix
import Wire
import WireTransport

/// A client that sends what bytes it likes.
struct RawPeer {
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var pending = ByteBuffer()
    let channel: any Channel

    static func with<Value: Sendable>(
        _ address: SocketAddress, _ operation: sending (inout RawPeer) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var peer = RawPeer(
                outbound: outbound, inbound: inbound.makeAsyncIterator(), channel: channel.channel)
            return try await operation(&peer)
        }
    }

    private init(
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, channel: any Channel
    ) {
        self.outbound = outbound
        self.inbound = inbound
        self.channel = channel
    }

    func send(_ bytes: ByteBuffer) async throws { try await outbound.write(bytes) }

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    func send(_ header: FrameHeader, _ payload: [UInt8] = []) async throws {
        try await send(Self.frame(header, payload))
    }

    static func frame(_ header: FrameHeader, _ payload: [UInt8] = []) -> ByteBuffer {
        var header = header
        header.payloadLength = payload.count
        var bytes = ByteBuffer()
        bytes.append(header)
        bytes.writeBytes(payload)
        return bytes
    }

    func sendHello(lowest: UInt16 = 1, highest: UInt16 = 1, maximumLength: UInt32 = 16 << 20) async throws {
        var bytes = ByteBuffer()
        Hello(
            lowestVersion: lowest, highestVersion: highest, maximumLength: maximumLength, maximumCalls: 0,
            idleTimeout: 0
        ).appendFrame(to: &bytes)
        try await send(bytes)
    }

    /// Sends a hello and takes the answer.
    mutating func greet() async throws {
        try await sendHello()
        let answer = try await next()
        guard answer?.header.kind == .hello else { throw ChannelError.ioOnClosedChannel }
    }

    /// The next frame. Nil where the server has ended the connection.
    mutating func next() async throws -> (header: FrameHeader, payload: ByteBuffer)? {
        while true {
            let header = try FrameHeader.parse(pending.readableBytesSpan, at: 0, maximumLength: .max)
            if let header, pending.readableBytes >= header.frameSize {
                pending.moveReaderIndex(forwardBy: FrameHeader.size)
                return (header, pending.readSlice(length: header.payloadLength) ?? ByteBuffer())
            }
            guard var bytes = try await inbound.next() else { return nil }
            pending.writeBuffer(&bytes)
        }
    }

    /// Takes the goaway that ends the connection.
    mutating func goaway() async throws -> Goaway? {
        while let frame = try await next() {
            if frame.header.kind == .goaway {
                return Goaway(frame.header, payload: frame.payload.readableBytesSpan)
            }
        }
        return nil
    }
}
