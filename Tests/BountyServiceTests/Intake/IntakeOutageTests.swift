import JetStream
import NIOCore
import ServiceRuntime
import Suite
import TestSupport
import Testing

@testable import BountyService

/// A broker that is away, slow, full, or without its stream.
@Suite(.timeLimit(.minutes(5))) struct IntakeOutageTests {
    @Test func withoutABrokerTheAnswerIs503AndNothingIsLost() async throws {
        try await IntakeFixture.run { fixture in
            #expect(try await fixture.send(DeliveryRequest(id: "d-1")).status == 202)
            await fixture.broker.kill()
            try await poll { fixture.client.state.isDown }
            let answer = try await fixture.send(DeliveryRequest(id: "d-2"))
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(answer.body.contains("problems/unavailable"))
            #expect(fixture.counted("unavailable") == 1)
            // These need no broker.
            #expect(try await fixture.send(DeliveryRequest("ping")).status == 202)
            #expect(try await fixture.send(DeliveryRequest().tampered("{}")).status == 401)
            try await fixture.broker.start()
            try await fixture.client.waitUntilConnected(timeout: .seconds(20))
            try await poll { (try? await fixture.storedCount) == 1 }
            #expect(try await fixture.send(DeliveryRequest(id: "d-2")).status == 202)
            #expect(try await fixture.stored(2).compactMap { $0.headers["X-GitHub-Delivery"] } == ["d-1", "d-2"])
        }
    }

    /// Every delivery that was answered 202 is there after the broker died without a word.
    @Test func whatWasAnswered202SurvivesTheDeathOfTheBroker() async throws {
        try await IntakeFixture.run { fixture in
            let accepted = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let id = "d-\(number)"
                        return try await fixture.send(DeliveryRequest(id: id)).status == 202 ? id : nil
                    }
                }
                group.addTask {
                    try await poll { try await fixture.storedCount >= 10 }
                    await fixture.broker.kill()
                    return nil
                }
                return try await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
            }
            try await fixture.broker.start()
            try await fixture.client.waitUntilConnected(timeout: .seconds(20))
            try await poll { (try? await fixture.storedCount) != nil }
            let stored = try await fixture.stored(try await fixture.storedCount)
            #expect(accepted.isSubset(of: stored.compactMap { $0.headers["X-GitHub-Delivery"] }))
            #expect(accepted.count >= 10)
        }
    }

    @Test func aBrokerThatDoesNotAcknowledgeInTimeIs503() async throws {
        try await IntakeFixture.run(storeDeadline: .milliseconds(200)) { fixture in
            let answer = try await fixture.broker.whilePaused { try await fixture.send(DeliveryRequest()) }
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
        }
    }

    @Test func withoutAStreamTheAnswerIs503() async throws {
        try await IntakeFixture.run(provisions: []) { fixture in
            #expect(try await fixture.send(DeliveryRequest()).status == 503)
            try await fixture.client.provision(Topology.streams(replicas: 1))
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
        }
    }

    @Test func aFullStreamIs503AndKeepsWhatItHas() async throws {
        var provisions = Topology.streams(replicas: 1)
        provisions[0].stream.maximumMessages = 1
        try await IntakeFixture.run(provisions: provisions) { fixture in
            #expect(try await fixture.send(DeliveryRequest(id: "d-1")).status == 202)
            #expect(try await fixture.send(DeliveryRequest(id: "d-2")).status == 503)
            let first = try #require(try await fixture.stored(1).first)
            #expect(first.headers["X-GitHub-Delivery"] == "d-1")
            try await first.ack()
            #expect(try await fixture.send(DeliveryRequest(id: "d-2")).status == 202)
        }
    }
}
