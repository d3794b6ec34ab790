import CalculatorDomain
import Foundation
import Logging
import Money
import NIOCore
import NIOPosix
import Wire
import WireClient
import WireTransport

/// Our calculator, over and over with the expressions of a file, a line each:
///
///     calculator here <file> <seconds>                   in this process, on one thread; prints evaluations/s
///     calculator there <file> <seconds> <port> <n>       by RPC, so many in flight; prints calls/s, p50 and p99 in µs
///     calculator summarize <values> <port>               a summary of so many values with three quantiles, by RPC;
///                                                        prints seconds
@main
enum CalculatorBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "here" where arguments.count == 3:
            try here(try expressions(arguments[1]), seconds: Double(arguments[2]) ?? 1)
        case "there" where arguments.count == 5:
            let expressions = try expressions(arguments[1])
            try await withClient(port: Int(arguments[3]) ?? 7400) { client in
                try await there(client, expressions, Double(arguments[2]) ?? 1, inFlight: Int(arguments[4]) ?? 1)
            }
        case "summarize" where arguments.count == 3:
            try await withClient(port: Int(arguments[2]) ?? 7400) { client in
                try await summarize(client, count: Int(arguments[1]) ?? 1)
            }
        default: print("usage: see CalculatorBenchmark.swift")
        }
    }

    private static func expressions(_ file: String) throws -> [String] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func here(_ expressions: [String], seconds: Double) throws {
        let calculator = Calculator(denominations: .builtIn)
        let start = NIODeadline.now()
        let end = start + .nanoseconds(Int64(seconds * 1e9))
        var count = 0
        while NIODeadline.now() < end {
            for expression in expressions { _ = try calculator.evaluate(EvaluateRequest(expression: expression)) }
            count += expressions.count
        }
        print(Int(Double(count) / (Double((NIODeadline.now() - start).nanoseconds) / 1e9)))
    }

    private static func withClient(
        port: Int, _ operation: sending (RPCClient) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let client = try RPCClient(
            name: "calculator", resolver: FixedAddresses([try SocketAddress(ipAddress: "127.0.0.1", port: port)]),
            eventLoop: group.next(), logger: Logger(label: "calculator"))
        let running = Task { try await client.run() }
        try await operation(client)
        running.cancel()
        try await running.value
    }

    private static func there(
        _ client: RPCClient, _ expressions: [String], _ seconds: Double, inFlight: Int
    ) async throws {
        let requests = try expressions.map { expression throws(PayloadError) in
            try Evaluate.Request(expression: expression)
        }
        let latencies = LatencyHistogram()
        let start = NIODeadline.now()
        let end = start + .nanoseconds(Int64(seconds * 1e9))
        try await withThrowingTaskGroup { group in
            for caller in 0..<inFlight {
                group.addTask(executorPreference: client.executor) {
                    var next = caller
                    while true {
                        let began = NIODeadline.now()
                        if began >= end { return }
                        let request = requests[next % requests.count]
                        _ = try await client.call(Evaluate.self, request, deadline: began + .seconds(5))
                        next += 1
                        latencies.record((NIODeadline.now() - began).nanoseconds)
                    }
                }
            }
            try await group.waitForAll()
        }
        let elapsed = Double((NIODeadline.now() - start).nanoseconds) / 1e9
        print(Int(Double(latencies.total) / elapsed), latencies.percentile(0.5), latencies.percentile(0.99))
    }

    private static func summarize(_ client: RPCClient, count: Int) async throws {
        let values = (0..<count).map { "\(($0 &* 7_919) % 1_000_003).\(10 + $0 % 90)" }
        let request = try Summarize.Request(quantiles: ["0.5", "0.9", "0.99"], values: values)
        let start = NIODeadline.now()
        _ = try await client.call(Summarize.self, request, deadline: .now() + .seconds(60))
        print(Double((NIODeadline.now() - start).nanoseconds) / 1e9)
    }
}
