import EmbeddedServers
import Events
import FoundationEssentials
import JetStream
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// What the worker does while the database or the broker is away.
@Suite(.timeLimit(.minutes(5))) struct OutageTests {
    private func send(_ numbers: ClosedRange<Int>, _ fixture: WorkerFixture) async throws {
        for number in numbers {
            let payload = try TextKind.comment.payload("created", "$usdc:\(number)$", id: Int64(number))
            try await fixture.send(.comment, payload)
        }
    }

    private func progress(_ fixture: WorkerFixture) async throws -> NATSClient.ConsumerProgress {
        try await fixture.client.progress(of: ConsumerName.bountyWebhooks, in: StreamName.webhooks)
    }

    @Test func whileTheDatabaseIsAwayNothingIsFetchedAndNothingFails() async throws {
        try await TestPostgres.withServerDirectory { embedded in
            let url = try PostgresURL(try await embedded.start().adminURL)
            try await WorkerFixture.run(url: url) { fixture in
                try await fixture.withWorker {
                    try await send(1...3, fixture)
                    try await poll { try await fixture.unanswered == 0 }
                    try await embedded.stop()
                    try await send(4...4, fixture)
                    try await poll { try await progress(fixture).num_ack_pending == 1 }
                    try await send(5...30, fixture)
                    _ = try await embedded.start()
                    try await poll { try await fixture.unanswered == 0 }
                }
                #expect(try await fixture.bounties.map(\.amount) == (1...30).map(String.init))
                // Each was fetched once: the one at hand was kept, and the others waited in the stream.
                #expect(try await progress(fixture).delivered.consumer_seq == 30)
                #expect(try await fixture.count("handler_failures") == 0)
                #expect(fixture.outcomes(of: "issue_comment") == ["applied": 30])
                #expect(try await fixture.client.messageCount(of: StreamName.dead) == 0)
            }
        }
    }

    /// A server that answers and cannot work (its disk is full) is away as well, however long it lasts.
    @Test func aDatabaseThatAnswersAndCannotWorkIsWaitedForToo() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.database.execute(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
                """)
            // A sequence counts what is rolled back, too.
            try await fixture.database.execute("CREATE SEQUENCE tries")
            try await fixture.database.execute(
                """
                CREATE TRIGGER refuse BEFORE INSERT ON bounties FOR EACH ROW
                WHEN (nextval('tries') > 0) EXECUTE FUNCTION refuse()
                """)
            try await fixture.withWorker {
                try await send(1...10, fixture)
                // The deliveries at hand were tried again several times, with growing delays.
                try await poll(within: .seconds(120)) {
                    try await fixture.database.query("SELECT last_value FROM tries")[0]
                        .get("last_value", as: Int.self) >= 8
                }
                #expect(try await progress(fixture).delivered.consumer_seq <= 10)
                try await fixture.database.execute("DROP TRIGGER refuse ON bounties")
                try await poll { try await fixture.unanswered == 0 }
            }
            #expect(try await fixture.count("bounties") == 10)
            #expect(try await progress(fixture).delivered.consumer_seq == 10)
            #expect(try await fixture.count("handler_failures") == 0)
        }
    }

    @Test func connectionsThatBreakInTheMiddleLoseNothing() async throws {
        try await WorkerFixture.run { fixture in
            try await fixture.withWorker {
                try await send(1...300, fixture)
                var round = 0
                while try await fixture.unanswered > 0 {
                    round += 1
                    // Some transactions get through between two breaks.
                    guard round.isMultiple(of: 100) else { continue }
                    _ = try? await fixture.database.execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                }
            }
            #expect(try await fixture.bounties.map(\.amount) == (1...300).map(String.init))
            #expect(try await fixture.count("handler_failures") == 0)
        }
    }

    @Test func workGoesOnAfterTheBrokerDied() async throws {
        try await WorkerFixture.run(ackWait: .seconds(1)) { fixture in
            try await fixture.withWorker {
                try await send(1...100, fixture)
                try await poll { try await fixture.count("bounties") >= 20 }
                await fixture.broker.kill()
                try await fixture.broker.start()
                try await fixture.client.waitUntilConnected(timeout: .seconds(20))
                try await poll { (try? await fixture.unanswered) == 0 }
                try await send(101...110, fixture)
                try await poll { try await fixture.unanswered == 0 }
            }
            #expect(try await fixture.bounties.map(\.amount) == (1...110).map(String.init))
            #expect(try await fixture.steps.count == 110)
        }
    }

    // MARK: - Stopping

    private func group(_ fixture: WorkerFixture) -> ServiceGroup {
        ServiceGroup(
            services: [WebhookWorker(consumer: fixture.consumer, handler: fixture.handler, logger: .quiet)],
            logger: .quiet)
    }

    @Test func stoppingEndsAWorkerThatWaits() async throws {
        try await WorkerFixture.run { fixture in
            let group = group(fixture)
            let running = Task { try await group.run() }
            try await poll { fixture.consumer.state == .up }
            await group.triggerGracefulShutdown()
            try await withDeadline(.seconds(30)) { try await running.value }
        }
    }

    @Test func stoppingFinishesWhatWasFetched() async throws {
        try await WorkerFixture.run { fixture in
            try await send(1...50, fixture)
            let group = group(fixture)
            let running = Task { try await group.run() }
            try await poll { try await fixture.count("bounties") > 0 }
            await group.triggerGracefulShutdown()
            try await withDeadline(.seconds(30)) { try await running.value }
            #expect(try await progress(fixture).num_ack_pending == 0)
            #expect(try await fixture.count("bounties") == 50 - (try await fixture.unanswered))
        }
    }

    /// Another replica may reach the database.
    @Test func stoppingWithoutADatabaseGivesBackWhatIsAtHand() async throws {
        try await WorkerFixture.run { fixture in
            try await send(1...20, fixture)
            let other = try fixture.withConsumerOfItsOwn()
            await fixture.database.close()
            let group = group(fixture)
            let running = Task { try await group.run() }
            try await poll { try await progress(fixture).num_ack_pending == 20 }
            await group.triggerGracefulShutdown()
            try await withDeadline(.seconds(30)) { try await running.value }
            var numbers: Set<UInt64> = []
            for _ in 1...20 { numbers.insert(try await other.next().position.streamSequence) }
            #expect(numbers == Set(1...20))
        }
    }
}
