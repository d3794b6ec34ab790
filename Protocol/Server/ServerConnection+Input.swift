import NIOCore
import Wire
import WireTransport

extension ServerConnection {
    /// Calls between two looks at the clock.
    private static var callsBetweenClocks: Int { 8 }

    func receive(_ read: ByteBuffer) {
        guard session.phase != .closing else { return }
        now = .now()
        arrival = now
        var bytes = read
        skip(in: &bytes)
        guard input.readableBytes > 0 else {
            process(&bytes)
            return keep(bytes)
        }
        input.writeBuffer(&bytes)
        processInput()
    }

    /// Looks at what waited for the client to read.
    func clientHasRead() {
        // Within a turn of processing, that turn goes on by itself.
        guard pausedAt != nil, !isProcessing else { return }
        pausedAt = nil
        resume()
    }

    /// Lets other connections have their turn first.
    private func yield() {
        isYielding = true
        turns.append(self)
    }

    func takeTurn() {
        isYielding = false
        resume()
    }

    private func resume() {
        guard mayRead, session.phase != .closing, context != nil else { return }
        now = .now()
        lastFrame = now
        processInput()
        flush()
        if mayRead { context?.read() }
    }

    private func processInput() {
        var bytes = ByteBuffer()
        swap(&bytes, &input)
        process(&bytes)
        bytes.discardReadBytes()
        input = bytes
    }

    /// Holds on to what is left of a read.
    private func keep(_ rest: ByteBuffer) {
        guard rest.readableBytes > 0 else { return }
        if rest.readableBytes < RPCServerLimits.freeFrame / 2 {
            // A copy of a little beats holding on to the whole of what was read.
            var rest = rest
            input.clear()
            input.writeBuffer(&rest)
        } else {
            input = rest
        }
    }

    private func skip(in bytes: inout ByteBuffer) {
        guard skipping > 0 else { return }
        let count = min(skipping, bytes.readableBytes)
        bytes.moveReaderIndex(forwardBy: count)
        skipping -= count
    }

    /// Handles the frames that are complete, as long as it is this connection's turn and the client reads. What is left
    /// is the start of one that is not, or waits.
    private func process(_ bytes: inout ByteBuffer) {
        isProcessing = true
        defer { isProcessing = false }
        var calls = 0
        let turn = turns.turn
        do throws(FrameViolation) {
            while mayRead, session.phase != .closing {
                let header = try FrameHeader.parse(
                    bytes.readableBytesSpan, at: 0, maximumLength: session.acceptedLength)
                guard let header else { break }
                guard bytes.readableBytes >= header.frameSize else {
                    if hasRoom(for: header) { break }
                    try refuse(header)
                    skipping = header.frameSize
                    skip(in: &bytes)
                    break
                }
                lastFrame = now
                try handle(header, bytes)
                bytes.moveReaderIndex(forwardBy: header.frameSize)
                if output.readableBytes >= core.limits.outputHighWater { pauseIfBehind() }
                calls += 1
                if calls % Self.callsBetweenClocks == 0, .now() - now > turn { yield() }
            }
        } catch {
            end(error.status, error.description)
        }
        if session.phase == .closing { bytes.clear() }
    }

    /// Whether the rest of the frame may be collected.
    private func hasRoom(for header: FrameHeader) -> Bool {
        if header.frameSize > RPCServerLimits.freeFrame, lease == nil {
            lease = core.largeRequests.lease(header.frameSize)
            return lease != nil
        }
        return true
    }

    /// Answers a request that there is no room for, before its payload has come.
    private func refuse(_ header: FrameHeader) throws(FrameViolation) {
        guard try session.receive(header) == .call else { return }
        answer(
            header.id,
            RPCError(
                .resourceExhausted, "the server has as many large requests as it takes", reason: "large-requests",
                isRetryable: true))
    }

    @inline(__always)
    private func handle(_ header: FrameHeader, _ bytes: ByteBuffer) throws(FrameViolation) {
        switch try session.receive(header) {
        case .call: call(header, bytes)
        case .greet:
            let payload = bytes.readableBytesSpan.extracting(FrameHeader.size..<header.frameSize)
            let idle = UInt32(clamping: core.limits.idleTimeout.nanoseconds / 1_000_000)
            try session.greet(Hello(payload), idleTimeout: idle).appendFrame(to: &output)
            watchSilence(in: core.limits.idleTimeout)
        case .cancel: cancel(header.id)
        case .pong: output.append(FrameHeader(.pong, id: header.id))
        case .ignore: break
        }
    }
}
