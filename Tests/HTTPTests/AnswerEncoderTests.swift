import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import HTTP

struct AnswerEncoderTests {
    /// What is written, one entry for each write.
    private static func written(_ parts: [HTTPResponsePart]) throws -> [String] {
        let channel = EmbeddedChannel(handler: AnswerEncoder())
        for part in parts { channel.write(part, promise: nil) }
        channel.flush()
        var written: [String] = []
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { written.append(String(buffer: bytes)) }
        #expect(try channel.finish(acceptAlreadyClosed: true).isClean)
        return written
    }

    private static func head(_ status: HTTPResponse.Status, _ fields: HTTPFields = [:]) -> HTTPResponsePart {
        .head(HTTPResponse(status: status, headerFields: fields))
    }

    private static func body(_ text: String) -> HTTPResponsePart { .body(ByteBuffer(string: text)) }

    @Test func aShortAnswerIsOneWrite() throws {
        let written = try Self.written([
            Self.head(.ok, [.contentLength: "4", .contentType: "text/plain"]), Self.body("do"), Self.body("ne"),
            .end(nil),
        ])
        #expect(written == ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Type: text/plain\r\n\r\ndone"])
    }

    @Test func aLongBodyIsNotCopied() throws {
        let text = String(repeating: "x", count: 100_000)
        let written = try Self.written([
            Self.head(.ok, [.contentLength: "100001"]), Self.body(text), Self.body("y"), .end(nil),
        ])
        #expect(written == ["HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n", text, "y"])
    }

    /// RFC 9112, section 7.1.
    @Test func withoutALengthItIsChunked() throws {
        let written = try Self.written([
            Self.head(.ok), Self.body("first"), Self.body(""), Self.body(String(repeating: "x", count: 20)),
            .end([.eTag: "\"1\""]),
        ])
        #expect(
            written.joined()
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n14\r\n\(String(repeating: "x", count: 20))\r\n0\r\nETag: \"1\"\r\n\r\n"
        )
    }

    /// RFC 9112, section 6.3: nor do they say that they have one.
    @Test(arguments: [HTTPResponse.Status.noContent, .notModified, .continue])
    func someStatusesHaveNoBody(status: HTTPResponse.Status) throws {
        let written = try Self.written([
            Self.head(status, [.contentLength: "0", .transferEncoding: "chunked"]), Self.body("x"), .end(nil),
        ])
        #expect(written == ["HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n\r\n"])
    }

    @Test func aLengthIsTheFraming() throws {
        let written = try Self.written([
            Self.head(.ok, [.contentLength: "0", .transferEncoding: "chunked"]), .end(nil),
        ])
        #expect(written == ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
    }

    @Test func nothingIsHeldBackByAFlush() throws {
        let channel = EmbeddedChannel(handler: AnswerEncoder())
        channel.writeAndFlush(Self.head(.continue), promise: nil)
        #expect(
            try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) } == "HTTP/1.1 100 Continue\r\n\r\n")
        channel.write(Self.head(.ok), promise: nil)
        channel.writeAndFlush(Self.body("1"), promise: nil)
        #expect(
            try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n")
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    /// Whoever waits for a part learns of it once all before it is written too.
    @Test(arguments: [HTTPFields(), [.contentLength: "2"]])
    func promisesAreKeptInOrder(fields: HTTPFields) throws {
        let channel = EmbeddedChannel(handler: AnswerEncoder())
        let loop = channel.embeddedEventLoop
        let promises = (0..<4).map { _ in loop.makePromise(of: Void.self) }
        var kept: [Int] = []
        for (index, promise) in promises.enumerated() {
            promise.futureResult.assumeIsolated().whenSuccess { kept.append(index) }
        }
        let parts = [Self.head(.ok, fields), Self.body("a"), Self.body("b"), .end(nil)]
        for (part, promise) in zip(parts, promises) { channel.write(part, promise: promise) }
        #expect(kept.isEmpty)
        channel.flush()
        #expect(kept == [0, 1, 2, 3])
        _ = try channel.finish(acceptAlreadyClosed: true)
    }
}
