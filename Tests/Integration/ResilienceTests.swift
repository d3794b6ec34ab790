import AsyncHTTPClient
import EmbeddedServers
import Events
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import Suite
import TestSupport
import Testing

/// What the gateway still does while what it needs is gone: killed, not stopped.
struct ResilienceTests {
    private struct Answer {
        var status: Int
        var retryAfter: String?
        var body: String

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] ?? [:]
        }
    }

    private static func ask(_ url: String, _ body: String? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        if let body {
            request.method = .POST
            request.headers = ["Content-Type": "application/json"]
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        return Answer(
            status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"),
            body: String(buffer: try await response.body.collect(upTo: 1 << 20)))
    }

    /// Dependencies that are not up of a service that is ready all the same, by `/readyz`.
    private static func missing(_ admin: String, of service: String) async throws -> [String] {
        let answer = try await ask(admin + "/readyz")
        let services = try answer.json()["services"] as? [[String: Any]] ?? []
        let report = services.first { $0["service"] as? String == service }
        #expect(report?["ready"] as? Bool == true, "\(answer.body)")
        let dependencies = report?["dependencies"] as? [[String: Any]] ?? []
        return dependencies.filter { $0["state"] as? String != "up" }.compactMap { $0["name"] as? String }
    }

    private static let sum = #"{"expression": "0.1 + 0.2"}"#

    @Test(.timeLimit(.minutes(3))) func withCalculatorAndBrokerGoneReadsGoOn() async throws {
        try await SuiteDirectory.with { directory in
            try await TestNATS.withSuite { nats, _ in
                let calculatorPort = try await Browser.freePort()
                let (port, adminPort) = (try await Browser.freePort(), try await Browser.freePort())
                let environment = ["NATS_URL": nats.url, "HTTP_HOST": "127.0.0.1", "LOG_LEVEL": "notice"]
                let calculator = environment.merging([
                    "CALCULATOR_RPC_PORT": "\(calculatorPort)", "ADMIN_PORT": "0",
                ]) { $1 }
                let (gateway, admin) = ("http://127.0.0.1:\(port)", "http://127.0.0.1:\(adminPort)")
                try await LoneService.with(
                    ["gateway"],
                    environment: environment.merging([
                        "GATEWAY_HTTP_PORT": "\(port)", "ADMIN_PORT": "\(adminPort)",
                        "CALCULATOR_RPC_ADDRESS": "127.0.0.1:\(calculatorPort)",
                    ]) { $1 }, log: directory.file("gateway.txt")
                ) { _ in
                    func calculates() async -> Bool {
                        (try? await Self.ask(gateway + "/v1/calculations/evaluate", Self.sum))?.status == 200
                    }
                    try await LoneService.with(
                        ["calculator"], environment: calculator, log: directory.file("calculator.txt")
                    ) { process in
                        try await poll(within: .seconds(60)) { await calculates() }
                        process.send(SIGKILL)
                        #expect(await process.waitUntilGone(within: .seconds(10)))
                    }
                    try await Self.checkWithoutCalculator(gateway, admin)

                    // Another one takes its place, and calculations go on by themselves.
                    try await LoneService.with(
                        ["calculator"], environment: calculator, log: directory.file("calculator.txt")
                    ) { _ in
                        try await poll(within: .seconds(60)) { await calculates() }
                        await nats.kill()
                        try await Self.checkWithoutBroker(gateway, admin)
                        #expect(await calculates())
                        try await nats.start()
                        try await poll(within: .seconds(60)) {
                            try await !Self.missing(admin, of: "gateway").contains("nats")
                        }
                    }
                }
            }
        }
    }

    private static func checkWithoutCalculator(_ gateway: String, _ admin: String) async throws {
        for _ in 1...5 {
            let began = ContinuousClock.now
            let answer = try await ask(gateway + "/v1/calculations/evaluate", sum)
            #expect(answer.status == 503, "\(answer.body)")
            #expect(answer.retryAfter == "1")
            #expect(answer.body.contains("/problems/unavailable"))
            // The deadline of a calculation, and some time for a busy machine.
            #expect(ContinuousClock.now - began < .seconds(15))
        }
        try await expectEqual(ask(gateway + "/v1/bounties").status, 200)
        try await expectEqual(ask(gateway + "/v1/denominations").status, 200)
        try await poll(within: .seconds(60)) { try await missing(admin, of: "gateway").contains("calculator") }
    }

    private static func checkWithoutBroker(_ gateway: String, _ admin: String) async throws {
        try await poll(within: .seconds(60)) { try await missing(admin, of: "gateway").contains("nats") }
        try await expectEqual(ask(gateway + "/v1/bounties").status, 200)
        try await expectEqual(ask(gateway + "/v1/payouts").status, 200)
        let began = ContinuousClock.now
        let answer = try await ask(gateway + "/v1/bounties/01a1fce9-a064-719a-9a44-7160c28a0d30/history")
        #expect(answer.status == 503 || answer.status == 504, "\(answer.body)")
        #expect(ContinuousClock.now - began < .seconds(30))
    }

    @Test(.timeLimit(.minutes(3))) func withPostgreSQLGoneReadsAndCalculationsGoOn() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                try await expectEqual(suite.send(.init(body: try CommentPayload().body)).status, 202)
                try await poll(within: .seconds(60)) { try await suite.bounties().count == 1 }
                let id = try #require(try await suite.bounties().first).id
                let pid = directory.text(of: "postgres/server/data/postmaster.pid").split(whereSeparator: \.isNewline)
                    .first
                let database = try #require(pid.flatMap { pid_t($0) }.flatMap { ServerProcess(id: $0) })
                database.send(SIGKILL)
                #expect(await database.waitUntilGone(within: .seconds(10)))

                try await expectEqual(suite.bounties().count, 1)
                let one = try await suite.get("\(suite.gateway)/v1/bounties/\(id)")
                #expect(one.status == 200)
                let calculated = try await suite.post("/v1/calculations/evaluate", Self.sum)
                #expect(calculated.status == 200, "\(calculated.body)")
                let history = try await suite.get("\(suite.gateway)/v1/bounties/\(id)/history")
                #expect([503, 504].contains(history.status), "\(history.body)")
                #expect(!history.body.contains("SELECT") && !history.body.lowercased().contains("postgres"))
                try await poll(within: .seconds(60)) {
                    try await !Self.missing(suite.admin, of: "bounty").isEmpty
                }
                #expect(try await Self.missing(suite.admin, of: "gateway").isEmpty)
                // Deliveries are still taken, and wait.
                let delivery = RunningSuite.Delivery(body: try CommentPayload(commentID: 77).body)
                try await expectEqual(suite.send(delivery).status, 202)
            }
        }
    }
}
