import NIOCore
import Wire
import WireTransport

extension ServerConnection {
    /// Answers a request, or hands it off.
    @inline(__always)
    func call(_ header: FrameHeader, _ bytes: ByteBuffer) {
        let span = bytes.readableBytesSpan
        var start = FrameHeader.size
        var trace: TraceContext?
        if header.flags.contains(.trace) {
            trace = TraceContext(span.extracting(start..<start + TraceContext.size))
            start += TraceContext.size
        }
        let deadline = arrival + .microseconds(Int64(header.timeout))
        guard deadline > now else {
            return answer(header.id, RPCError(.deadlineExceeded, "the time was up before the call began"))
        }
        guard let method = core.methods[header.code] else {
            return answer(header.id, RPCError(.unimplemented, "method \(header.code) is not served here"))
        }
        let context = RPCContext(deadline: deadline, trace: trace)
        if let light = method.light {
            do throws(RPCError) {
                if try answer(header.id, light, context, span.extracting(start..<header.frameSize)) { return }
            } catch {
                return answer(header.id, error)
            }
        }
        guard let heavy = method.heavy else {
            return answer(header.id, RPCError(.internal, "\(method.name) did not answer"))
        }
        handOff(header.id, context, payload(of: bytes, start..<header.frameSize), heavy)
    }

    /// Lets the method append its answer.
    @inline(__always)
    private func answer(
        _ id: UInt64, _ light: RPCMethod.Light, _ context: RPCContext, _ payload: RawSpan
    ) throws(RPCError) -> Bool {
        let start = output.writerIndex
        output.append(FrameHeader(.response, id: id))
        let isAnswered: Bool
        do throws(RPCError) {
            isAnswered = try light(context, payload, &output)
        } catch {
            output.moveWriterIndex(to: start)
            throw error
        }
        guard isAnswered else {
            output.moveWriterIndex(to: start)
            return false
        }
        let length = output.writerIndex - start - FrameHeader.lengthFieldSize
        guard length <= Int(session.peerMaximumLength) else {
            output.moveWriterIndex(to: start)
            throw .answerTooLarge
        }
        output.setInteger(UInt32(length), at: start)
        return true
    }

    private func handOff(
        _ id: UInt64, _ context: RPCContext, _ payload: ByteBuffer, _ heavy: @escaping RPCMethod.Heavy
    ) {
        guard session.begin() else { return answer(id, .tooManyCalls) }
        let context = RPCContext(
            deadline: min(context.deadline, now + core.limits.callTimeout), trace: context.trace)
        let (lease, eventLoop) = (self.lease.take(), core.loop(of: self))
        let call = HeavyCall(id: id, context: context) { () async throws(RPCError) -> ByteBuffer in
            defer { withExtendedLifetime(lease) {} }
            return try await heavy(context, payload)
        } whenDone: { call, outcome in
            eventLoop.execute { $0.finish(call, outcome) }
        }
        guard core.scheduler.submit(call, of: self.id) else {
            _ = session.end()
            return answer(id, .tooManyCalls)
        }
        calls[id] = call
        watchDeadline(deadlines.add(context.deadline))
    }

    private func finish(_ call: HeavyCall, _ outcome: HeavyCall.Outcome) {
        guard calls.removeValue(forKey: call.id) != nil else { return }
        switch outcome {
        case .success(let payload): answer(call.id, payload)
        case .failure(let error): answer(call.id, error)
        }
        ended()
    }

    func cancel(_ id: UInt64) {
        guard let call = calls.removeValue(forKey: id) else { return }
        core.scheduler.cancel(call, of: self.id)
        ended()
    }

    /// Nobody is there to answer any more.
    func giveUpCalls() {
        let abandoned = calls.values
        calls = [:]
        for call in abandoned {
            core.scheduler.cancel(call, of: id)
            _ = session.end()
        }
    }

    private func ended() {
        if session.end() { closeWhenRead() }
        scheduleFlush()
    }

    private func watchDeadline(_ deadline: NIODeadline?) {
        guard let deadline, let context else { return }
        context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.expire() }
    }

    private func expire() {
        let now = NIODeadline.now()
        for (id, call) in calls where call.context.deadline <= now {
            answer(id, RPCError(.deadlineExceeded, "the time was up"))
            cancel(id)
        }
        watchDeadline(deadlines.fired(now: now, next: calls.values.map(\.context.deadline).min()))
    }

    /// The bytes of a payload by themselves. Copied where they are few, so that they do not hold on to everything else
    /// that was read with them.
    private func payload(of bytes: ByteBuffer, _ range: Range<Int>) -> ByteBuffer {
        guard range.count >= RPCServerLimits.freeFrame / 2 else {
            var payload = ByteBufferAllocator().buffer(capacity: range.count)
            payload.writeBytes(bytes.readableBytesSpan.extracting(range))
            return payload
        }
        return bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}

extension RPCError {
    static let answerTooLarge = RPCError(
        .resourceExhausted, "the answer is longer than the client accepts", reason: "answer-too-large")
    static let tooManyCalls = RPCError(
        .resourceExhausted, "the server has as many calls as it takes", reason: "calls", isRetryable: true)
}
