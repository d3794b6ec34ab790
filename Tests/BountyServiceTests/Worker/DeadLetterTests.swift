import Events
import FoundationEssentials
import JetStream
import NIOCore
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// Deliveries that cannot be handled.
@Suite(.timeLimit(.minutes(5))) struct DeadLetterTests {
    static let good = Payload.comment("created")

    struct Malformed: CustomTestStringConvertible {
        var testDescription: String
        var event = "issue_comment"
        var body: Data
        var reason: String

        init(_ description: String, _ body: Data, _ reason: String, event: String = "issue_comment") {
            (testDescription, self.event, self.body, self.reason) = (description, event, body, reason)
        }
    }

    static func malformed() throws -> [Malformed] {
        let comment = try Payload.comment("deleted").setting("issue.updated_at", to: .text("2026-11-21T11:00:00Z"))
        return [
            Malformed("cut off", good.data.prefix(good.data.count / 2), "malformed: the body must be "),
            Malformed("empty", Data(), "malformed: the body must be "),
            Malformed("no JSON", Data("<html>".utf8), "malformed: the body must be "),
            Malformed("no text", Data([0xFF, 0xFE, 0, 0x7B]), "malformed: the body must be "),
            Malformed("an array", Data("[]".utf8), "malformed: "),
            Malformed(
                "a text for an id", try good.setting("comment.id", to: .text("77")).data,
                "malformed: comment.id must be a whole number of at most 64 bits"),
            Malformed(
                "no sender", try good.setting("sender", to: nil).data, "malformed: sender must be present"),
            Malformed(
                "no action", try good.setting("action", to: nil).data, "malformed: action must be present",
                event: "pull_request"),
            Malformed(
                "a comment called an issue", comment.data,
                "malformed: comment must be left out: it belongs to another event", event: "issues"),
            Malformed(
                "a line break in a time",
                try good.setting("comment.updated_at", to: .text("yester\nday")).data, "malformed: comment.updated_at"),
        ]
    }

    @Test(arguments: try malformed())
    func aMalformedDeliveryIsADeadLetterAtOnce(example: Malformed) async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send(example.event, example.body, id: "d-1")
            try await fixture.handleNext()
            let letter = try #require(try await fixture.messages(of: StreamName.dead, count: 1).first)
            #expect(letter.subject == "dead.bounty.webhooks")
            #expect(letter.payload == ByteBuffer(bytes: example.body))
            let reason = try #require(letter.headers["Bursar-Dead-Reason"])
            #expect(reason.hasPrefix(example.reason), "\(reason)")
            #expect(letter.headers["Bursar-Dead-Attempts"] == "1")
            #expect(letter.headers["Bursar-Dead-At"] == WorkerFixture.now.wireText)
            #expect(letter.headers["Bursar-Original-Subject"] == "webhooks.github.\(example.event)")
            #expect(letter.headers["Bursar-Original-Stream"] == "WEBHOOKS")
            #expect(letter.headers["Bursar-Original-Sequence"] == "1")
            // Those that it came with.
            #expect(letter.headers["X-GitHub-Event"] == example.event)
            #expect(letter.headers["X-GitHub-Delivery"] == "d-1")
            #expect(letter.headers["Bursar-Received-At"] == "2026-11-21T10:00:00.000Z")
            #expect(letter.headers["traceparent"]?.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-") == true)
            #expect(try await fixture.unanswered == 0)
            #expect(fixture.outcomes(of: example.event) == ["dead_letter": 1])
            // Sent again by GitHub once it can be handled, it is no duplicate.
            #expect(try await fixture.count("inbox") == 0)
        }
    }

    @Test(arguments: ["X-GitHub-Event", "X-GitHub-Delivery"])
    func aMessageWithoutItsHeadersIsADeadLetter(name: String) async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send("issues", Self.good.data) { headers in
                headers = NATSHeaders(headers.fields.filter { $0.name != name })
            }
            try await fixture.handleNext()
            let letter = try #require(try await fixture.messages(of: StreamName.dead, count: 1).first)
            #expect(letter.headers["Bursar-Dead-Reason"] == "the headers of the delivery are missing")
            #expect(try await fixture.unanswered == 0)
        }
    }

    @Test func aBodyOf25MebibytesIsKeptWhole() async throws {
        try await WorkerFixture.run { fixture in
            let body = Data(repeating: 0x20, count: WebhookIntake.maximumBodyBytes)
            try await fixture.send("issues", body, id: String(repeating: "d", count: 64))
            try await fixture.handleNext()
            let letter = try #require(try await fixture.messages(of: StreamName.dead, count: 1).first)
            #expect(letter.message.payloadSize == WebhookIntake.maximumBodyBytes)
        }
    }

    /// The copy was written, and the process died before the original was ended.
    @Test func aDeadLetterThatIsWrittenAgainIsOne() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send("issues", Data("{".utf8))
            let message = try await fixture.next()
            try await fixture.handler.deadLetters.write(message, reason: "r", attempts: 1)
            try await message.nak()
            try await fixture.handleNext()
            #expect(try await fixture.client.messageCount(of: StreamName.dead) == 1)
            #expect(try await fixture.unanswered == 0)
        }
    }

    @Test func withoutTheBrokerTheOriginalStays() async throws {
        try await WorkerFixture.run(ackWait: .milliseconds(500)) { fixture in
            try await fixture.send("issues", Data("{".utf8))
            let message = try await fixture.next()
            await fixture.broker.kill()
            try await poll { fixture.client.state.isDown }
            await #expect(throws: NATSError.self) { try await fixture.handler.handle(message) }
            try await fixture.broker.start()
            try await fixture.client.waitUntilConnected(timeout: .seconds(20))
            try await fixture.handleNext()
            #expect(try await fixture.client.messageCount(of: StreamName.dead) == 1)
            #expect(try await fixture.unanswered == 0)
        }
    }

    /// Nobody knows better what to do with it, whatever state the database is in.
    @Test func aMalformedDeliveryNeedsNoDatabase() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.database.execute("DROP TABLE handler_failures")
            try await fixture.send("issues", Data("{".utf8))
            try await fixture.handleNext()
            #expect(try await fixture.unanswered == 0)
            await fixture.database.close()
            try await fixture.send("issues", Data("{".utf8))
            try await fixture.handleNext()
            #expect(try await fixture.unanswered == 0)
            #expect(try await fixture.client.messageCount(of: StreamName.dead) == 2)
        }
    }

    // MARK: - Failures

    @Test func aFailureIsCountedAndTriedAgainAfterADelay() async throws {
        let backoff = Backoff(base: .seconds(600), maximum: .seconds(600))
        try await WorkerFixture.run(retryBackoff: backoff) { fixture in
            try await fixture.database.execute("ALTER TABLE bounties RENAME TO elsewhere")
            try await fixture.send(.comment, Self.good)
            try await fixture.handleNext()
            let failure = try #require(
                try await HandlerFailures.find(
                    messageID: "WEBHOOKS/1", consumer: DeliveryHandler.consumerName, client: fixture.database))
            #expect(failure.attempts == 1)
            #expect(failure.lastError.contains("bounties"))
            #expect((0..<601).contains(failure.nextAttempt.timeIntervalSinceNow))
            #expect(fixture.outcomes(of: "issue_comment") == ["failed": 1])
            // Nothing of it stays, and it stays in the stream.
            #expect(try await fixture.count("inbox") == 0)
            #expect(try await fixture.count("texts") == 0)
            #expect(try await fixture.unanswered == 1)
            // It waits: what comes after it does not.
            try await fixture.database.execute("ALTER TABLE elsewhere RENAME TO bounties")
            try await fixture.deliver(.comment, TextKind.comment.payload("created", "$usdc:5$", id: 78))
            #expect(try await fixture.unanswered == 1)
        }
    }

    @Test func whatFailedAndThenSucceedsIsForgotten() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.database.execute("ALTER TABLE bounties RENAME TO elsewhere")
            try await fixture.send(.comment, Self.good)
            for attempt in 1...4 {
                try await fixture.handleNext()
                let failure = try await HandlerFailures.find(
                    messageID: "WEBHOOKS/1", consumer: DeliveryHandler.consumerName, client: fixture.database)
                #expect(failure?.attempts == attempt)
            }
            try await fixture.database.execute("ALTER TABLE elsewhere RENAME TO bounties")
            try await fixture.handleNext()
            #expect(try await fixture.steps == ["1 proposed"])
            #expect(try await fixture.count("handler_failures") == 0)
            #expect(try await fixture.unanswered == 0)
            #expect(try await fixture.client.messageCount(of: StreamName.dead) == 0)
        }
    }

    @Test func theFifthFailureIsADeadLetter() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.database.execute("ALTER TABLE bounties RENAME TO elsewhere")
            try await fixture.send(.comment, Self.good, id: "d-1")
            try await fixture.withWorker { try await poll { try await fixture.unanswered == 0 } }
            let letter = try #require(try await fixture.messages(of: StreamName.dead, count: 1).first)
            #expect(letter.payload == ByteBuffer(bytes: Self.good.data))
            #expect(letter.headers["Bursar-Dead-Attempts"] == "5")
            #expect(letter.headers["Bursar-Dead-Reason"]?.hasPrefix("failed: PostgreSQL 42P01: ") == true)
            #expect(letter.headers["X-GitHub-Delivery"] == "d-1")
            #expect(fixture.outcomes(of: "issue_comment") == ["failed": 5, "dead_letter": 1])
            try await poll { try await fixture.count("handler_failures") == 0 }
            // Replayed once the cause is gone, it takes effect.
            try await fixture.database.execute("ALTER TABLE elsewhere RENAME TO bounties")
            #expect(try await fixture.deliver(.comment, Self.good, id: "d-1") == "applied")
        }
    }

    @Test func oneThatFailsHoldsUpNoOther() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.database.execute(
                "ALTER TABLE bounties ADD CONSTRAINT broken CHECK (source_id <> 13)")
            for id in 1...20 {
                try await fixture.send(
                    .comment, TextKind.comment.payload("created", "$usdc:5$", id: Int64(id)), id: "d-\(id)")
            }
            try await fixture.withWorker { try await poll { try await fixture.unanswered == 0 } }
            #expect(try await fixture.count("bounties") == 19)
            let letters = try await fixture.messages(of: StreamName.dead, count: 1)
            #expect(letters.first?.headers["X-GitHub-Delivery"] == "d-13")
        }
    }

    /// It never failed, and was never answered: perhaps it is what ends the process.
    @Test func aMessageThatIsDeliveredWithoutEndIsADeadLetter() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.send(.comment, Self.good)
            for _ in 0..<DeliveryHandler.maximumDeliveries { try await fixture.next().nak() }
            try await fixture.handleNext()
            let letter = try #require(try await fixture.messages(of: StreamName.dead, count: 1).first)
            #expect(letter.headers["Bursar-Dead-Attempts"] == "0")
            #expect(letter.headers["Bursar-Dead-Reason"]?.hasPrefix("delivered 51 times without an end") == true)
            #expect(try await fixture.count("bounties") == 0)
            #expect(try await fixture.unanswered == 0)
        }
    }
}
