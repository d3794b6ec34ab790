import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers as HTTP/1.1 has them on the wire (RFC 9112).
///
/// In place of NIO's encoder, which takes another kind of headers: each of them would be copied once more, and head and body of a
/// short answer would be two writes.
final class AnswerEncoder: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = ByteBuffer

    /// Bytes of a body that are copied behind its head.
    private static let shortBody = 8 * 1024
    /// Bytes of a head, about.
    private static let headBytes = 768

    /// What is encoded and goes with the next write, or flush.
    private var pending: ByteBuffer?
    private var hasBody = false
    private var isChunked = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            writePending(context)
            pending = encode(head)
            if promise != nil { writePending(context, promise) }
        case .body(let bytes):
            if !hasBody {
                writeLater(ByteBuffer(), context, promise)
            } else if isChunked {
                // An empty one would be the last (section 7.1).
                guard bytes.readableBytes > 0 else { return writeLater(ByteBuffer(), context, promise) }
                writeLater(ByteBuffer(string: String(bytes.readableBytes, radix: 16) + "\r\n"), context)
                writeLater(bytes, context)
                writeLater(ByteBuffer(string: "\r\n"), context, promise)
            } else {
                writeLater(bytes, context, promise)
            }
        case .end(let trailers):
            guard isChunked else { return writePending(context, promise) }
            var end = ByteBuffer(string: "0\r\n")
            for field in trailers ?? [:] { end.write(field) }
            end.writeString("\r\n")
            writeLater(end, context)
            writePending(context, promise)
        }
    }

    func flush(context: ChannelHandlerContext) {
        writePending(context)
        context.flush()
    }

    private func encode(_ head: HTTPResponse) -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(Self.headBytes)
        bytes.writeString("HTTP/1.1 \(head.status.code) ")
        bytes.writeString(head.status.reasonPhrase)
        bytes.writeString("\r\n")
        hasBody = head.status.mayHaveBody
        var hasLength = false
        for field in head.headerFields {
            switch field.name {
            case .contentLength where !hasBody, .transferEncoding: continue
            case .contentLength: hasLength = true
            default: break
            }
            bytes.write(field)
        }
        isChunked = hasBody && !hasLength
        if isChunked { bytes.writeString("Transfer-Encoding: chunked\r\n") }
        bytes.writeString("\r\n")
        return bytes
    }

    /// Together with what waits, where both are short.
    private func writeLater(
        _ bytes: ByteBuffer, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil
    ) {
        if bytes.readableBytes <= Self.shortBody, pending?.writeImmutableBuffer(bytes) != nil {
            if promise != nil || pending?.readableBytes ?? 0 > Self.shortBody { writePending(context, promise) }
            return
        }
        writePending(context)
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    private func writePending(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil) {
        if let bytes = pending.take() {
            context.write(wrapOutboundOut(bytes), promise: promise)
        } else if promise != nil {
            // In its turn, after all that was written.
            context.write(wrapOutboundOut(ByteBuffer()), promise: promise)
        }
    }
}

extension HTTPResponse.Status {
    /// RFC 9112, section 6.3.
    fileprivate var mayHaveBody: Bool { kind != .informational && self != .noContent && self != .notModified }
}

extension ByteBuffer {
    fileprivate mutating func write(_ field: HTTPField) {
        writeString(field.name.rawName)
        writeString(": ")
        field.withUnsafeBytesOfValue { _ = writeBytes($0) }
        writeString("\r\n")
    }
}
