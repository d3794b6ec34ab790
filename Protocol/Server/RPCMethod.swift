package import NIOCore
package import Wire
import WireTransport

/// What a handler knows of a call besides its payload.
package struct RPCContext: Sendable {
    /// When nobody waits for the answer any more.
    package let deadline: NIODeadline
    package let trace: TraceContext?

    package init(deadline: NIODeadline, trace: TraceContext?) {
        self.deadline = deadline
        self.trace = trace
    }
}

/// What a server does for one method number.
///
/// Light work is done on the event loop, between reading and writing: it must be short (some ten microseconds) and wait
/// for nothing. Heavy work is done by a task on threads of its own, which is cancelled when the client cancels, its
/// connection ends or the deadline passes. A method may try the first and fall back to the second.
package struct RPCMethod: Sendable {
    /// Appends the answer to the output, after what is there.
    /// - Returns: Whether it did; if not, the call is handed off.
    package typealias Light = @Sendable (RPCContext, RawSpan, inout ByteBuffer) throws(RPCError) -> Bool
    package typealias Heavy = @Sendable (RPCContext, ByteBuffer) async throws(RPCError) -> ByteBuffer

    package let id: UInt16
    package let name: String
    let light: Light?
    let heavy: Heavy?

    /// - Parameter light: Without ``heavy``, it must answer every call.
    package init(id: UInt16, name: String, light: Light? = nil, heavy: Heavy? = nil) {
        precondition(light != nil || heavy != nil, "a method does something")
        self.id = id
        self.name = name
        self.light = light
        self.heavy = heavy
    }

    /// A method by its typed request and response.
    /// - Parameters:
    ///   - lightLimit: Bytes of a request above which it is handed off unread.
    ///   - light: Passes the answer on, once, and returns true; false to hand the call off. An optional answer would have its
    ///     type looked up at every call.
    package init<Method: WireMethod>(
        _: Method.Type, lightLimit: Int = 4096,
        light: (@Sendable (Method.Request, RPCContext, (Method.Response) -> Void) throws(RPCError) -> Bool)?,
        heavy: (@Sendable (Method.Request, RPCContext) async throws(RPCError) -> Method.Response)?
    ) {
        var rawLight: Light?
        var rawHeavy: Heavy?
        if let light {
            let mayHandOff = heavy != nil
            rawLight = { (context, payload, output) throws(RPCError) -> Bool in
                if mayHandOff, payload.byteCount > lightLimit { return false }
                return try light(try Self.decode(payload), context) { $0.encode(into: &output) }
            }
        }
        if let heavy {
            rawHeavy = { (context, payload) async throws(RPCError) -> ByteBuffer in
                let response = try await heavy(try Self.decode(payload.readableBytesSpan), context)
                var output = ByteBuffer()
                response.encode(into: &output)
                return output
            }
        }
        self.init(id: Method.id, name: Method.name, light: rawLight, heavy: rawHeavy)
    }

    private static func decode<Request: WirePayload>(_ payload: RawSpan) throws(RPCError) -> Request {
        do throws(PayloadError) {
            return try Request(payload: payload)
        } catch {
            throw error.rpcError
        }
    }
}

/// The methods of a server, by their numbers.
struct MethodTable: Sendable {
    /// Numbers below this are found by index.
    private static let dense = 256

    private let low: [RPCMethod?]
    private let high: [UInt16: RPCMethod]

    init(_ methods: [RPCMethod]) {
        var low: [RPCMethod?] = Array(repeating: nil, count: Self.dense)
        var high: [UInt16: RPCMethod] = [:]
        for method in methods {
            if Int(method.id) < Self.dense {
                precondition(low[Int(method.id)] == nil, "method \(method.id) is defined twice")
                low[Int(method.id)] = method
            } else {
                precondition(high.updateValue(method, forKey: method.id) == nil, "method \(method.id) defined twice")
            }
        }
        self.low = low
        self.high = high
    }

    @inline(__always)
    subscript(id: UInt16) -> RPCMethod? { Int(id) < Self.dense ? low[Int(id)] : high[id] }
}
