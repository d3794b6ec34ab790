import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Hands the requests of a connection to the task that answers them, and its answers to the connection. All on the event loop.
///
/// - A request whose body has come with it is handed over whole, and is brief; of others the body follows as a stream.
/// - What was read and not yet taken is bounded: then the connection is not read, and so the client has to wait.
/// - A connection without a request is closed after ``ConnectionLimits/idle``, and at graceful shutdown.
final class HTTPExchange: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Bytes of bodies, and parts, that wait for the task.
    private static let maximumBytes = 128 * 1024
    private static let maximumParts = 64
    /// Bytes that a connection takes before it is asked whether it takes more.
    fileprivate static let portion = 64 * 1024
    /// For the client's side to end, when the process does.
    private static let lastWait = TimeAmount.seconds(2)

    private let idle: TimeAmount
    private var context: ChannelHandlerContext?

    // What comes in.
    private var parts = CircularBuffer<HTTPRequestPart>()
    private var bytes = 0
    private var isReadHeldBack = false
    /// The rest of a request that was answered before its end is dropped as it comes.
    private var isSkipping = false
    private var isInputOver = false
    private var failure: (any Error)?

    // What the task is at.
    private var partWaiter: CheckedContinuation<HTTPRequestPart?, any Error>?
    private var writableWaiter: CheckedContinuation<Void, any Error>?
    private var isAnswering = false
    /// The end of the request that is being answered has been taken.
    private var hasTakenEnd = true
    private var isLast = false
    private var idleSince = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    init(idle: TimeAmount) { self.idle = idle }

    // MARK: - For the task

    struct Incoming {
        let request: Request
        /// Its body is here.
        let isWhole: Bool
        /// It may be answered on the event loop.
        let isBrief: Bool
    }

    /// - Returns: Nil at the end of the connection.
    /// - Throws: What was wrong with the connection.
    func nextRequest() async throws -> Incoming? {
        guard let part = try await nextPart(), let context else { return nil }
        guard case .head(let head) = part else { throw HTTPExchangeError.unexpectedPart }
        isAnswering = true
        if let body = takeWholeBody() {
            hasTakenEnd = true
            // Whoever sends many requests ahead does not get the event loop for all of them in one go.
            let request = Request(head: head, body: RequestBody(buffer: body))
            return Incoming(request: request, isWhole: true, isBrief: !isFull)
        }
        hasTakenEnd = false
        let body = BodyStream(exchange: OnLoop(self, context.eventLoop))
        let request = Request(head: head, body: RequestBody(asyncSequence: body))
        return Incoming(request: request, isWhole: false, isBrief: false)
    }

    /// - Returns: Nil after the end of the request.
    func nextBytes() async throws -> ByteBuffer? {
        guard !hasTakenEnd, isAnswering else { return nil }
        let part: HTTPRequestPart?
        do {
            part = try await nextPart()
        } catch is IOError {
            throw HTTPExchangeError.brokenOff
        }
        switch part {
        case .body(let bytes): return bytes
        case .end:
            hasTakenEnd = true
            return nil
        case nil: throw HTTPExchangeError.brokenOff
        case .head: throw HTTPExchangeError.unexpectedPart
        }
    }

    /// Writes an answer: at once where its length is known, else as its parts come.
    func write(_ response: Response) async throws {
        guard let context else { throw ChannelError.ioOnClosedChannel }
        guard let length = response.body.contentLength, length <= Self.portion else {
            writeHead(response)
            return try await response.body.write(
                AnswerWriter(exchange: OnLoop(self, context.eventLoop), isWhole: response.body.contentLength != nil))
        }
        let answer = WholeAnswer()
        try await response.body.write(answer)
        guard answer.isFinished else { throw HTTPExchangeError.unfinished }
        writeHead(response)
        if let bytes = answer.bytes { write(.body(bytes)) }
        try await writeEnd(answer.trailers)
    }

    private func writeHead(_ response: Response) {
        var head = response.head
        if isLast { head.headerFields[.connection] = "close" }
        write(.head(head))
    }

    /// - Returns: Whether another request may follow.
    func endRequest() -> Bool {
        isAnswering = false
        if !hasTakenEnd { skip() }
        hasTakenEnd = true
        idleSince = .now()
        return !isLast
    }

    /// Waits until the connection takes more, no longer than it may be silent.
    func untilWritable() async throws {
        guard let context, context.channel.isActive else { throw ChannelError.ioOnClosedChannel }
        guard !context.channel.isWritable else { return }
        context.flush()
        // All of it may be gone already.
        guard !context.channel.isWritable else { return }
        let watch = closeSoon(context, in: idle)
        defer { watch.cancel() }
        try await withCheckedThrowingContinuation { writableWaiter = $0 }
    }

    /// Ends our side. At graceful shutdown nobody may make us wait for theirs.
    func endOutput() {
        guard let context else { return }
        context.close(mode: .output, promise: nil)
        if isLast { _ = closeSoon(context, in: Self.lastWait) }
    }

    /// The end of an answer: where nothing may follow it, only the connection's end does, and so it is waited for until it is sent.
    func writeEnd(_ trailers: HTTPFields?) async throws {
        guard let context else { throw ChannelError.ioOnClosedChannel }
        guard isLast || isInputOver || failure != nil else {
            write(.end(trailers))
            flush()
            if !context.channel.isWritable { try await untilWritable() }
            return
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(trailers)), promise: sent)
        let watch = closeSoon(context, in: idle)
        defer { watch.cancel() }
        try await sent.futureResult.get()
    }

    private func closeSoon(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }

    func write(_ part: HTTPResponsePart) { context?.write(wrapOutboundOut(part), promise: nil) }

    func flush() { context?.flush() }

    private func nextPart() async throws -> HTTPRequestPart? {
        if let part = takePart() { return part }
        if let failure = takeFailure() { throw failure }
        if isInputOver { return nil }
        return try await withCheckedThrowingContinuation { partWaiter = $0 }
    }

    // MARK: - What waits

    private func takePart() -> HTTPRequestPart? {
        guard let part = parts.popFirst() else { return nil }
        if case .body(let buffer) = part { bytes -= buffer.readableBytes }
        readOn()
        return part
    }

    /// The body of the request whose head was just taken, where its end is here.
    private func takeWholeBody() -> ByteBuffer? {
        guard let end = parts.firstIndex(where: { if case .end = $0 { true } else { false } }) else { return nil }
        var body: ByteBuffer?
        for _ in 0...parts.distance(from: parts.startIndex, to: end) {
            guard case .body(var buffer)? = takePart() else { continue }
            if body?.writeBuffer(&buffer) == nil { body = buffer }
        }
        return body ?? ByteBuffer()
    }

    private func skip() {
        while let part = takePart() {
            if case .end = part { return }
        }
        isSkipping = true
    }

    /// Told once: what follows is the guard's.
    private func takeFailure() -> (any Error)? {
        defer { failure = nil }
        return failure
    }

    private var isFull: Bool { bytes >= Self.maximumBytes || parts.count >= Self.maximumParts }

    private func readOn() {
        guard isReadHeldBack, !isFull else { return }
        isReadHeldBack = false
        context?.read()
    }

    // MARK: - The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        scheduleIdleCheck(context, in: idle)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isSkipping {
            if case .end = part { isSkipping = false }
            return
        }
        if case .body(let buffer) = part { bytes += buffer.readableBytes }
        parts.append(part)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        deliver()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if isFull { isReadHeldBack = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { writableWaiter.take()?.resume() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputOver = true
            deliver()
        case is ChannelShouldQuiesceEvent:
            isLast = true
            if !isAnswering, parts.isEmpty { context.close(promise: nil) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = error
        deliver()
    }

    private func deliver() {
        guard partWaiter != nil else { return }
        if let part = takePart() {
            partWaiter.take()?.resume(returning: part)
        } else if let failure = takeFailure() {
            partWaiter.take()?.resume(throwing: failure)
        } else if isInputOver {
            partWaiter.take()?.resume(returning: nil)
        }
    }

    private func end() {
        isInputOver = true
        idleCheck?.cancel()
        deliver()
        writableWaiter.take()?.resume(throwing: ChannelError.ioOnClosedChannel)
    }

    private func scheduleIdleCheck(_ context: ChannelHandlerContext, in time: TimeAmount) {
        idleCheck = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            let left = self.isAnswering ? self.idle : self.idleSince + self.idle - .now()
            if left > .zero { self.scheduleIdleCheck(context, in: left) } else { context.close(promise: nil) }
        }
    }
}

