import NIOCore
import Wire
import WireServer

/// The methods of the test server. Python's check.py says what each does.
struct TestMethods: Sendable {
    static let echo: UInt16 = 0xF002
    static let slow: UInt16 = 0xF003
    static let traced: UInt16 = 0xF004
    static let unwell: UInt16 = 0xF005
    static let large: UInt16 = 0xF006
    static let busy: UInt16 = 0xF007

    let log = CallLog()

    var all: [RPCMethod] {
        let log = log
        return [
            RPCMethod(
                Add.self,
                light: { (request, _, answer) throws(RPCError) -> Bool in
                    log.count()
                    answer(Add.Response(sum: request.left &+ request.right))
                    return true
                }, heavy: nil),
            // Small ones on the event loop, others handed off.
            RPCMethod(
                id: Self.echo, name: "echo",
                light: { (_, payload, output) throws(RPCError) -> Bool in
                    guard payload.byteCount <= 4096 else { return false }
                    output.writeBytes(payload)
                    return true
                },
                heavy: { (_, payload) async throws(RPCError) -> ByteBuffer in payload }),
            // Works until it is cancelled, without ever giving way.
            RPCMethod(
                id: Self.slow, name: "slow",
                heavy: { (context, payload) async throws(RPCError) -> ByteBuffer in
                    log.began(context)
                    defer { log.ended() }
                    while !Task.isCancelled { await Task.yield() }
                    throw RPCError(.cancelled, "cancelled")
                }),
            RPCMethod(
                id: Self.traced, name: "traced",
                light: { (context, _, output) throws(RPCError) -> Bool in
                    context.trace?.append(to: &output)
                    return true
                }),
            RPCMethod(
                id: Self.unwell, name: "unwell",
                light: { (_, _, output) throws(RPCError) -> Bool in
                    log.count()
                    // What was appended before an error must not be sent.
                    output.writeRepeatingByte(0xFF, count: 100)
                    throw RPCError(.unavailable, "not well", reason: "unwell", position: 3)
                }),
            // As many bytes as the request says.
            RPCMethod(
                id: Self.large, name: "large",
                light: { (_, payload, output) throws(RPCError) -> Bool in
                    var reader = WireReader(payload)
                    guard let count = try? reader.integer(UInt32.self) else { throw PayloadError.truncated.rpcError }
                    output.writeRepeatingByte(0x61, count: Int(count))
                    return true
                }),
            // Keeps a worker for so many milliseconds of its time, unless it is cancelled.
            RPCMethod(
                id: Self.busy, name: "busy",
                heavy: { (context, payload) async throws(RPCError) -> ByteBuffer in
                    log.began(context)
                    defer { log.ended() }
                    let end = NIODeadline.now() + .milliseconds(Int64(payload.getInteger(at: 0, as: UInt32.self) ?? 0))
                    while NIODeadline.now() < end {
                        if Task.isCancelled { throw RPCError(.cancelled, "cancelled") }
                    }
                    return payload
                }),
        ]
    }
}
