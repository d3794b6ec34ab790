import NIOCore
import Synchronization
import Wire
import WireServer

/// `0xF001`: the sum of two 64-bit integers, on the event loop.
enum Add: WireMethod {
    static let id: UInt16 = 0xF001
    static let name = "add"
    static let isIdempotent = true

    struct Request: WirePayload {
        let left: UInt64
        let right: UInt64

        init(_ left: UInt64, _ right: UInt64) {
            self.left = left
            self.right = right
        }

        init(from reader: inout WireReader) throws(PayloadError) {
            left = try reader.integer()
            right = try reader.integer()
        }

        func encode(into sink: inout some ByteSink) {
            sink.append(left)
            sink.append(right)
        }
    }

    struct Response: WirePayload {
        let sum: UInt64

        init(sum: UInt64) { self.sum = sum }
        init(from reader: inout WireReader) throws(PayloadError) { sum = try reader.integer() }
        func encode(into sink: inout some ByteSink) { sink.append(sum) }
    }
}

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
                light: { (request, _) throws(RPCError) -> Add.Response? in
                    log.count()
                    return Add.Response(sum: request.left &+ request.right)
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

/// What the methods saw, for those who wait for it.
final class CallLog: Sendable {
    private struct State {
        var calls = 0
        var began = 0
        var running = 0
        var waiters: [(condition: @Sendable (Snapshot) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    struct Snapshot: Sendable {
        let began: Int
        let running: Int
    }

    private let state = Mutex(State())

    var calls: Int { state.withLock { $0.calls } }
    var began: Int { state.withLock { $0.began } }
    var running: Int { state.withLock { $0.running } }

    func count() { state.withLock { $0.calls += 1 } }

    func began(_ context: RPCContext) {
        change {
            $0.began += 1
            $0.running += 1
        }
    }

    func ended() { change { $0.running -= 1 } }

    /// Waits until slow calls are as the condition says, or the test is over.
    func wait(until condition: @escaping @Sendable (Snapshot) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || condition(Snapshot(began: state.began, running: state.running)) {
                        return true
                    }
                    state.waiters.append((condition, continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiters = state.withLock { state in
                defer { state.waiters = [] }
                return state.waiters
            }
            waiters.forEach { $0.continuation.resume() }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let ready = state.withLock { state in
            body(&state)
            let snapshot = Snapshot(began: state.began, running: state.running)
            let ready = state.waiters.filter { $0.condition(snapshot) }
            state.waiters.removeAll { $0.condition(snapshot) }
            return ready.map(\.continuation)
        }
        ready.forEach { $0.resume() }
    }
}
