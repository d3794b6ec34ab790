import Logging
import NIOCore
import Wire
import WireTransport

/// One connection of the server, on its event loop.
///
/// Requests are decoded where they were read, light ones answered into one buffer, and all answers to one read are
/// written together: no task, no allocation and no system call for each call.
final class ServerConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let id: UInt64
    let core: ServerCore
    let turns: TurnQueue
    // Exclusive access is not checked of what every call touches: it changes on the event loop alone, and nothing that is
    // called during a change comes back here.
    @exclusivity(unchecked) var session: ServerSession
    @exclusivity(unchecked) var context: ChannelHandlerContext?

    /// What was read of a frame that is not complete, or must wait for the client to read.
    var input = ByteBuffer()
    /// Bytes of a refused frame that are still to come.
    @exclusivity(unchecked) var skipping = 0
    /// The room taken for the frame that is being received.
    var lease: ByteBudget.Lease?
    /// When the bytes at hand were read. Timeouts of requests count from here.
    var arrival: NIODeadline
    /// The present, read once for each turn: deadlines of requests are compared with it.
    @exclusivity(unchecked) var now: NIODeadline
    var isProcessing = false

    @exclusivity(unchecked) var output: ByteBuffer
    @exclusivity(unchecked) var isFlushScheduled = false
    /// Since when nothing is looked at until the client reads.
    var pausedAt: NIODeadline?
    /// Nothing is looked at until other connections have had their turn.
    var isYielding = false

    /// When the last complete frame came.
    @exclusivity(unchecked) var lastFrame: NIODeadline
    var silenceWatch: Scheduled<Void>?

    /// Calls that were handed off and are not answered.
    var calls: [UInt64: HeavyCall] = [:]
    var deadlines = EarliestDeadline()

    init(id: UInt64, core: ServerCore, turns: TurnQueue, allocator: ByteBufferAllocator) {
        self.id = id
        self.core = core
        self.turns = turns
        session = ServerSession(
            maximumLength: core.limits.maximumLength, maximumCalls: core.limits.callsPerConnection)
        output = allocator.buffer(capacity: 1024)
        now = .now()
        arrival = now
        lastFrame = now
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { watchSilence(in: core.limits.handshakeTimeout) }
    }

    func channelActive(context: ChannelHandlerContext) {
        watchSilence(in: core.limits.handshakeTimeout)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { receive(unwrapInboundIn(data)) }

    func channelReadComplete(context: ChannelHandlerContext) {
        flush()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { clientHasRead() }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        silenceWatch?.cancel()
        // What is left of a read that is being looked at just now has nobody to be answered to.
        _ = session.close(.unavailable, "the connection has ended")
        giveUpCalls()
        context.fireChannelInactive()
    }

    var mayRead: Bool { pausedAt == nil && !isYielding }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        core.logger.debug("rpc connection failed", metadata: ["connection": "\(id)", "error": "\(error)"])
        context.close(promise: nil)
    }
}
