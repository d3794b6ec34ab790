import CalculatorDomain
import HTTP
import Hummingbird
import Logging
import Money
import NIOCore
import ServiceRuntime
import Synchronization
import TestSupport
import Testing
import Wire
import WireClient
import WireServer
import WireTransport

@testable import CalculatorService
@testable import GatewayService

/// The gateway's calculations on a port of this machine, with calculators behind it.
struct CalculationFixture: Sendable {
    let address: HTTPAddress

    static let methods = CalculatorCalls(calculator: Calculator(denominations: .builtIn)).methods

    /// - Parameter replicas: The methods of each calculator.
    static func with(
        _ replicas: [[RPCMethod]] = [methods], maximumUploadBytes: Int = 64 << 20,
        _ body: @escaping @Sendable (CalculationFixture) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            var addresses: [SocketAddress] = []
            for methods in replicas {
                let (bound, continuation) = AsyncStream.makeStream(of: SocketAddress.self)
                let server = RPCServer(host: "127.0.0.1", port: 0, methods: methods, logger: .quiet) {
                    continuation.yield($0)
                }
                group.addTask { try await server.run() }
                addresses.append(try #require(await bound.first { _ in true }))
            }
            let clients = try RPCClients(name: "calculator", resolver: FixedAddresses(addresses), logger: .quiet)
            group.addTask { try await clients.run() }
            let router = Router.standard(publicURL: "https://bursar.example")
            CalculationController(calculations: Calculations(clients: clients), maximumUploadBytes: maximumUploadBytes)
                .addRoutes(to: router.group("v1"))
            try await withListener(router) { try await body(CalculationFixture(address: $0)) }
        }
    }

    func post(
        _ path: String, _ body: String, contentType: String = "application/json", headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        var lines = [
            "POST /v1/calculations/\(path) HTTP/1.1", "Host: test", "Connection: close",
            "Content-Type: \(contentType)", "Content-Length: \(body.utf8.count)",
        ]
        lines += headers.map { "\($0.key): \($0.value)" }
        return try HTTPAnswer(await exchange(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, with: address))
    }
}

/// A calculator that answers nothing, and notices when a call is given up.
final class PatientCalculator: Sendable {
    private let state = Mutex((begun: 0, cancelled: 0))

    var begun: Int { state.withLock { $0.begun } }
    var cancelled: Int { state.withLock { $0.cancelled } }

    var methods: [RPCMethod] {
        [
            RPCMethod(
                Evaluate.self, light: nil,
                heavy: { (_, _) async throws(RPCError) -> Evaluate.Response in
                    self.state.withLock { $0.begun += 1 }
                    while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                    self.state.withLock { $0.cancelled += 1 }
                    throw RPCError(.cancelled, "cancelled")
                })
        ]
    }
}

/// Counts the calls of a method that it answers as the calculator does.
final class CountedSummaries: Sendable {
    private let state = Mutex(0)
    private let calls = CalculatorCalls(calculator: Calculator(denominations: .builtIn))

    var count: Int { state.withLock { $0 } }

    var methods: [RPCMethod] {
        [
            RPCMethod(
                Summarize.self, light: nil,
                heavy: { (request, _) async throws(RPCError) -> Summarize.Response in
                    self.state.withLock { $0 += 1 }
                    do throws(CalculationError) {
                        return try self.calls.summarize(request, .unlimited)
                    } catch {
                        throw error.rpcError
                    }
                })
        ]
    }
}