enum HTTPExchangeError: Error {
    /// The client is gone in the middle of a request.
    case brokenOff
    /// The parts of a request did not come in their order.
    case unexpectedPart
    /// An answer was not written to its end.
    case unfinished
}

/// An exchange for those who may be elsewhere than on its event loop.
private struct OnLoop: Sendable {
    private let exchange: NIOLoopBound<HTTPExchange>
    private let eventLoop: any EventLoop

    init(_ exchange: HTTPExchange, _ eventLoop: any EventLoop) {
        self.exchange = NIOLoopBound(exchange, eventLoop: eventLoop)
        self.eventLoop = eventLoop
    }

    func run<Value: Sendable>(_ body: @Sendable (HTTPExchange) async throws -> Value) async throws -> Value {
        guard !eventLoop.inEventLoop else { return try await body(exchange.value) }
        return try await withTaskExecutorPreference(EventLoopTaskExecutor(eventLoop)) { try await body(exchange.value) }
    }
}

/// The body of a request that has not come whole.
private struct BodyStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    struct AsyncIterator: AsyncIteratorProtocol {
        let exchange: OnLoop

        mutating func next() async throws -> ByteBuffer? { try await exchange.run { try await $0.nextBytes() } }
    }

    let exchange: OnLoop

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(exchange: exchange) }
}

/// Gathers the body of an answer that is short.
private final class WholeAnswer: ResponseBodyWriter {
    private(set) var bytes: ByteBuffer?
    private(set) var trailers: HTTPFields?
    private(set) var isFinished = false

    func write(_ buffer: ByteBuffer) {
        var buffer = buffer
        if bytes?.writeBuffer(&buffer) == nil { bytes = buffer }
    }

    func finish(_ trailers: HTTPFields?) {
        self.trailers = trailers
        isFinished = true
    }
}

/// Writes the body of an answer.
private struct AnswerWriter: ResponseBodyWriter, Sendable {
    let exchange: OnLoop
    /// Nothing of it is sent before its end.
    let isWhole: Bool

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await exchange.run { [isWhole] exchange in
            var rest = buffer
            while let portion = rest.readSlice(length: min(rest.readableBytes, HTTPExchange.portion)),
                portion.readableBytes > 0
            {
                exchange.write(.body(portion))
                if !isWhole { exchange.flush() }
                try await exchange.untilWritable()
            }
        }
    }

    consuming func finish(_ trailers: HTTPFields?) async throws {
        try await exchange.run { try await $0.writeEnd(trailers) }
    }
}
