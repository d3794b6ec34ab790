import Wire

/// libFuzzer calls this with one input after the other. <https://llvm.org/docs/LibFuzzer.html>
///
/// The first byte says what the rest is. A crash, a hang, or a value that does not come back as it was is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: start, count: count)
    guard let selector = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    switch selector % 16 {
    case 0: fuzzFrames(bytes)
    case 1: fuzzHello(bytes)
    case 2: fuzzPayload(RPCError.self, bytes)
    case 3: fuzzPayload(Evaluate.Request.self, bytes)
    case 4: fuzzPayload(Evaluation.self, bytes)
    case 5: fuzzPayload(Batch.Request.self, bytes)
    case 6: fuzzPayload(Batch.Response.self, bytes, isCanonical: false)
    case 7: fuzzPayload(Summarize.Request.self, bytes)
    case 8: fuzzPayload(Summarize.Response.self, bytes)
    case 9: fuzzPayload(Allocate.Request.self, bytes)
    case 10: fuzzPayload(Allocate.Response.self, bytes)
    case 11: fuzzPayload(Convert.Request.self, bytes)
    case 12: fuzzPayload(Convert.Response.self, bytes)
    case 13: fuzzTrace(bytes)
    default: fuzzExpression(bytes)
    }
    return 0
}

/// A stream of frames: each that can be read is written back the same, and takes up what it says.
private func fuzzFrames(_ bytes: [UInt8]) {
    var offset = 0
    while let header = try? FrameHeader.parse(bytes.span.bytes, at: offset, maximumLength: 1 << 20),
        bytes.count - offset >= header.frameSize
    {
        var written: [UInt8] = []
        header.append(to: &written)
        precondition(written.elementsEqual(bytes[offset..<offset + FrameHeader.size]), "a header that changes")
        let payload = Array(bytes[offset + FrameHeader.size..<offset + header.frameSize])
        switch header.kind {
        case .hello: fuzzHello(payload)
        case .error: _ = RPCError(header, payload: payload.span.bytes)
        case .goaway: _ = Goaway(header, payload: payload.span.bytes)
        case .request, .response, .cancel, .ping, .pong: break
        }
        offset += header.frameSize
    }
}

private func fuzzHello(_ bytes: [UInt8]) {
    guard let hello = try? Hello(bytes.span.bytes) else { return }
    var frame: [UInt8] = []
    hello.appendFrame(to: &frame)
    precondition(frame.dropFirst(FrameHeader.size).elementsEqual(bytes.prefix(Hello.size)), "a hello that changes")
    _ = try? ProtocolVersion.negotiate(with: hello)
    _ = try? ProtocolVersion.chosen(by: hello)
}

private func fuzzTrace(_ bytes: [UInt8]) {
    if let trace = TraceContext(bytes.span.bytes) {
        precondition(TraceContext(traceparent: trace.traceparent) == trace, "a trace that changes")
    }
    _ = TraceContext(traceparent: String(decoding: bytes, as: UTF8.self))
}

/// A payload that can be read comes back.
/// - Parameter isCanonical: Whether each value has one form. A batch may have statuses of later versions, which are read
///   as UNKNOWN.
private func fuzzPayload<Payload: WirePayload>(_: Payload.Type, _ bytes: [UInt8], isCanonical: Bool = true) {
    guard let payload = try? Payload(payload: bytes.span.bytes) else { return }
    let encoded = payload.encoded
    precondition(!isCanonical || encoded == bytes, "a payload that is written another way")
    guard let again = try? Payload(payload: encoded.span.bytes) else {
        preconditionFailure("a payload that cannot be read back")
    }
    precondition(again == payload, "a payload that changes")
}
