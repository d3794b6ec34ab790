import CoreMetrics
import Events
import FoundationEssentials
import GatewayDomain
import JetStream
import NIOCore
import ServiceRuntime
import Suite
import TestSupport
import Testing

@testable import GatewayService

@Suite(.timeLimit(.minutes(5))) struct ProjectionFeedTests {
    /// Runs a feed while the body runs.
    private func withFeed(
        of client: NATSClient, hub: EventHub = EventHub(), _ body: (ProjectionFeed, BountyBoard) async throws -> Void
    ) async throws {
        let board = BountyBoard()
        let feed = ProjectionFeed(client: client, board: board, hub: hub, logger: .quiet)
        let running = Task { try await feed.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body(feed, board)) } catch { result = .failure(error) }
        running.cancel()
        try await running.value
        try result.get()
    }

    @Test func anEmptyStreamIsCaughtUpWithAtOnce() async throws {
        try await TestNATS.withSuite { _, client in
            try await withFeed(of: client) { feed, board in
                try await poll { feed.readinessBlocker == nil }
                #expect(board.snapshot.count == 0)
                #expect(board.snapshot.sequence == 0)
                #expect(feed.state == .up)
            }
        }
    }

    @Test func itIsNotReadyBeforeItHasRead() async throws {
        try await TestNATS.withServer { server in
            try await server.withClient { client in
                try await withFeed(of: client) { feed, board in
                    try await poll { feed.state.isDown }
                    #expect(feed.readinessBlocker == "the event stream has not been read yet")
                    try await client.provision(Topology.streams(replicas: 1))
                    try await poll { feed.readinessBlocker == nil }
                    #expect(feed.state == .up)
                }
            }
        }
    }

    /// More than one fetch brings.
    @Test func whatIsThereAtTheStartIsReadBeforeItIsReady() async throws {
        try await TestNATS.withSuite { _, client in
            for number in 1...1_100 { try await client.store(.proposed(.sample(number))) }
            try await client.store(.cancelled(.sample(1, version: 2, state: .cancelled), reason: .textDeleted))
            try await withFeed(of: client) { feed, board in
                while feed.readinessBlocker != nil {
                    // Nothing is seen of what is not all there.
                    let count = board.snapshot.count
                    #expect(count == 0 || count == 1_100)
                    await Task.yield()
                }
                #expect(board.snapshot.count == 1_100)
                #expect(board.snapshot.sequence == 1_101)
                #expect(board.snapshot[.numbered(1)]?.state == .cancelled)
                #expect(board.snapshot[.numbered(1_100)] == .sample(1_100))
            }
        }
    }

    /// Far from the end only the last telling of each bounty is read: what comes of it is the same.
    @Test(arguments: [false, true])
    func aLongWayIsSkimmed(hasUnreadable: Bool) async throws {
        try await TestNATS.withSuite { _, client in
            var expected = BountySnapshot()
            var sequence: UInt64 = 0
            func store(_ event: BountyEvent) async throws {
                try await client.store(event)
                sequence += 1
                expected.apply(event, sequence: sequence)
            }
            func store(_ event: IdentityEvent) async throws {
                try await client.store(event)
                sequence += 1
                expected.apply(event, sequence: sequence)
            }
            // More than one fetch brings.
            for number in 1...900 { try await store(.proposed(.sample(number))) }
            for version in 2...3 {
                for number in 1...900 { try await store(.changed(.sample(number, version: version))) }
            }
            // Late, and so of no effect.
            try await store(.proposed(.sample(5)))
            let sponsor = BountyRecord.sample(1).sponsor
            try await store(.sample(.erased, sponsor.id))
            try await store(.changed(.sample(7, version: 4)))
            try await store(.sample(.linked, sponsor.id))
            for number in 8...20 { try await store(.changed(.sample(number, version: 4, denomination: "ETH"))) }
            if hasUnreadable {
                try await client.store(.changed(.sample(60, version: 4))) { $0.payload = ByteBuffer(string: "{}") }
                sequence += 1
            }
            for number in 1...50 { try await store(.changed(.sample(number, version: 5))) }
            for number in 900...920 { try await store(.cancelled(.sample(number, version: 6), reason: .command)) }
            try await withFeed(of: client, hub: EventHub(capacity: 10)) { feed, board in
                try await poll(within: .seconds(60)) { feed.readinessBlocker == nil }
                let snapshot = board.snapshot
                #expect(snapshot.sequence == sequence)
                #expect(snapshot.count == expected.count)
                for number in 1...920 {
                    #expect(snapshot[.numbered(number)] == expected[.numbered(number)], "\(number)")
                }
            }
        }
    }

    @Test func newEventsAppear() async throws {
        try await TestNATS.withSuite { _, client in
            try await withFeed(of: client) { feed, board in
                try await poll { feed.readinessBlocker == nil }
                try await client.store(.proposed(.sample(1)))
                try await poll { board.snapshot[.numbered(1)] == .sample(1) }
                try await client.store(.changed(.sample(1, version: 2, denomination: "ETH")))
                try await client.store(.proposed(.sample(2)))
                try await poll { board.snapshot.sequence == 3 }
                #expect(board.snapshot[.numbered(1)]?.denomination == "ETH")
                #expect(board.snapshot.count == 2)
                #expect(feed.readinessBlocker == nil)
            }
        }
    }

    @Test func anEventThatComesAgainChangesNothing() async throws {
        try await TestNATS.withSuite { _, client in
            try await client.store(.proposed(.sample(1)))
            try await client.store(.changed(.sample(1, version: 2, denomination: "ETH")))
            // The relay published again after its acknowledgement was lost, past the stream's window of ids.
            try await client.store(.proposed(.sample(1)))
            try await withFeed(of: client) { feed, board in
                try await poll { feed.readinessBlocker == nil }
                #expect(board.snapshot[.numbered(1)]?.version == 2)
                #expect(board.snapshot.sequence == 3)
            }
        }
    }

    @Test func anEventThatCannotBeReadIsPassedOverAndCounted() async throws {
        let metrics = PrometheusRegistry()
        try await withMetricsFactory(metrics) {
            try await TestNATS.withSuite { _, client in
                let event = BountyEvent.proposed(.sample(1))
                try await client.store(event)
                try await client.store(event) { $0.headers = [:] }
                try await client.store(event) { $0.headers.replaceOrAdd("ce-id", "1") }
                try await client.store(event) { $0.headers.replaceOrAdd("ce-specversion", "2.0") }
                try await client.store(event) { $0.payload = ByteBuffer() }
                try await client.store(event) { $0.payload = ByteBuffer(string: #"{"bounty":{}}"#) }
                try await client.store(event) { $0.payload = ByteBuffer(bytes: [0xFF, 0, 0x7B]) }
                // Of a later version of the suite: nothing is wrong with it.
                try await client.store(event) { $0.headers.replaceOrAdd("ce-type", "bursar.bounty.activated.v7") }
                try await client.store(.proposed(.sample(2)))
                try await withFeed(of: client) { feed, board in
                    try await poll { feed.readinessBlocker == nil }
                    #expect(board.snapshot.count == 2)
                    #expect(board.snapshot.sequence == 9)
                    #expect(feed.state == .up)
                }
            }
        }
        #expect(metrics.render().contains("bursar_projection_skipped_total 6\n"))
    }

    @Test func aStreamThatWasMadeAgainIsReadAnew() async throws {
        try await TestNATS.withSuite { _, client in
            for number in 1...3 { try await client.store(.proposed(.sample(number))) }
            try await withFeed(of: client) { feed, board in
                try await poll { feed.readinessBlocker == nil }
                #expect(board.snapshot.count == 3)
                try await client.deleteStream(StreamName.events)
                try await poll { feed.state.isDown }
                // What was read is served meanwhile.
                #expect(board.snapshot.count == 3)
                try await client.provision(Topology.streams(replicas: 1))
                for number in 4...8 { try await client.store(.proposed(.sample(number))) }
                try await poll { board.snapshot.count == 5 }
                #expect(board.snapshot[.numbered(1)] == nil)
                #expect(board.snapshot.sequence == 5)
                try await poll { feed.readinessBlocker == nil }
                try await client.store(.proposed(.sample(9)))
                try await poll { board.snapshot[.numbered(9)] != nil }
            }
        }
    }

    @Test func readingGoesOnAfterTheServerDied() async throws {
        try await TestNATS.withSuite { server, client in
            try await client.store(.proposed(.sample(1)))
            try await withFeed(of: client) { feed, board in
                try await poll { board.snapshot.count == 1 }
                for number in 2...3 {
                    await server.kill()
                    try await poll { client.state.isDown }
                    #expect(board.snapshot.count == number - 1)
                    #expect(feed.readinessBlocker == nil)
                    try await server.start()
                    try await client.waitUntilConnected(timeout: .seconds(20))
                    try await client.store(.proposed(.sample(number)))
                    try await poll { board.snapshot.count == number }
                }
                #expect(board.snapshot.sequence == 3)
            }
        }
    }

    @Test func theBrokerMayBeAwayAtTheStart() async throws {
        try await TestNATS.withSuite { server, client in
            try await client.store(.proposed(.sample(1)))
            await server.kill()
            try await poll { client.state.isDown }
            try await withFeed(of: client) { feed, board in
                try await poll { feed.state.isDown }
                #expect(feed.readinessBlocker != nil)
                try await server.start()
                try await poll { feed.readinessBlocker == nil }
                #expect(board.snapshot.count == 1)
            }
        }
    }
}
