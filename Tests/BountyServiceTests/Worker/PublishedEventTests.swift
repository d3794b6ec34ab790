import Events
import FoundationEssentials
import JetStream
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// What reaches the event stream.
@Suite(.timeLimit(.minutes(5))) struct PublishedEventTests {
    @Test func everyStepIsPublishedInOrderAsACloudEvent() async throws {
        try await WorkerFixture.run { fixture in
            let kind = TextKind.comment
            try await fixture.withRelay {
                try await fixture.deliver(kind, kind.payload("created", "$usdc:1$"))
                for number in 2...20 {
                    try await fixture.deliver(kind, kind.payload("edited", "$usdc:\(number)$", at: number))
                }
                try await fixture.deliver(kind, kind.payload("deleted", "", at: 59))
                try await poll { try await fixture.count("outbox") == 0 }
            }
            let bounty = try #require(try await fixture.bounties.first)
            let messages = try await fixture.messages(of: StreamName.events, count: 21)
            var events: [BountyEvent] = []
            for (index, message) in messages.enumerated() {
                #expect(message.subject == "events.bounty.502.\(bounty.id.wireText)")
                let event = try CloudEvent(
                    header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
                #expect(message.headers["ce-specversion"] == "1.0")
                #expect(message.headers["content-type"] == "application/json")
                #expect(message.headers["Nats-Msg-Id"] == event.id.wireText)
                #expect(event.source == "/bursar/bounty")
                #expect(event.subject == bounty.id.wireText)
                #expect(event.sequence == index + 1)
                #expect(event.time == WorkerFixture.now)
                #expect(event.traceparent?.traceID == "0af7651916cd43dd8448eb211c80319c")
                #expect(event.traceparent?.parentID != "b7ad6b7169203331")
                events.append(try #require(try BountyEvent(type: event.type, data: event.data)))
            }
            #expect(events.map(\.bounty.version) == Array(1...21))
            #expect(events.map(\.bounty.amount) == (1...20).map(String.init) + ["20"])
            #expect(events.first?.type == "bursar.bounty.proposed.v1")
            #expect(events.last == .cancelled(bounty, reason: .textDeleted))
            // The stream and the table of events say the same.
            let stored = try await fixture.database.query("SELECT event_id FROM bounty_events ORDER BY version")
                .map { try $0.get("event_id", as: UUID.self).wireText }
            #expect(stored == messages.compactMap { $0.headers["ce-id"] })
        }
    }

    @Test func versionsOfEveryBountyAreInOrderUnderLoad() async throws {
        try await WorkerFixture.run { fixture in
            for text in 1...10 {
                for edit in 0...9 {
                    let action = edit == 0 ? "created" : "edited"
                    let payload = try TextKind.comment.payload(
                        action, "$usdc:\(edit + 1)$ $eth:\(edit + 1)$", at: edit, id: Int64(text))
                    try await fixture.send(.comment, payload)
                }
            }
            try await fixture.withRelay {
                try await fixture.withWorker {
                    try await poll { try await fixture.unanswered == 0 }
                    try await poll { try await fixture.count("outbox") == 0 }
                }
            }
            let count = try await fixture.count("bounty_events")
            var versions: [String: [Int]] = [:]
            for message in try await fixture.messages(of: StreamName.events, count: count) {
                versions[try #require(message.headers["ce-subject"]), default: []]
                    .append(try #require(message.headers["ce-sequence"].flatMap { Int($0) }))
            }
            #expect(versions.count == 20)
            for (_, versions) in versions { #expect(versions == Array(1...versions.count)) }
            #expect(try await fixture.bounties.allSatisfy { $0.amount == "10" })
        }
    }

    @Test func whatWasCommittedWhileTheBrokerWasAwayIsPublishedLater() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send(.comment, TextKind.comment.payload("created", "$usdc:5$"))
            let message = try await fixture.next()
            await fixture.broker.kill()
            try await poll { fixture.client.state.isDown }
            try? await fixture.handler.handle(message)
            #expect(try await fixture.count("outbox") == 1)
            try await fixture.withRelay {
                try await poll { fixture.relay.state.isDown }
                try await fixture.broker.start()
                try await poll { try await fixture.count("outbox") == 0 }
                #expect(fixture.relay.state == .up)
            }
            #expect(try await fixture.messages(of: StreamName.events, count: 1).count == 1)
        }
    }
}
