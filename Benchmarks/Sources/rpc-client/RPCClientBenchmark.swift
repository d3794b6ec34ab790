import Glibc
import Logging
import NIOCore
import NIOPosix
import Wire
import WireClient
import WireTransport

/// Our `await` client against a server that adds: `rpc-client <port> <in flight> <seconds> [threads|raw]`. Callers run
/// on the client's event loop, unless `threads` says on the concurrency pool. Prints calls/s, p50 and p99 in µs,
/// and µs of its own processor time for each call.
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

        let cpuBefore = processorTime()
        let start = NIODeadline.now()
        let end = start + .nanoseconds(Int64(seconds * 1e9))
        let executor: (any TaskExecutor)? = modes.contains("threads") ? nil : client.executor
        let isTyped = modes.contains("typed")
        let latencies = LatencyHistogram()
        try await withThrowingTaskGroup { group in
            for caller in 0..<inFlight {
                group.addTask(executorPreference: executor) {
                    if isTyped {
                        try await typed(client, caller, until: end, latencies)
                    } else {
                        try await raw(client, caller, until: end, latencies)
                    }
                }
            }
            try await group.waitForAll()
        }
        let elapsed = Double((NIODeadline.now() - start).nanoseconds) / 1e9
        let cpu = (processorTime() - cpuBefore) / Double(latencies.total) * 1e6
        let rate = Int(Double(latencies.total) / elapsed)
        print("\(rate) \(latencies.percentile(0.5)) \(latencies.percentile(0.99)) \(cpu)")
        running.cancel()
        try await running.value
    }

    /// Seconds that this process has used.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func raw(
        _ client: RPCClient, _ caller: Int, until end: NIODeadline, _ latencies: LatencyHistogram
    ) async throws {
        var left = UInt64(caller)
        while true {
            let began = NIODeadline.now()
            if began >= end { return }
            var payload = ByteBuffer()
            payload.writeInteger(left)
            payload.writeInteger(UInt64(7))
            var answer = try await client.call(1, payload, deadline: began + .seconds(5))
            let sum = answer.readInteger(as: UInt64.self)
            precondition(sum == left &+ 7, "wrong sum")
            left &+= 1
            latencies.record((NIODeadline.now() - began).nanoseconds)
        }
    }

    private static func typed(
        _ client: RPCClient, _ caller: Int, until end: NIODeadline, _ latencies: LatencyHistogram
    ) async throws {
        var left = UInt64(caller)
        while true {
            let began = NIODeadline.now()
            if began >= end { return }
            let sum = try await client.call(
                Add.self, Add.Request(left: left, right: 7), deadline: began + .seconds(5))
            precondition(sum.value == left &+ 7, "wrong sum")
            left &+= 1
            latencies.record((NIODeadline.now() - began).nanoseconds)
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
