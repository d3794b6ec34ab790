import Logging
import NIOCore
import Wire
import WireTransport

extension ServerConnection {
    /// Payloads above this many bytes are written as they are, not copied into the common buffer.
    private static var largePayload: Int { 16 << 10 }

    func answer(_ id: UInt64, _ error: RPCError) { error.appendFrame(id: id, to: &output) }

    func answer(_ id: UInt64, _ payload: ByteBuffer) {
        let header = FrameHeader(.response, id: id, payloadLength: payload.readableBytes)
        guard header.length <= Int(session.peerMaximumLength) else { return answer(id, .answerTooLarge) }
        output.append(header)
        guard payload.readableBytes > Self.largePayload, let context else {
            output.writeBytes(payload.readableBytesSpan)
            return
        }
        writeOutput()
        context.write(wrapOutboundOut(payload), promise: nil)
        scheduleFlush()
    }

    /// Writes what was answered, and gives up on a client that lets too much of it pile up.
    func flush() {
        guard let context else { return }
        writeOutput()
        context.flush()
        guard !context.channel.isWritable else { return }
        let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        if let waiting, waiting > core.limits.outputLimit {
            core.logger.info("rpc client does not read its answers", metadata: ["connection": "\(id)"])
            context.close(promise: nil)
        }
    }

    /// Once at the end of this turn of the event loop, however often it is asked for.
    func scheduleFlush() {
        guard !isFlushScheduled, let context else { return }
        isFlushScheduled = true
        context.eventLoop.assumeIsolated().execute {
            self.isFlushScheduled = false
            self.flush()
        }
    }

    /// Writes, and stops looking at requests until the client has read, if it is behind.
    func pauseIfBehind() {
        flush()
        guard let context, !context.channel.isWritable else { return }
        let since = now
        pausedAt = since
        context.eventLoop.assumeIsolated().scheduleTask(in: core.limits.stallTimeout) {
            guard self.pausedAt == since else { return }
            self.core.logger.info("rpc client stalls", metadata: ["connection": "\(self.id)"])
            self.closeNow()
        }
    }

    private func writeOutput() {
        guard output.readableBytes > 0, let context else { return }
        context.write(wrapOutboundOut(output), promise: nil)
        // The channel lets go of the bytes when it has written them. Usually that is within the flush, so by the next
        // answer the buffer is ours alone again.
        output.moveReaderIndex(to: output.writerIndex)
    }
}
