import Logging
import NIOCore
import Wire
import WireTransport

/// One connection to one server, on the event loop of the client.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let slot: Int
    private let core: ClientCore
    // As in ClientCore.
    @exclusivity(unchecked) private(set) var session: ClientSession
    @exclusivity(unchecked) private var context: ChannelHandlerContext?
    private var input = ByteBuffer()
    @exclusivity(unchecked) private var output: ByteBuffer
    @exclusivity(unchecked) private var isDirty = false
    private var lastRead = NIODeadline.now()
    private var watch: Scheduled<Void>?
    private var isPinged = false

    init(slot: Int, core: ClientCore, allocator: ByteBufferAllocator) {
        self.slot = slot
        self.core = core
        session = ClientSession(maximumLength: core.configuration.maximumLength)
        output = allocator.buffer(capacity: 1024)
    }

    // MARK: Channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { greet() }
    }

    func channelActive(context: ChannelHandlerContext) {
        greet()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        core.executor.beginTurn()
        lastRead = .now()
        isPinged = false
        var bytes = unwrapInboundIn(data)
        if input.readableBytes == 0 {
            process(&bytes)
            if bytes.readableBytes > 0 {
                input.clear()
                input.writeBuffer(&bytes)
            }
        } else {
            input.writeBuffer(&bytes)
            process(&input)
            input.discardReadBytes()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        core.executor.endTurn()
        flush()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end("the connection was lost")
        watch?.cancel()
        core.ended(self, "the connection was lost")
        core.executor.leaveTurn()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        core.logger.debug("rpc connection failed", metadata: ["slot": "\(slot)", "error": "\(error)"])
        context.close(promise: nil)
    }

    // MARK: Input

    private func process(_ bytes: inout ByteBuffer) {
        do throws(FrameViolation) {
            while let (header, step) = try session.next(bytes.readableBytesSpan) {
                try handle(header, step, bytes)
                bytes.moveReaderIndex(forwardBy: header.frameSize)
            }
        } catch {
            violated(error)
        }
        if session.phase == .closed { bytes.clear() }
    }

    @inline(__always)
    private func handle(
        _ header: FrameHeader, _ step: ClientSession.Step, _ bytes: ByteBuffer
    ) throws(FrameViolation) {
        let range = FrameHeader.size..<header.frameSize
        switch step {
        case .answer:
            let payload = bytes.getSlice(at: bytes.readerIndex + FrameHeader.size, length: header.payloadLength)
            try core.answered(header.id, by: slot, payload ?? ByteBuffer())
        case .failure:
            let error = RPCError(header, payload: bytes.readableBytesSpan.extracting(range))
            try core.answered(header.id, by: slot, error)
        case .greeted:
            try session.greeted(Hello(bytes.readableBytesSpan.extracting(range)))
            watchSilence()
            core.connected(self)
        case .leave: leave(Goaway(header, payload: bytes.readableBytesSpan.extracting(range)))
        case .pong:
            output.append(FrameHeader(.pong, id: header.id))
            isDirty = true
        case .ignore: break
        }
    }

    private func leave(_ goaway: Goaway) {
        core.logger.debug(
            "rpc server goes away",
            metadata: ["slot": "\(slot)", "status": "\(goaway.status.name)", "why": "\(goaway.message)"])
        let wasGreeting = session.phase == .greeting
        session.leave(goaway)
        if wasGreeting || goaway.status != .ok {
            end("the server ended the connection: \(goaway.message)", lastID: goaway.lastID)
        } else {
            core.left(self, lastID: goaway.lastID)
        }
    }

    /// The server does what it must not.
    private func violated(_ violation: FrameViolation) {
        core.logger.warning("rpc server breaks the protocol", metadata: ["slot": "\(slot)", "how": "\(violation)"])
        Goaway(lastID: 0, status: violation.status, message: violation.description).appendFrame(to: &output)
        end("the server broke the protocol: \(violation)")
    }

    // MARK: Output

    /// Appends a request, to be written at the end of this turn.
    /// - Returns: Why it cannot be sent.
    @inline(__always)
    func send<Payload: WirePayload>(
        id: UInt64, method: UInt16, timeout: UInt32, trace: TraceContext?, _ payload: Payload
    ) -> RPCError? {
        guard let context, session.phase == .open else { return .notConnected }
        if !context.channel.isWritable, isBehind(context) { return .serverIsBehind }
        let start = output.writerIndex
        output.append(
            FrameHeader(.request, flags: trace == nil ? .none : .trace, code: method, id: id, timeout: timeout))
        trace?.append(to: &output)
        payload.encode(into: &output)
        let length = output.writerIndex - start - FrameHeader.lengthFieldSize
        guard length <= Int(session.peerMaximumLength) else {
            output.moveWriterIndex(to: start)
            return .requestTooLarge
        }
        output.setInteger(UInt32(length), at: start)
        becomeDirty()
        return nil
    }

    func sendCancel(_ id: UInt64) {
        guard session.phase != .closed else { return }
        output.append(FrameHeader(.cancel, id: id))
        becomeDirty()
    }

    func flush() {
        isDirty = false
        guard output.readableBytes > 0, let context else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
        output.moveReaderIndex(to: output.writerIndex)
        output.discardReadBytes()
    }

    private func becomeDirty() {
        guard !isDirty else { return }
        isDirty = true
        core.mustFlush(self)
    }

    private func isBehind(_ context: ChannelHandlerContext) -> Bool {
        let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        return waiting + output.readableBytes > core.configuration.outputLimit
    }

    // MARK: Life

    private func greet() {
        // It may have been given up while it was being made.
        guard session.phase != .closed else {
            context?.close(promise: nil)
            return
        }
        session.hello.appendFrame(to: &output)
        flush()
        watch = context?.eventLoop.assumeIsolated().scheduleTask(in: core.configuration.connectTimeout) {
            if self.session.phase == .greeting { self.end("the server did not greet in time") }
        }
    }

    /// Asks for a sign of life where there was none for a while.
    private func watchSilence() {
        watch?.cancel()
        let limits = core.configuration
        let idle = TimeAmount.milliseconds(Int64(session.peerIdleTimeout))
        let interval =
            idle > .zero
            ? min(limits.pingInterval, max(.nanoseconds(idle.nanoseconds / 3), .milliseconds(1))) : limits.pingInterval
        let due = isPinged ? lastRead + interval + limits.pingTimeout : lastRead + interval
        watch = context?.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.checkSilence(interval)
        }
    }

    private func checkSilence(_ interval: TimeAmount) {
        guard session.phase != .closed else { return }
        if lastRead + interval <= .now() {
            if isPinged { return end("the server gave no sign of life") }
            isPinged = true
            output.append(FrameHeader(.ping, id: 0))
            flush()
        }
        watchSilence()
    }

    /// Closes the connection. Calls that it has fail.
    /// - Parameter lastID: Calls above were not begun, as the server says.
    func end(_ why: String, lastID: UInt64 = .max) {
        guard session.close() else { return }
        flush()
        core.failed(self, why, lastID: lastID)
        context?.close(promise: nil)
    }
}
