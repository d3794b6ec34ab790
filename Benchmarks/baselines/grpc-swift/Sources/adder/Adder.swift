import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// grpc-swift-2 over its NIO transport adding two 64-bit integers, with messages of sixteen and eight bytes and no
/// Protobuf, to compare with:
///
///     adder server <port>
///     adder client <port> <in flight> <seconds>    prints calls/s, p50 and p99 in µs
@main
enum Adder {
    static let method = MethodDescriptor(fullyQualifiedService: "bench.Adder", method: "Add")

    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == "server", let port = Int(arguments[2]) {
            try await serve(port)
        } else if arguments.count == 5, arguments[1] == "client", let port = Int(arguments[2]),
            let inFlight = Int(arguments[3]), let seconds = Double(arguments[4])
        {
            try await load(port, inFlight, seconds)
        } else {
            print("usage: adder server <port> | adder client <port> <in flight> <seconds>")
        }
    }

    private static func serve(_ port: Int) async throws {
        let server = GRPCServer(
            transport: .http2NIOPosix(
                address: .ipv4(host: "127.0.0.1", port: port), transportSecurity: .plaintext),
            services: [AdderService()])
        try await server.serve()
    }

    private static func load(_ port: Int, _ inFlight: Int, _ seconds: Double) async throws {
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: "127.0.0.1", port: port), transportSecurity: .plaintext)
        try await withGRPCClient(transport: transport) { client in
            try await call(client, Pair(left: 1, right: 2))
            let clock = ContinuousClock()
            let latencies = LatencyHistogram()
            let start = clock.now
            let end = start + .seconds(seconds)
            try await withThrowingTaskGroup { group in
                for caller in 0..<inFlight {
                    group.addTask {
                        var left = UInt64(caller)
                        while true {
                            let began = clock.now
                            if began >= end { return }
                            try await call(client, Pair(left: left, right: 7))
                            left &+= 1
                            latencies.record(Int64((clock.now - began) / .nanoseconds(1)))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rate = Int(Double(latencies.total) / ((clock.now - start) / .seconds(1)))
            print(rate, latencies.percentile(0.5), latencies.percentile(0.99))
        }
    }

    private static func call(_ client: GRPCClient<some ClientTransport>, _ pair: Pair) async throws {
        var options = CallOptions.defaults
        options.timeout = .seconds(5)
        let sum = try await client.unary(
            request: ClientRequest(message: pair), descriptor: method, serializer: PairCoding(),
            deserializer: SumCoding(), options: options
        ) { response in try response.message }
        precondition(sum == pair.left &+ pair.right, "wrong sum")
    }
}

struct Pair: Sendable {
    var left: UInt64
    var right: UInt64
}

private struct AdderService: RegistrableRPCService {
    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: Adder.method, deserializer: PairCoding(), serializer: SumCoding()
        ) { request, _ in
            let pair = try await ServerRequest(stream: request).message
            return StreamingServerResponse(single: ServerResponse(message: pair.left &+ pair.right))
        }
    }
}

private struct PairCoding: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ pair: Pair) -> Bytes {
        var bytes = Bytes(repeating: 0, count: 16)
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: pair.left.bigEndian, as: UInt64.self)
            $0.storeBytes(of: pair.right.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return bytes
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Pair {
        try bytes.withUnsafeBytes { bytes in
            guard bytes.count == 16 else { throw RPCError(code: .invalidArgument, message: "two 64-bit integers") }
            return Pair(
                left: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                right: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}

private struct SumCoding: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ sum: UInt64) -> Bytes {
        var bytes = Bytes(repeating: 0, count: 8)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: sum.bigEndian, as: UInt64.self) }
        return bytes
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> UInt64 {
        try bytes.withUnsafeBytes { bytes in
            guard bytes.count == 8 else { throw RPCError(code: .internalError, message: "a 64-bit integer") }
            return UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        }
    }
}
