package import NIOCore

/// What a server takes at most. Whoever asks for more is told so at once.
package struct RPCServerLimits: Sendable {
    /// Connections at once. One more is told why, and closed.
    package var connections = 1_024
    /// The largest length field of a frame. A request of a million numbers fits.
    package var maximumLength: UInt32 = 16 << 20
    /// Calls of one connection that are handed off and not answered yet.
    package var callsPerConnection = 128
    /// The same of all connections.
    package var calls = 1_024
    /// Threads for calls that are handed off. Event loops are not counted.
    package var workers = max(1, System.coreCount - 1)
    /// Bytes of requests over ``RPCServerLimits/freeFrame`` that are being received or worked on, of all connections.
    package var largeRequestBytes = 128 << 20
    /// How long the event loop answers one connection before others get their turn; an eighth where others wait.
    package var turn = TimeAmount.milliseconds(1)
    /// Bytes of answers that wait for a client to read them: above, no more of its requests are looked at.
    package var outputHighWater = 256 << 10
    /// Where that ends.
    package var outputLowWater = 64 << 10
    /// Bytes of answers at which a client that does not read is disconnected. The largest answer has to fit.
    package var outputLimit = 48 << 20
    /// From connecting to the hello.
    package var handshakeTimeout = TimeAmount.seconds(5)
    /// Without a complete frame and without a call in flight.
    package var idleTimeout = TimeAmount.seconds(60)
    /// How long a client may keep the server from writing.
    package var stallTimeout = TimeAmount.seconds(30)
    /// How long a connection that was told to go is listened to, so that it can read why.
    package var lingerTimeout = TimeAmount.seconds(1)
    /// For a call that is handed off; a request that leaves more time gets this much.
    package var callTimeout = TimeAmount.seconds(60)
    /// From the stop of the server to the end of calls in flight.
    package var drainTimeout = TimeAmount.seconds(20)

    /// Bytes of frames that count against no budget: as much as is read at a time.
    static let freeFrame = 64 << 10

    package init() {}
}
