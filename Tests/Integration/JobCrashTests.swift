import EmbeddedServers
import Events
import Foundation
import JetStream
import JobProtocol
import Suite
import Synchronization
import TestSupport
import Testing

/// A job that was answered 202 comes to its right end, once, whatever is killed meanwhile.
struct JobCrashTests {
    private static let clients = 3
    private static let jobsOfClient = 4
    private static let expressions = 600
    /// One more has no factor in common with 11, by which they are put out of order.
    private static let values = 120_000

    /// Work whose result is known, and takes a moment.
    private static func batch(_ number: Int) -> String {
        let list = (0..<expressions).map { "\"\($0 + number) + 0 * floor(exp(sqrt(\($0 + 2))) * 1000)\"" }
        return #"{"kind": "batch", "precision": 500, "expressions": [\#(list.joined(separator: ","))]}"#
    }

    @Test(.timeLimit(.minutes(10))) func killedOverAndOverEveryJobEndsRight() async throws {
        try await SuiteDirectory.with { directory in
            try await TestNATS.withServer(syncsAlways: true) { nats in
                try await nats.withClient { broker in
                    try await broker.provision(Topology.streams(replicas: 1))
                    try await run(directory, nats, broker)
                }
            }
        }
    }

    private func run(_ directory: SuiteDirectory, _ nats: TestNATS, _ broker: NATSClient) async throws {
        let ports = (
            gateway: try await Browser.freePort(),
            calculators: [try await Browser.freePort(), try await Browser.freePort()]
        )
        let environment = ["NATS_URL": nats.url, "HTTP_HOST": "127.0.0.1", "ADMIN_PORT": "0", "LOG_LEVEL": "notice"]
        let gateway = SupervisedProcess(
            ["gateway"],
            environment: environment.merging([
                // One address makes as many requests as it can.
                "GATEWAY_LIMITS_WRITES": "0", "GATEWAY_LIMITS_READS": "0", "GATEWAY_LIMITS_LIVE": "0",
                "GATEWAY_HTTP_PORT": "\(ports.gateway)", "CALCULATOR_RPC_ADDRESS": "127.0.0.1:\(ports.calculators[0])",
            ]) { $1 }, log: directory.file("gateway.txt"))
        let calculators = ports.calculators.map { port in
            SupervisedProcess(
                ["calculator"], environment: environment.merging(["CALCULATOR_RPC_PORT": "\(port)"]) { $1 },
                log: directory.file("calculator-\(port).txt"))
        }
        let client = JobClient(gateway: "http://127.0.0.1:\(ports.gateway)")
        try await gateway.whileRunning {
            try await calculators[0].whileRunning {
                try await calculators[1].whileRunning {
                    let results = "KV_\(JobNames.results)"
                    let isDone = Flag()
                    try await withThrowingTaskGroup(of: [String].self) { group in
                        for number in 0..<Self.clients {
                            group.addTask { try await Self.work(client, number) }
                        }
                        group.addTask {
                            // Each kill waits for results of after the one before.
                            for kill in 0..<9 {
                                let count = (try? await broker.messageCount(of: results)) ?? 0
                                try await poll(within: .seconds(120)) {
                                    if isDone.isSet { return true }
                                    return ((try? await broker.messageCount(of: results)) ?? 0) > count + 1
                                }
                                if isDone.isSet { break }
                                switch kill % 4 {
                                case 0: calculators[0].kill()
                                case 1: gateway.kill()
                                case 2:
                                    await nats.kill()
                                    try await nats.start()
                                default: calculators[1].kill()
                                }
                            }
                            return []
                        }
                        var ids: [String] = []
                        for try await made in group {
                            ids += made
                            if ids.count == Self.clients * Self.jobsOfClient { isDone.set() }
                        }
                        #expect(Set(ids).count == Self.clients * Self.jobsOfClient)
                    }
                    #expect(gateway.starts > 1)
                    #expect(calculators[0].starts > 1)
                    try await poll(within: .seconds(60)) { try await broker.messageCount(of: JobNames.stream) == 0 }
                }
            }
        }
    }

    /// Makes one job after the other, sending each again until it is answered, and waits for its end.
    private static func work(_ client: JobClient, _ number: Int) async throws -> [String] {
        var ids: [String] = []
        for job in 0..<jobsOfClient {
            let isBatch = job % 2 == 0
            let key = "client-\(number)-job-\(job)"
            let body = isBatch ? batch(number) : (1...values).map { "\($0 * 11 % (values + 1))\n" }.joined()
            let query = isBatch ? "" : "?kind=summarize&quantiles=0.5"
            let type = isBatch ? "application/json" : "application/x-ndjson"
            var id: String?
            try await poll(within: .seconds(120)) {
                let answer = try? await client.submit(body, query: query, contentType: type, key: key)
                if let answer, answer.status == 202 { id = try JobClient.id(of: answer) }
                return id != nil
            }
            let made = try #require(id)
            let end = try await client.end(of: made)
            #expect(end["state"] as? String == "done", "\(end["error"] ?? "")")
            let result = end["result"] as? [String: Any]
            if isBatch {
                let results = (result?["results"] as? [[String: Any]])?.map { $0["result"] as? String }
                #expect(results == (0..<expressions).map { "\($0 + number)" })
            } else {
                #expect(result?["count"] as? Int == values)
                #expect(result?["sum"] as? String == "\(values * (values + 1) / 2)")
                #expect((result?["quantiles"] as? [String: String])?["0.5"] == "60000.5")
            }
            // Sent once more, it is the same job.
            var again: RunningSuite.Answer?
            try await poll(within: .seconds(120)) {
                again = try? await client.submit(body, query: query, contentType: type, key: key)
                return again?.status == 202
            }
            #expect(try again.map(JobClient.id) == made)
            ids.append(made)
        }
        return ids
    }
}
