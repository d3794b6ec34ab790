import Testing
import Wire

/// What this implementation writes and reads is what the specification shows.
@Suite struct GoldenFrameTests {
    private static let evaluation = "evaluate.request"

    @Test func helloOfAClient() throws {
        let hello = Hello(maximumLength: 16 << 20, maximumCalls: 0, idleTimeout: 0)
        try expect("hello.client", hello.appendFrame)
        #expect(try Hello(payload("hello.client").span.bytes) == hello)
    }

    @Test func helloOfAServer() throws {
        let hello = Hello(
            lowestVersion: 1, highestVersion: 1, maximumLength: 16 << 20, maximumCalls: 128, idleTimeout: 60_000)
        try expect("hello.server", hello.appendFrame)
        #expect(try Hello(payload("hello.server").span.bytes) == hello)
    }

    @Test func request() throws {
        let payload = GoldenBytes[Self.evaluation]
        try expect("request") { sink in
            FrameHeader(.request, code: Evaluate.id, id: 65_536, timeout: 1_500_000, payloadLength: payload.count)
                .append(to: &sink)
            sink.append(bytes: payload.span.bytes)
        }
    }

    @Test func requestWithATrace() throws {
        let payload = GoldenBytes[Self.evaluation]
        let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let trace = try #require(TraceContext(traceparent: traceparent))
        try expect("request.traced") { sink in
            FrameHeader(
                .request, flags: .trace, code: Evaluate.id, id: 65_536, timeout: 1_500_000,
                payloadLength: payload.count + TraceContext.size
            ).append(to: &sink)
            trace.append(to: &sink)
            sink.append(bytes: payload.span.bytes)
        }
        let read = TraceContext(self.payload("request.traced").span.bytes)
        #expect(read == trace)
        #expect(read?.traceparent == traceparent)
    }

    @Test func response() throws {
        let evaluation = try Evaluation(result: "0.3")
        try expect("response") { sink in
            FrameHeader(.response, id: 65_536, payloadLength: evaluation.encoded.count).append(to: &sink)
            evaluation.encode(into: &sink)
        }
    }

    @Test(arguments: [
        (
            "error", UInt64(65_537),
            RPCError(
                .invalidArgument, "division by zero", reason: "division-by-zero", position: 2, pointer: "/expression")
        ),
        (
            "error.retryable", 65_538,
            RPCError(
                .resourceExhausted, "the server has as many calls as it takes", reason: "calls", isRetryable: true)
        ),
    ])
    func error(name: String, id: UInt64, error: RPCError) throws {
        try expect(name) { error.appendFrame(id: id, to: &$0) }
        #expect(try RPCError(header(name), payload: payload(name).span.bytes) == error)
    }

    @Test(arguments: [
        ("cancel", FrameHeader(.cancel, id: 65_539)), ("ping", FrameHeader(.ping, id: 7)),
        ("pong", FrameHeader(.pong, id: 7)),
    ])
    func frameWithoutPayload(name: String, header: FrameHeader) throws {
        try expect(name) { header.append(to: &$0) }
    }

    @Test(arguments: [
        ("goaway", Goaway(lastID: 65_539, status: .ok, message: "the server stops")),
        (
            "goaway.violation",
            Goaway(
                lastID: 65_539, status: .invalidArgument, message: FrameViolation.unknownKind(9).description)
        ),
    ])
    func goaway(name: String, goaway: Goaway) throws {
        try expect(name, goaway.appendFrame)
        #expect(try Goaway(header(name), payload: payload(name).span.bytes) == goaway)
    }

    @Test func headerIsWrittenTheSameIntoMemory() throws {
        let header = try header("request.traced")
        var bytes = [UInt8](repeating: 0xFF, count: FrameHeader.size)
        bytes.withUnsafeMutableBytes { header.write(to: $0) }
        #expect(bytes == Array(GoldenBytes["request.traced"].prefix(FrameHeader.size)))
    }

    private func expect(_ name: String, _ append: (inout [UInt8]) -> Void) throws {
        var bytes: [UInt8] = []
        append(&bytes)
        #expect(bytes == GoldenBytes[name], "\(name)")
        let header = try header(name)
        #expect(header.frameSize == bytes.count)
        var written: [UInt8] = []
        header.append(to: &written)
        #expect(written == Array(bytes.prefix(FrameHeader.size)), "\(name) as it was read")
    }

    private func header(_ name: String) throws -> FrameHeader {
        try #require(try FrameHeader.parse(GoldenBytes[name].span.bytes, at: 0, maximumLength: 1 << 20))
    }

    private func payload(_ name: String) -> [UInt8] { Array(GoldenBytes[name].dropFirst(FrameHeader.size)) }
}
