import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Keeps one connection within its ``ConnectionLimits``, and answers what is no HTTP. What follows it speaks HTTPTypes.
///
/// - Who connects and sends no headers is closed; who sends a body too slowly gets 408, by an error that its reader sees.
/// - After an answer that comes before the end of its request, the rest of a short body is read in the time that bodies have; else
///   the connection ends: the rest is dropped for a moment, and not read.
/// - What cannot be parsed is a problem document too, 400 or 431.
/// - `Expect: 100-continue` (RFC 9110, section 10.1.1) is answered at once.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private let answers: ProblemAnswers
    private var pacing: RequestPacing
    private var firstHeaders: Scheduled<Void>?
    private var check: Scheduled<Void>?
    /// Bytes dropped since the last answer; nil while there is no last one.
    private var dropped: Int?
    /// The client wants another protocol after this request (RFC 9110, section 7.8). We have none: what follows is not read, and the
    /// connection ends with the answer.
    private var isUpgrade = false

    init(_ limits: ConnectionLimits, answers: ProblemAnswers) {
        self.limits = limits
        self.answers = answers
        pacing = RequestPacing(limits)
    }

    // MARK: - The connection

    func channelActive(context: ChannelHandlerContext) {
        firstHeaders = context.eventLoop.assumeIsolated().scheduleTask(in: limits.firstHeaders) {
            guard !self.pacing.hasReadHeaders else { return }
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancelTimers()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancelTimers() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if dropped != nil, case ChannelEvent.inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
            return
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func cancelTimers() {
        firstHeaders?.cancel()
        check?.cancel()
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if let dropped {
            drop(part, after: dropped, context)
            return
        }
        switch part {
        case .head(let head):
            do {
                let request = try HTTPRequest(origin: head)
                begin(request, context)
                context.fireChannelRead(wrapInboundOut(.head(request)))
            } catch {
                errorCaught(context: context, error: error)
            }
        case .body(let bytes):
            pacing.bytesRead(bytes.readableBytes, now: .now())
            context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end(let trailers):
            pacing.endRead()
            context.fireChannelRead(wrapInboundOut(.end(trailers.map { HTTPFields($0, splitCookie: false) })))
        }
    }

    private func begin(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        if !pacing.hasReadHeaders { firstHeaders?.cancel() }
        pacing.headersRead(length: head.headerFields.first(.contentLength).flatMap { Int($0) })
        if head.method == .connect || head.headerFields.contains(.upgrade) {
            isUpgrade = true
            pacing.requestFailed()
        }
        // Not into the midst of an answer.
        if pacing.unanswered == 1, head.headerFields.first(.expect)?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Nobody else asks for what nobody else gets.
        if dropped != nil { context.read() }
        // Most requests are read whole at once, and need no timer.
        if pacing.isReadingBody, check == nil { scheduleCheck(context) }
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if isUpgrade, !pacing.isReadingBody { return }
        pacing.asked(now: .now())
        context.read()
    }

    private func scheduleCheck(_ context: ChannelHandlerContext) {
        let interval = min(TimeAmount.seconds(2), limits.bodyGrace)
        check = context.eventLoop.assumeIsolated().scheduleTask(in: interval) {
            self.check = nil
            guard self.pacing.isReadingBody, self.dropped == nil else { return }
            if self.pacing.isTooSlow(now: .now()) {
                self.pacing.requestFailed()
                context.fireErrorCaught(
                    Problem.requestTimeout(
                        "the body comes too slowly: waiting may take \(self.limits.bodyGrace.wholeSeconds) s, and a second for each \(self.limits.bodyRate) bytes"
                    ))
            } else {
                self.scheduleCheck(context)
            }
        }
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational && pacing.answerBegins():
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where pacing.answerEnded():
            context.writeAndFlush(data, promise: promise)
            if isUpgrade {
                // The client gets to read it: what it sent, and nobody reads, would have the connection reset.
                context.close(mode: .output, promise: nil)
                closeAfterLinger(context)
            } else {
                linger(context)
            }
        default:
            context.write(data, promise: promise)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A connection that failed is not answered.
        if error is IOError || error is ChannelError {
            context.fireErrorCaught(error)
            return
        }
        // What is dropped may be anything.
        guard dropped == nil else { return }
        // Within a request its reader is told.
        guard !pacing.isReadingBody, pacing.unanswered == 0 else {
            pacing.requestFailed()
            context.fireErrorCaught(error)
            return
        }
        let id = RequestID().description
        let problem =
            error as? HTTPParserError == .headerOverflow
            ? Problem.headersTooLarge(limit: limits.headerBytes, count: limits.headerCount)
            : Problem.malformedRequest("this is not HTTP/1.1")
        let body = answers.document(problem, instance: nil, requestID: id)
        var headers = problem.headers
        headers[.contentType] = ProblemAnswers.contentType
        headers[.contentLength] = String(body.readableBytes)
        headers[.xRequestID] = id
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // What comes after it cannot be told from what was meant before.
        context.close(mode: .output, promise: nil)
        linger(context)
    }

    /// Closing a connection whose client still sends would take the answer from it: TCP resets, and the client drops what it has.
    /// Some clients even take the end of our side for a failure of theirs, so it stays open until theirs ends.
    private func linger(_ context: ChannelHandlerContext) {
        dropped = 0
        closeAfterLinger(context)
        context.read()
    }

    private func closeAfterLinger(_ context: ChannelHandlerContext) {
        check?.cancel()
        check = context.eventLoop.assumeIsolated().scheduleTask(in: limits.linger) { context.close(promise: nil) }
    }

    private func drop(_ part: HTTPServerRequestPart, after count: Int, _ context: ChannelHandlerContext) {
        switch part {
        case .body(let bytes) where count + bytes.readableBytes <= limits.lingerBytes:
            dropped = count + bytes.readableBytes
        // All is read, or too much.
        case .head, .body, .end: context.close(promise: nil)
        }
    }
}

extension TimeAmount {
    fileprivate var wholeSeconds: Int64 { nanoseconds / 1_000_000_000 }
}

extension HTTPRequest {
    /// - Parameter head: With a target in origin-form (RFC 9112, section 3.2.1), mostly.
    fileprivate init(origin head: HTTPRequestHead) throws {
        if head.uri.utf8.first == UInt8(ascii: "/") {
            // As the other initializer, without a look for a scheme.
            self.init(
                method: try Method(head.method), scheme: "http", authority: head.headers.first(name: "Host"),
                path: head.uri, headerFields: HTTPFields(head.headers, splitCookie: false))
        } else {
            try self.init(head, secure: false, splitCookie: false)
        }
        // Said in one way, whether by one option among others or by the version, which is not passed on (RFC 9112, section 9.3).
        if !head.isKeepAlive { headerFields[.connection] = "close" }
    }
}
