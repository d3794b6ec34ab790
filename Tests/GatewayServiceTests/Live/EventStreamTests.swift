import Events
import Foundation
import GatewayDomain
import HTTP
import Hummingbird
import JetStream
import NIOCore
import Suite
import TestSupport
import Testing

@testable import GatewayService

/// Live events over real connections, from a real stream.
@Suite(.timeLimit(.minutes(5))) struct EventStreamTests {
    struct Running: Sendable {
        let server: TestNATS
        let nats: NATSClient
        let hub: EventHub
        let board: BountyBoard
        let address: HTTPAddress

        func store(_ event: BountyEvent) async throws { try await nats.store(event) }

        func propose(_ numbers: ClosedRange<Int>) async throws {
            for number in numbers { try await store(.proposed(.sample(number))) }
        }
    }

    /// A gateway's events while the body runs; what is before the hub's memory is in the stream already.
    static func running(
        clients: Int = 100, capacity: Int = EventLog.defaultCapacity, heartbeat: Duration = .seconds(15),
        before: @escaping @Sendable (NATSClient) async throws -> Void = { _ in },
        _ body: @escaping @Sendable (Running) async throws -> Void
    ) async throws {
        try await TestNATS.withSuite { server, nats in
            try await before(nats)
            let board = BountyBoard()
            let hub = EventHub(maximumClients: clients, capacity: capacity, heartbeat: heartbeat)
            let feed = ProjectionFeed(client: nats, board: board, hub: hub, logger: .quiet)
            let router = Router.standard(publicURL: "https://bursar.example")
            EventController(hub: hub, history: EventHistory(client: nats, board: board))
                .addRoutes(to: router.group("v1"))
            let feeding = Task { try await feed.run() }
            let serving = Task { try await hub.run() }
            let result: Result<Void, any Error>
            do {
                try await poll { feed.readinessBlocker == nil }
                try await withListener(router) { address in
                    try await body(Running(server: server, nats: nats, hub: hub, board: board, address: address))
                    // Listeners wait for what is in flight.
                    serving.cancel()
                    _ = await serving.result
                }
                result = .success(())
            } catch {
                result = .failure(error)
            }
            serving.cancel()
            feeding.cancel()
            _ = await serving.result
            _ = await feeding.result
            try result.get()
        }
    }

    @Test func anEventIsToldAsItHappens() async throws {
        try await Self.running { gateway in
            try await EventListener.with(gateway.address) { listener in
                #expect(listener.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(listener.text.lowercased().contains("content-type: text/event-stream"))
                try await gateway.store(.proposed(.sample(7)))
                try await poll { listener.events.count == 1 }
                let event = try #require(listener.events.first)
                #expect(event.id == 1)
                #expect(event.type == "bursar.bounty.proposed.v1")
                let envelope = try #require(
                    try JSONSerialization.jsonObject(with: Data(event.data.utf8)) as? [String: Any])
                #expect(envelope["specversion"] as? String == "1.0")
                #expect(envelope["type"] as? String == event.type)
                #expect(envelope["source"] as? String == "/bursar/bounty")
                #expect(envelope["subject"] as? String == UUID.numbered(7).wireText)
                #expect(envelope["sequence"] as? String == "1")
                let bounty = (envelope["data"] as? [String: Any])?["bounty"] as? [String: Any]
                #expect(bounty?["id"] as? String == UUID.numbered(7).wireText)
                // What is told can be read at once.
                #expect(gateway.board.snapshot.entry(.numbered(7)) != nil)
            }
        }
    }

    /// A source that JSON has escapes for, and data on several lines, each of which would end the field.
    @Test func whatNeedsEscapesIsOneLineOfJSON() async throws {
        try await Self.running { gateway in
            try await EventListener.with(gateway.address) { listener in
                let told = try BountyEvent.proposed(.sample(7)).cloudEvent(id: .version7(), traceparent: nil)
                let lines = try JSONSerialization.data(
                    withJSONObject: JSONSerialization.jsonObject(with: Data(told.data)), options: .prettyPrinted)
                try await gateway.nats.store(.proposed(.sample(7))) { message in
                    message.headers = NATSHeaders(
                        told.headers.map { ($0.name, $0.name == "ce-source" ? "/%22%5C%0A%01/%C3%A4" : $0.value) })
                    message.payload = ByteBuffer(
                        string: String(decoding: lines, as: UTF8.self).replacing("\n", with: "\r\n"))
                }
                try await poll { listener.events.count == 1 }
                let data = try #require(listener.events.first?.data)
                let envelope = try #require(
                    try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
                #expect(envelope["source"] as? String == "/\"\\\n\u{1}/\u{E4}")
                let bounty = (envelope["data"] as? [String: Any])?["bounty"] as? [String: Any]
                #expect(bounty?["id"] as? String == UUID.numbered(7).wireText)
            }
        }
    }

    @Test(
        arguments: [
            ("?type=bursar.bounty.cancelled.v1", [4]), ("?repository=acme/other", [2]), ("?repository=10", [1, 3, 4]),
            ("?sponsor=road-runner", [3]), ("?bounty=\(UUID.numbered(1).wireText)", [1, 4]),
            ("?type=bursar.bounty.proposed.v1,bursar.bounty.cancelled.v1&sponsor=20", [1, 2, 4]),
        ] as [(String, [UInt64])])
    func aFilterNarrowsWhatIsTold(query: String, ids: [UInt64]) async throws {
        try await Self.running { gateway in
            try await EventListener.with(gateway.address, query) { listener in
                try await gateway.store(.proposed(.sample(1)))
                try await gateway.store(.proposed(.sample(2, repository: .init(id: 11, fullName: "acme/Other"))))
                try await gateway.store(.proposed(.sample(3, sponsor: .init(id: 21, login: "Road-Runner"))))
                try await gateway.store(.cancelled(.sample(1, version: 2, state: .cancelled), reason: .command))
                try await poll { gateway.hub.extent.end == 4 }
                try await poll { listener.events.map(\.id) == ids }
            }
        }
    }

    @Test(arguments: ["?type=x", "?bounty=7", "?last_event_id=-1", "?last_event_id=x", "?limit=1"])
    func whatCannotBeMeantIsRefused(query: String) async throws {
        try await Self.running { gateway in
            try await EventListener.with(gateway.address, query, headers: ["Connection: close"]) { listener in
                #expect(listener.text.hasPrefix("HTTP/1.1 400 "))
            }
        }
    }

    // MARK: - Coming back

    /// From memory where the capacity allows it, else from the stream, whichever is where.
    @Test(arguments: [4_096, 64], [0, 1, 57, 99, 100] as [UInt64])
    func whoComesBackIsToldWhatFollowed(capacity: Int, last: UInt64) async throws {
        try await Self.running(
            capacity: capacity, before: { for number in 1...60 { try await $0.store(.proposed(.sample(number))) } }
        ) { gateway in
            try await gateway.propose(61...100)
            try await poll { gateway.hub.extent.end == 100 }
            try await EventListener.with(gateway.address, headers: ["Last-Event-ID: \(last)"]) { listener in
                try await gateway.propose(101...120)
                try await poll { listener.events.count >= Int(120 - last) }
                #expect(listener.events.map(\.id) == (last + 1...120).map { $0 })
            }
        }
    }

    @Test func theHeaderIsNewerThanTheAddress() async throws {
        try await Self.running { gateway in
            try await gateway.propose(1...5)
            try await poll { gateway.hub.extent.end == 5 }
            try await EventListener.with(gateway.address, "?last_event_id=1", headers: ["Last-Event-ID: 3"]) {
                listener in
                try await poll { listener.events.map(\.id) == [4, 5] }
            }
            try await EventListener.with(gateway.address, "?last_event_id=1") { listener in
                try await poll { listener.events.map(\.id) == [2, 3, 4, 5] }
            }
        }
    }

    @Test func anIDThatTheStreamNeverHadIsTold() async throws {
        try await Self.running { gateway in
            try await gateway.propose(1...3)
            try await poll { gateway.hub.extent.end == 3 }
            try await EventListener.with(gateway.address, "?last_event_id=99") { listener in
                try await poll { listener.events.map(\.type) == ["reset"] }
                #expect(listener.lastID == 3)
                try await gateway.propose(4...4)
                try await poll { listener.events.map(\.id) == [3, 4] }
            }
        }
    }

    @Test func afterTheServerDiedNothingIsMissing() async throws {
        try await Self.running { gateway in
            try await EventListener.with(gateway.address) { listener in
                try await gateway.propose(1...3)
                try await poll { listener.events.count == 3 }
                await gateway.server.kill()
                try await poll { gateway.nats.state.isDown }
                try await gateway.server.start()
                try await gateway.nats.waitUntilConnected(timeout: .seconds(20))
                try await gateway.propose(4...6)
                try await poll { listener.events.count >= 6 }
                #expect(listener.events.map(\.id) == [1, 2, 3, 4, 5, 6])
            }
        }
    }

    @Test func anErasedLoginIsNotToldToWhoComesBack() async throws {
        try await Self.running { gateway in
            try await gateway.propose(1...2)
            let identity = IdentityRecord(
                github: .init(id: 20, login: nil), version: 1, links: [], updatedAt: BountyRecord.start)
            let erased = IdentityEvent(.erased, identity: identity, link: nil)
            let envelope = try erased.cloudEvent(id: .version7(), traceparent: nil)
            try await gateway.nats.store(
                NATSOutgoingMessage(
                    subject: erased.streamSubject, headers: NATSHeaders(envelope.headers),
                    payload: ByteBuffer(bytes: envelope.data)))
            try await poll { gateway.hub.extent.end == 3 }
            try await EventListener.with(gateway.address, "?last_event_id=0") { listener in
                try await poll { listener.events.map(\.id) == [1, 2, 3] }
                #expect(!listener.text.contains("Wile-E"))
                #expect(listener.events.last?.type == "bursar.identity.erased.v1")
            }
        }
    }

    // MARK: - Limits

    @Test func heartbeatsTellWhereTheClientIs() async throws {
        try await Self.running(heartbeat: .milliseconds(50)) { gateway in
            try await EventListener.with(gateway.address, "?sponsor=nobody") { listener in
                try await gateway.propose(1...4)
                try await poll { listener.lastID == 4 && listener.text.contains(": alive") }
                #expect(listener.events.isEmpty)
            }
        }
    }

    @Test func oneMoreThanMayListenIsToldToComeBack() async throws {
        try await Self.running(clients: 2) { gateway in
            try await EventListener.with(gateway.address) { _ in
                try await EventListener.with(gateway.address) { _ in
                    try await EventListener.with(gateway.address, headers: ["Connection: close"]) { refused in
                        #expect(refused.text.hasPrefix("HTTP/1.1 503 "))
                        #expect(refused.text.lowercased().contains("retry-after: 5"))
                    }
                }
            }
            // Who leaves makes room, at the latest when a heartbeat does not reach it.
            try await gateway.propose(1...1)
            try await poll {
                if gateway.hub.clientCount > 0 { try await gateway.store(.proposed(.sample(2))) }
                return gateway.hub.clientCount == 0
            }
        }
    }

    /// It takes nothing, and the others notice nothing of it.
    @Test func aClientThatDoesNotReadIsCutOff() async throws {
        try await Self.running { gateway in
            let slow = try await SilentClient(gateway.address, "GET /v1/events HTTP/1.1\r\nHost: test\r\n\r\n")
            try await poll { gateway.hub.clientCount == 1 }
            try await EventListener.with(gateway.address) { listener in
                try await poll { gateway.hub.clientCount == 2 }
                var frame = ByteBuffer(string: "data: ")
                frame.writeRepeatingByte(UInt8(ascii: "x"), count: 256 * 1024)
                frame.writeString("\n\n")
                var sequence: UInt64 = 0
                try await poll(within: .seconds(60)) {
                    sequence += 1
                    gateway.hub.publish(
                        [LiveEvent(sequence: sequence, type: "test", bounty: nil, frame: frame)], through: sequence)
                    let told = sequence
                    try await poll(within: .seconds(60)) { listener.events.count == told }
                    return gateway.hub.clientCount == 1
                }
                #expect(!listener.isClosed)
                #expect(sequence > 4)
            }
            try await slow.close()
        }
    }

    @Test func aShutdownEndsConnectionsWithALastWord() async throws {
        try await Self.running { gateway in
            let hub = EventHub()
            hub.open()
            let router = Router.standard(publicURL: "https://bursar.example")
            EventController(hub: hub, history: EventHistory(client: gateway.nats, board: gateway.board))
                .addRoutes(to: router.group("v1"))
            try await withListener(router) { address in
                let running = Task { try await hub.run() }
                try await EventListener.with(address, headers: ["Connection: close"]) { listener in
                    try await poll { hub.clientCount == 1 && listener.text.contains("retry: 2000") }
                    running.cancel()
                    try await poll { listener.isClosed }
                    #expect(listener.text.contains(": this server is going away\nretry: "))
                }
                try await running.value
                try await EventListener.with(address, headers: ["Connection: close"]) { listener in
                    #expect(listener.text.hasPrefix("HTTP/1.1 503 "))
                }
            }
        }
    }
}
