import Logging
import NIOCore
import NIOPosix
import Wire
import WireClient
import WireTransport

/// Our `await` client against a server that adds: `rpc-client <port> <in flight> <seconds> [threads|raw]`. Callers run
/// on the client's event loop, unless `threads` says on the concurrency pool. Prints calls/s, p50 and p99 in µs.
@main
enum RPCClientBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 3, let port = Int(arguments[1]), let inFlight = Int(arguments[2]),
            let seconds = Double(arguments[3])
        else {
            print("usage: rpc-client <port> <in flight> <seconds> [threads|typed]")
            return
        }
        let modes = arguments.dropFirst(4)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let client = try RPCClient(
            name: "adder", resolver: FixedAddresses([address]), eventLoop: group.next(),
            logger: Logger(label: "rpc-client"))
        let running = Task { try await client.run() }
        _ = try await client.call(Add.self, Add.Request(left: 1, right: 2), deadline: .now() + .seconds(2))

        let start = NIODeadline.now()
        let end = start + .nanoseconds(Int64(seconds * 1e9))
        let executor: (any TaskExecutor)? = modes.contains("threads") ? nil : client.executor
        let isTyped = modes.contains("typed")
        let latencies = try await withThrowingTaskGroup(of: [UInt32].self) { group in
            for caller in 0..<inFlight {
                group.addTask(executorPreference: executor) {
                    isTyped
                        ? try await typed(client, caller, until: end) : try await raw(client, caller, until: end)
                }
            }
            var all: [UInt32] = []
            for try await some in group { all.append(contentsOf: some) }
            return all
        }
        let elapsed = Double((NIODeadline.now() - start).nanoseconds) / 1e9
        let sorted = latencies.sorted()
        let rate = Int(Double(sorted.count) / elapsed)
        let p50 = Double(sorted[sorted.count / 2]) / 1000
        let p99 = Double(sorted[sorted.count * 99 / 100]) / 1000
        print("\(rate) \(p50) \(p99)")
        running.cancel()
        try await running.value
    }

    private static func raw(_ client: RPCClient, _ caller: Int, until end: NIODeadline) async throws -> [UInt32] {
        var latencies: [UInt32] = []
        latencies.reserveCapacity(1 << 16)
        var left = UInt64(caller)
        while true {
            let began = NIODeadline.now()
            if began >= end { return latencies }
            var payload = ByteBuffer()
            payload.writeInteger(left)
            payload.writeInteger(UInt64(7))
            var answer = try await client.call(1, payload, deadline: began + .seconds(5))
            let sum = answer.readInteger(as: UInt64.self)
            precondition(sum == left &+ 7, "wrong sum")
            left &+= 1
            latencies.append(UInt32(clamping: (NIODeadline.now() - began).nanoseconds))
        }
    }

    private static func typed(_ client: RPCClient, _ caller: Int, until end: NIODeadline) async throws -> [UInt32] {
        var latencies: [UInt32] = []
        latencies.reserveCapacity(1 << 16)
        var left = UInt64(caller)
        while true {
            let began = NIODeadline.now()
            if began >= end { return latencies }
            let sum = try await client.call(
                Add.self, Add.Request(left: left, right: 7), deadline: began + .seconds(5))
            precondition(sum.value == left &+ 7, "wrong sum")
            left &+= 1
            latencies.append(UInt32(clamping: (NIODeadline.now() - began).nanoseconds))
        }
    }
}

enum Add: WireMethod {
    static let id: UInt16 = 1
    static let name = "add"
    static let isIdempotent = true

    struct Request: WirePayload {
        var left: UInt64
        var right: UInt64

        init(left: UInt64, right: UInt64) {
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
        var value: UInt64

        init(from reader: inout WireReader) throws(PayloadError) { value = try reader.integer() }
        func encode(into sink: inout some ByteSink) { sink.append(value) }
    }
}
