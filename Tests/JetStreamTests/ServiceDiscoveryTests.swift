import Foundation
import JetStream
import ServiceRuntime
import TestSupport
import Testing

/// ADR-32.
@Suite("Service discovery")
struct ServiceDiscoveryTests {
    @Test func aServiceSaysWhatItServesAndHowItWent() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                let responder = try NATSResponder(client: client, subject: "rpc.echo.v1.say", queueGroup: "echo") {
                    request in
                    if request.payloadText == "no" { throw NATSServiceError(code: 404, description: "no such thing") }
                    return NATSReply(payload: request.payload)
                }
                try await client.discoverable(as: "echo", serving: [responder], for: client) {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await responder.run() }
                        defer { group.cancelAll() }
                        try await client.waitForResponder("rpc.echo.v1.say")
                        _ = try? await client.ask("rpc.echo.v1.say", "no")
                        try await check(client)
                    }
                }
            }
        }
    }

    private func check(_ client: NATSClient) async throws {
        let ping = try await client.object("$SRV.PING")
        let id = try #require(ping["id"] as? String)
        #expect(ping["type"] as? String == "io.nats.micro.v1.ping_response")
        #expect(ping["name"] as? String == "echo")
        #expect(ping["version"] as? String == BuildInformation.version)
        #expect(ping["metadata"] as? [String: String] == [:])
        #expect(ping["endpoints"] == nil)

        let info = try await client.object("$SRV.INFO.echo.\(id)")
        #expect(info["type"] as? String == "io.nats.micro.v1.info_response")
        #expect(info["description"] as? String == "A test.")
        let endpoints = try #require(info["endpoints"] as? [[String: Any]])
        #expect(endpoints.count == 1)
        #expect(endpoints.first?["name"] as? String == "say")
        #expect(endpoints.first?["subject"] as? String == "rpc.echo.v1.say")
        #expect(endpoints.first?["queue_group"] as? String == "echo")

        // An answer is counted after it was sent.
        var endpoint: [String: Any] = [:]
        try await poll {
            let statistics = try await client.object("$SRV.STATS.echo")
            guard let only = (statistics["endpoints"] as? [[String: Any]])?.first else { return false }
            endpoint = only
            return only["num_errors"] as? Int == 1
        }
        let requests = try #require(endpoint["num_requests"] as? Int)
        let time = try #require(endpoint["processing_time"] as? Int)
        #expect(requests >= 2)
        #expect(endpoint["last_error"] as? String == "no such thing")
        #expect(time > 0)
        #expect(endpoint["average_processing_time"] as? Int == time / requests)
    }
}

extension NATSClient {
    /// Answers what is asked of services under this name while the body runs, from when the other client sees it.
    func discoverable(
        as name: String, serving responders: [NATSResponder] = [], for other: NATSClient,
        _ body: () async throws -> Void
    ) async throws {
        let discovery = NATSServiceDiscovery(
            client: self, name: name, description: "A test.", responders: responders)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await discovery.run() }
            defer { group.cancelAll() }
            // The last that it subscribes to.
            try await other.waitForResponder("$SRV.STATS.\(name)")
            try await body()
        }
    }

    fileprivate func object(_ subject: String) async throws -> [String: Any] {
        let answer = try await ask(subject, "")
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: Any])
    }
}
