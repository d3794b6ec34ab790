import Dispatch
import FoundationEssentials
import NIOCore
import Postgres
import ServiceLifecycle
import ServiceRuntime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct OutboxTests {
    private func isEmpty(_ client: PostgresClient) async throws -> Bool {
        try await Outbox.backlog(client).count == 0
    }

    @Test func messagesArriveWholeAndTheirRowsGo() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            try await OutboxFixture.append(client, OutboxFixture.message("a", 1), OutboxFixture.message("a", 2))
            let backlog = try await Outbox.backlog(client)
            #expect(backlog.count == 2)
            #expect(backlog.oldest != nil)
            try await OutboxFixture.running(OutboxFixture.relay(client, broker)) {
                try await poll { try await isEmpty(client) }
            }
            #expect(broker.published == [OutboxFixture.message("a", 1), OutboxFixture.message("a", 2)])
            #expect(try await Outbox.backlog(client).oldest == nil)
        }
    }

    @Test func whatIsRolledBackIsNeverPublishedAndIdsAreUnique() async throws {
        try await OutboxFixture.withClient { client in
            await #expect(throws: FakeBroker.Refusal.self) {
                try await client.transaction { transaction in
                    try Outbox.append(OutboxFixture.message("a", 1), in: transaction)
                    throw FakeBroker.Refusal()
                }
            }
            try await OutboxFixture.append(client, OutboxFixture.message("a", 1))
            let error = await #expect(throws: PostgresError.self) {
                try await OutboxFixture.append(client, OutboxFixture.message("a", 1))
            }
            #expect(error?.isUniqueViolation(constraint: "outbox_message_id_key") == true)
        }
    }

    @Test func anAggregateKeepsItsOrderAndAggregatesGoSideBySide() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker(delay: .milliseconds(1))
            let names = (0..<20).map { "aggregate-\($0)" }
            try await client.transaction { transaction in
                for number in 0..<20 {
                    try Outbox.append(names.map { OutboxFixture.message($0, number) }, in: transaction)
                }
            }
            let relay = OutboxFixture.relay(client, broker) {
                $0.maximumBatch = 70
                $0.maximumConcurrent = 5
            }
            try await OutboxFixture.running(relay) { try await poll { try await isEmpty(client) } }
            for name in names { #expect(broker.order[name] == (0..<20).map { "\(name)/\($0)" }) }
            #expect(broker.published.count == 400)
            #expect(broker.overlaps == 0)
            #expect(broker.maximumInFlight <= 5)
            #expect(broker.maximumInFlight > 1)
        }
    }

    @Test func aLateCommitIsNotSkipped() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            let release = DispatchSemaphore(value: 0)
            let isWritten = Flag()
            try await OutboxFixture.running(OutboxFixture.relay(client, broker)) {
                let late = Task {
                    try await client.transaction { transaction in
                        try Outbox.append(OutboxFixture.message("late", 1), in: transaction)
                        isWritten.set()
                        release.wait()
                    }
                }
                try await poll { isWritten.isSet }
                // These have higher ids, and are committed, published and deleted before.
                for number in 1...3 { try await OutboxFixture.append(client, OutboxFixture.message("early", number)) }
                try await poll { broker.published.count == 3 }
                try await poll { try await isEmpty(client) }
                release.signal()
                try await late.value
                try await poll { broker.order["late"] == ["late/1"] }
            }
        }
    }

    @Test func aFailingAggregateDoesNotHoldUpOthers() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            broker.refuse { $0.messageID == "bad/1" }
            let relay = OutboxFixture.relay(client, broker) { $0.maximumBatch = 4 }
            // More than a batch of rows that cannot be published come first.
            try await client.transaction { transaction in
                try Outbox.append((0..<20).map { OutboxFixture.message("bad", $0) }, in: transaction)
                try Outbox.append((0..<20).map { OutboxFixture.message("good", $0) }, in: transaction)
            }
            try await OutboxFixture.running(relay) {
                try await poll { broker.order["good"]?.count == 20 }
                #expect(broker.order["bad"] == ["bad/0"])
                guard case .down(let reason) = relay.state else {
                    Issue.record("the state is \(relay.state)")
                    return
                }
                #expect(reason.contains("Refusal"))
                broker.refuse { _ in false }
                try await poll { try await isEmpty(client) }
                try await poll { relay.state == .up }
            }
            #expect(broker.order["bad"] == (0..<20).map { "bad/\($0)" })
        }
    }

    @Test func anOutageOfTheBrokerLosesNothingAndKeepsTheOrder() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            broker.refuse { _ in true }
            let relay = OutboxFixture.relay(client, broker)
            try await OutboxFixture.running(relay) {
                for number in 0..<10 {
                    try await OutboxFixture.append(
                        client, OutboxFixture.message("a", number), OutboxFixture.message("b", number))
                    relay.wake()
                }
                try await poll { broker.attempts > 4 }
                #expect(broker.published.isEmpty)
                broker.refuse { _ in false }
                try await poll { try await isEmpty(client) }
            }
            for name in ["a", "b"] { #expect(broker.order[name] == (0..<10).map { "\(name)/\($0)" }) }
        }
    }

    /// The crash is a relay that loses its task after the broker has the message, and cannot reach the database any
    /// more.
    @Test func aCrashBetweenPublishingAndDeletingPublishesAgain() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            try await OutboxFixture.append(client, OutboxFixture.message("a", 1), OutboxFixture.message("a", 2))
            let doomed = PostgresClient(client.configuration, logger: TestPostgres.quiet)
            var settings = OutboxRelay.Settings()
            settings.lease = .seconds(600)
            let first = OutboxRelay(doomed, settings: settings, logger: TestPostgres.quiet) { message in
                try await broker.publish(message)
                await doomed.close()
            }
            let crashed = Task { try await first.run() }
            try await poll { broker.published.count == 2 }
            crashed.cancel()
            try await crashed.value
            #expect(try await Outbox.backlog(client).count == 2)
            // The lease of the crashed relay runs out; the test need not wait for it.
            try await client.execute("UPDATE outbox_lease SET expires_at = now()")
            try await OutboxFixture.running(OutboxFixture.relay(client, broker)) {
                try await poll { try await isEmpty(client) }
            }
            #expect(broker.published.map(\.messageID) == ["a/1", "a/2", "a/1", "a/2"])
        }
    }

    @Test func aLeaseThatIsHeldKeepsOthersOutUntilItExpires() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            try await client.execute(
                "INSERT INTO outbox_lease (holder, expires_at) VALUES ('other', now() + interval '1 hour')")
            try await OutboxFixture.append(client, OutboxFixture.message("a", 1))
            let relay = OutboxFixture.relay(client, broker)
            try await OutboxFixture.running(relay) {
                try await poll { relay.state == .up }
                #expect(broker.attempts == 0)
                try await client.execute("UPDATE outbox_lease SET expires_at = now()")
                try await poll { try await isEmpty(client) }
            }
        }
    }

    @Test func twoRelaysNeverPublishAtOnce() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker(delay: .milliseconds(1))
            let relays = (0..<3).map { _ in OutboxFixture.relay(client, broker) { $0.maximumBatch = 8 } }
            try await OutboxFixture.running(relays[0], relays[1], relays[2]) {
                for number in 0..<60 {
                    try await OutboxFixture.append(
                        client, OutboxFixture.message("a", number), OutboxFixture.message("b", number))
                    relays[number % 3].wake()
                }
                try await poll { try await isEmpty(client) }
            }
            #expect(broker.overlaps == 0)
            #expect(broker.published.count == 120)
            for name in ["a", "b"] { #expect(broker.order[name] == (0..<60).map { "\(name)/\($0)" }) }
        }
    }

    @Test func aBatchIsBoundedInBytesButLetsALargeMessageThrough() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            let relay = OutboxFixture.relay(client, broker) { $0.maximumBatchBytes = 1_000 }
            try await client.transaction { transaction in
                for number in 0..<5 {
                    var message = OutboxFixture.message("large-\(number)", number)
                    message.payload = ByteBuffer(repeating: 7, count: number == 2 ? 100_000 : 600)
                    try Outbox.append(message, in: transaction)
                }
            }
            try await OutboxFixture.running(relay) { try await poll { try await isEmpty(client) } }
            #expect(broker.published.map(\.payload.readableBytes).sorted() == [600, 600, 600, 600, 100_000])
            #expect(broker.maximumInFlight <= 2)
        }
    }

    @Test func wakingPublishesWithoutPolling() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker()
            let relay = OutboxFixture.relay(client, broker) { $0.pollInterval = .seconds(3_600) }
            try await OutboxFixture.running(relay) {
                try await poll { relay.state == .up }
                for number in 1...5 {
                    try await OutboxFixture.append(client, OutboxFixture.message("a", number))
                    relay.wake()
                    try await poll { broker.published.count == number }
                }
            }
        }
    }

    @Test func gracefulShutdownEndsThePassAndGivesTheLeaseBack() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker(delay: .milliseconds(50))
            let relay = OutboxFixture.relay(client, broker)
            try await OutboxFixture.append(client, OutboxFixture.message("a", 1), OutboxFixture.message("b", 1))
            let group = ServiceGroup(
                configuration: .init(services: [.init(service: relay)], logger: TestPostgres.quiet))
            let running = Task { try await group.run() }
            try await poll { broker.attempts == 2 }
            await group.triggerGracefulShutdown()
            try await running.value
            #expect(broker.published.count == 2)
            #expect(try await isEmpty(client))
            let lease = try await client.query("SELECT expires_at < now() AS expired FROM outbox_lease")
            #expect(try #require(lease.first).get("expired", as: Bool.self))
        }
    }

    @Test func aPublishThatNeverAnswersIsAFailure() async throws {
        try await OutboxFixture.withClient { client in
            let broker = FakeBroker(delay: .seconds(3_600))
            let relay = OutboxFixture.relay(client, broker) { $0.lease = .milliseconds(300) }
            try await OutboxFixture.append(client, OutboxFixture.message("a", 1))
            try await OutboxFixture.running(relay) {
                try await poll { relay.state.isDown }
            }
            #expect(try await Outbox.backlog(client).count == 1)
        }
    }
}
