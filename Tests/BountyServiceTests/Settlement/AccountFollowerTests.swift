import Events
import FoundationEssentials
import JetStream
import NIOCore
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// Events of accounts that cannot be handled are dead letters, and hold up none behind them.
@Suite(.timeLimit(.minutes(5))) struct AccountFollowerTests {
    private static func withFollower(
        _ fixture: WorkerFixture, _ body: () async throws -> Void
    ) async throws {
        let follower = AccountFollower(
            consumer: try PullConsumer(
                client: fixture.client, stream: StreamName.events, durable: ConsumerName.bountyAccounts),
            database: fixture.database, deadLetters: fixture.handler.deadLetters, logger: .quiet,
            retryBackoff: Backoff(base: .milliseconds(5), maximum: .milliseconds(20)), enqueued: {})
        let task = Task { try await follower.run() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        task.cancel()
        _ = await task.result
        try outcome.get()
    }

    private static func erasure(of account: Int64) -> IdentityEvent {
        IdentityEvent(
            .erased,
            identity: IdentityRecord(
                github: .init(id: account, login: nil), version: 1, links: [], updatedAt: WorkerFixture.now), link: nil)
    }

    private static func publish(
        _ event: IdentityEvent, id: UUID = .version7(), data: [UInt8]? = nil, _ fixture: WorkerFixture
    ) async throws {
        let envelope = try event.cloudEvent(id: id, traceparent: nil)
        try await fixture.client.store(
            NATSOutgoingMessage(
                subject: event.streamSubject, headers: NATSHeaders(envelope.headers),
                payload: ByteBuffer(bytes: data ?? envelope.data)))
    }

    private static func handled(_ fixture: WorkerFixture) async throws -> Int {
        try await fixture.database.query("SELECT 1 AS one FROM inbox WHERE consumer = 'accounts'").count
    }

    @Test func whatCannotBeReadIsADeadLetterAtOnce() async throws {
        try await WorkerFixture.run { fixture in
            try await Self.withFollower(fixture) {
                try await Self.publish(Self.erasure(of: 1), data: Array("{}".utf8), fixture)
                try await Self.publish(Self.erasure(of: 2), fixture)
                try await poll { try await Self.handled(fixture) == 1 }
            }
            let letter = try #require(
                try await DeadLetterOperationsTests.all(DeadLetters(client: fixture.client)).first)
            #expect(letter.consumer == "bounty.accounts")
            #expect(letter.what == "bursar.identity.erased.v1 1")
            #expect(letter.attempts == "1")
            #expect(letter.reason.hasPrefix("unreadable: "))
            #expect(letter.payload == Array("{}".utf8))
        }
    }

    @Test func whatFailsIsADeadLetterInTheEndAndIsReplayed() async throws {
        try await WorkerFixture.run { fixture in
            let letters = DeadLetters(client: fixture.client)
            try await fixture.database.execute("ALTER TABLE refusals RENAME TO elsewhere")
            try await Self.withFollower(fixture) {
                try await Self.publish(Self.erasure(of: 1), fixture)
                try await poll { try await !DeadLetterOperationsTests.all(letters).isEmpty }
                let letter = try #require(try await DeadLetterOperationsTests.all(letters).first)
                #expect(letter.attempts == "5")
                #expect(letter.reason.hasPrefix("failed: "))
                try await poll { try await fixture.count("handler_failures") == 0 }
                #expect(try await Self.handled(fixture) == 0)
                try await fixture.database.execute("ALTER TABLE elsewhere RENAME TO refusals")
                for _ in 0..<2 { try await letters.replay(letter, fixture.database) }
                try await poll { try await Self.handled(fixture) == 1 }
            }
            #expect(try await DeadLetterOperationsTests.all(letters).isEmpty)
        }
    }
}
