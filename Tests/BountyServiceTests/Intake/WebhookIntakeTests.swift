import Events
import FoundationEssentials
import JetStream
import NIOCore
import TestSupport
import Testing

@testable import BountyService

/// What is stored, as it came.
@Suite(.timeLimit(.minutes(5))) struct WebhookIntakeTests {
    @Test(arguments: ["issue_comment", "issues", "pull_request"])
    func aDeliveryIsStoredAsItCame(event: String) async throws {
        try await IntakeFixture.run { fixture in
            // Bytes that no JSON reader would give back the same, or at all.
            let body = ByteBuffer(bytes: Array("{ \"a\" :\t1.0,\r\n\"a\":\"\\u00e9\"}".utf8) + [0, 0xFF, 0xFE])
            let answer = try await fixture.send(DeliveryRequest(event, id: "d-1", body: body))
            #expect(answer.status == 202)
            #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
            #expect(answer.body == #"{"delivery":"d-1","status":"stored"}"#)
            let message = try #require(try await fixture.stored(1).first)
            #expect(message.subject == "webhooks.github.\(event)")
            #expect(message.payload == body)
            #expect(
                Set(message.headers.fields.map(\.name))
                    == ["X-GitHub-Event", "X-GitHub-Delivery", "Bursar-Received-At", "traceparent"])
            #expect(message.headers["X-GitHub-Event"] == event)
            #expect(message.headers["X-GitHub-Delivery"] == "d-1")
            let received = try #require(message.headers["Bursar-Received-At"].flatMap { Date(wireText: $0) })
            #expect(abs(received.timeIntervalSinceNow) < 60)
            #expect(Traceparent(try #require(message.headers["traceparent"])) != nil)
            #expect(fixture.counted("stored") == 1)
            #expect(fixture.metrics.value("bursar_webhook_accept_seconds_count") == 1)
        }
    }

    @Test func theTraceGoesOn() async throws {
        try await IntakeFixture.run { fixture in
            let trace = "0af7651916cd43dd8448eb211c80319c"
            let request = DeliveryRequest()
            for traceparent in ["00-\(trace)-b7ad6b7169203331-01", "00-\(trace)-0000000000000000-01", "nonsense"] {
                #expect(try await fixture.send(request.setting("traceparent", to: traceparent)).status == 202)
            }
            let traces = try await fixture.stored(3).map { $0.headers["traceparent"].flatMap { Traceparent($0) } }
            #expect(traces[0]?.traceID == trace)
            #expect(traces[0]?.parentID != "b7ad6b7169203331")
            #expect(traces[0]?.flags == 1)
            // What is malformed starts a new trace.
            #expect(traces[1] != nil && traces[1]?.traceID != trace)
            #expect(traces[2] != nil)
        }
    }

    /// The worker tells them apart; in a work queue the broker would lose what it took for a repetition.
    @Test func theSameDeliveryIsStoredAgain() async throws {
        try await IntakeFixture.run { fixture in
            for _ in 0..<3 { #expect(try await fixture.send(DeliveryRequest()).status == 202) }
            let messages = try await fixture.stored(3)
            #expect(Set(messages.map { $0.headers["X-GitHub-Delivery"] }).count == 1)
            for message in messages { try await message.ack() }
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
            #expect(try await fixture.storedCount == 1)
        }
    }

    @Test func aChunkedBodyIsStoredWhole() async throws {
        try await IntakeFixture.run { fixture async throws in
            let body = ByteBuffer(bytes: (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            for size in [1_000, 100_000] {
                #expect(try await fixture.send(DeliveryRequest(body: body).chunked(by: size)).status == 202)
            }
            #expect(try await fixture.stored(2).map(\.payload) == [body, body])
        }
    }

    @Test func anEmptyBodyWithItsSignatureIsStored() async throws {
        try await IntakeFixture.run { fixture async throws in
            #expect(try await fixture.send(DeliveryRequest(body: ByteBuffer())).status == 202)
            #expect(try await fixture.stored(1).first?.message.payloadSize == 0)
        }
    }

    @Test(arguments: ["ping", "star", "push", "workflow_run", "issue_comment_", "installation_target"])
    func anEventThatMeansNothingToUsIsIgnored(event: String) async throws {
        try await IntakeFixture.run { fixture in
            let answer = try await fixture.send(DeliveryRequest(event, id: "d-1"))
            #expect(answer.status == 202)
            #expect(answer.body == #"{"delivery":"d-1","status":"ignored"}"#)
            #expect(try await fixture.storedCount == 0)
            #expect(fixture.counted("ignored") == 1)
        }
    }

    @Test func manyDeliveriesAtOnceAreAllStored() async throws {
        try await IntakeFixture.run { fixture in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { try await fixture.send(DeliveryRequest(id: "d-\(number)")).status }
                }
                for try await status in group { #expect(status == 202) }
            }
            let ids = try await fixture.stored(200).compactMap { $0.headers["X-GitHub-Delivery"] }
            #expect(Set(ids) == Set((0..<200).map { "d-\($0)" }))
            #expect(fixture.counted("stored") == 200)
        }
    }
}
