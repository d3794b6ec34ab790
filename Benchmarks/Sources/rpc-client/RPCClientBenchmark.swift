import Glibc
import Logging
import NIOCore
import NIOPosix
import Wire
import WireClient
import WireTransport

/// Our `await` client against a server that adds: `rpc-client <port> <in flight> <seconds> [threads]`. Callers run on
/// the client's event loop or, with `threads`, on the concurrency pool. Prints calls/s, p50 and p99 in µs, and µs of
/// its own processor time for each call.
@main
enum RPCClientBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 3, let port = Int(arguments[1]), let inFlight = Int(arguments[2]),
            let seconds = Double(arguments[3])
        else {
            print("usage: rpc-client <port> <in flight> <seconds> [threads]")
            return
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let client = try RPCClient(
            name: "adder", resolver: FixedAddresses([address]), eventLoop: group.next(),
            logger: Logger(label: "rpc-client"))
        let running = Task { try await client.run() }
        _ = try await client.call(Add.self, Add.Request(1, 2), deadline: .now() + .seconds(2))

        let cpuBefore = processorTime()
        let start = NIODeadline.now()
        let end = start + .nanoseconds(Int64(seconds * 1e9))
        let executor: (any TaskExecutor)? = arguments.dropFirst(4).contains("threads") ? nil : client.executor
        let latencies = LatencyHistogram()
        try await withThrowingTaskGroup { group in
            for caller in 0..<inFlight {
                group.addTask(executorPreference: executor) {
                    try await call(client, caller, until: end, latencies)
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

    private static func call(
        _ client: RPCClient, _ caller: Int, until end: NIODeadline, _ latencies: LatencyHistogram
    ) async throws {
        var left = UInt64(caller)
        while true {
            let began = NIODeadline.now()
            if began >= end { return }
            let answer = try await client.call(Add.self, Add.Request(left, 7), deadline: began + .seconds(5))
            precondition(answer.sum == left &+ 7, "wrong sum")
            left &+= 1
            latencies.record((NIODeadline.now() - began).nanoseconds)
        }
    }
}
