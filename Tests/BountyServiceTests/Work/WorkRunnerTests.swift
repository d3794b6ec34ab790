import Events
import FoundationEssentials
import GitHub
import JetStream
import NIOCore
import Postgres
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

@testable import BountyService

/// What is done outside of transactions: once in effect, whoever does it and whatever dies.
@Suite(.timeLimit(.minutes(5))) struct WorkRunnerTests {
    struct Note: Codable, Sendable { var text: String }

    /// Does what a test says.
    struct Handler: WorkHandler {
        let kind = "note"
        let calls: Counter
        let body: @Sendable (WorkItem) async throws -> WorkOutcome

        func handle(_ item: WorkItem) async throws -> WorkOutcome {
            calls.increment()
            return try await body(item)
        }
    }

    final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func increment() { count.withLock { $0 += 1 } }
    }

    static func run(
        handling body: @escaping @Sendable (WorkItem) async throws -> WorkOutcome,
        _ test: @escaping @Sendable (WorkerFixture, WorkRunner, Counter) async throws -> Void
    ) async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.database.execute("CREATE TABLE notes (text text NOT NULL)")
            let calls = Counter()
            let runner = fixture.runner(nil, extra: [Handler(calls: calls, body: body)])
            try await test(fixture, runner, calls)
        }
    }

    static func enqueue(_ fixture: WorkerFixture, _ key: String, _ text: String, after: Duration = .zero) async throws {
        try await fixture.database.transaction { transaction in
            try Work.enqueue(kind: "note", key: key, payload: Note(text: text), after: after, in: transaction)
        }
    }

    static func write(_ item: WorkItem) throws -> WorkOutcome {
        let note = try item.decode(Note.self)
        return .apply { try $0.execute("INSERT INTO notes VALUES (\(note.text))") }
    }

    @Test func theEffectAndTheEndOfTheItemAreOne() async throws {
        try await Self.run(handling: Self.write) { fixture, runner, calls in
            try await Self.enqueue(fixture, "a", "one")
            try await Self.enqueue(fixture, "a", "two")
            #expect(try await runner.runOnce() == 1)
            #expect(try await runner.runOnce() == 0)
            #expect(try await fixture.count("notes") == 1)
            #expect(try await fixture.count("work") == 0)
            #expect(calls.value == 1)
        }
    }

    @Test func whatIsNotDueWaits() async throws {
        try await Self.run(handling: Self.write) { fixture, runner, _ in
            try await Self.enqueue(fixture, "a", "one", after: .seconds(600))
            #expect(try await runner.runOnce() == 0)
            // Asked for earlier, it is due earlier.
            try await Self.enqueue(fixture, "a", "two")
            #expect(try await runner.runOnce() == 1)
        }
    }

    @Test func whatIsAskedForWhileItIsDoneIsDoneAgain() async throws {
        let fixtureBox = Mutex<WorkerFixture?>(nil)
        try await Self.run { item in
            if try item.decode(Note.self).text == "one", let fixture = fixtureBox.withLock({ $0 }) {
                try await Self.enqueue(fixture, "a", "two")
            }
            return try Self.write(item)
        } _: { fixture, runner, calls in
            fixtureBox.withLock { $0 = fixture }
            try await Self.enqueue(fixture, "a", "one")
            #expect(try await runner.runOnce() == 1)
            #expect(try await runner.runOnce() == 1)
            #expect(try await runner.runOnce() == 0)
            #expect(calls.value == 2)
            #expect(try await fixture.count("notes") == 2)
        }
    }

    @Test func theFifthFailureIsADeadLetterWithAllThatItCameWith() async throws {
        struct Fault: Error, CustomStringConvertible { let description = "it is\nbroken" }
        try await Self.run(handling: { _ in throw Fault() }) { fixture, runner, calls in
            try await Self.enqueue(fixture, "a/b", "one")
            try await poll {
                try await runner.runOnce()
                return try await fixture.count("work") == 0
            }
            #expect(calls.value == WorkRunner.maximumAttempts)
            let letter = try #require(try await fixture.messages(of: StreamName.dead, count: 1).first)
            #expect(letter.subject == "dead.bounty.work")
            #expect(letter.headers["Bursar-Work-Kind"] == "note")
            #expect(letter.headers["Bursar-Work-Key"] == "a/b")
            #expect(letter.headers["Bursar-Dead-Reason"] == "failed: it is broken")
            #expect(letter.headers["Bursar-Dead-Attempts"] == "5")
            #expect(letter.payload == ByteBuffer(string: #"{"text":"one"}"#))
        }
    }

    @Test(
        arguments: [
            WorkPostponed("later", for: .milliseconds(1)), NATSError.noResponders(subject: "s"),
            GitHubError(.unavailable, "away"), GitHubError(.rateLimited(until: .distantPast), "slow down"),
            PostgresError(.unavailable, "away"), CancellationError(),
        ] as [any Error])
    func whatIsMissingIsNoFailure(error: any Error) async throws {
        try await Self.run(handling: { _ in throw error }) { fixture, runner, _ in
            for _ in 0..<8 {
                try await Self.enqueue(fixture, "a", "one")
                try await runner.runOnce()
            }
            let rows = try await fixture.database.query("SELECT attempts, last_error FROM work")
            let row = try #require(rows.first)
            #expect(try row.get("attempts", as: Int.self) == 0)
            #expect(try row.get("last_error", as: String?.self) != nil)
        }
    }

    @Test func manyRunnersDoEachItemOnce() async throws {
        try await Self.run(handling: Self.write) { fixture, runner, calls in
            for key in 0..<100 { try await Self.enqueue(fixture, "\(key)", "\(key)") }
            await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { while try await runner.runOnce() > 0 {} }
                }
            }
            #expect(try await fixture.count("notes") == 100)
            #expect(calls.value == 100)
        }
    }

    /// The lease ran out: the other's effect is the one that is written.
    @Test func whoLostTheLeaseWritesNothing() async throws {
        let fixtureBox = Mutex<WorkerFixture?>(nil)
        try await Self.run { item in
            if let fixture = fixtureBox.withLock({ $0 }) {
                try await fixture.database.execute("UPDATE work SET lease = gen_random_uuid()")
            }
            return try Self.write(item)
        } _: { fixture, runner, _ in
            fixtureBox.withLock { $0 = fixture }
            try await Self.enqueue(fixture, "a", "one")
            try await runner.runOnce()
            #expect(try await fixture.count("notes") == 0)
            #expect(try await fixture.count("work") == 1)
        }
    }
}
