import Events
import Foundation
import Synchronization
import TestRandom
import TestSupport
import Testing

/// What was answered 202 comes to be exactly once, whatever happens to the process.
struct CrashTests {
    private static let deliveryCount = 500
    private static let senders = 8
    /// Numbers of answers after which the process is killed.
    private static let kills = [90, 250, 430, 640, 820]

    /// Which suite runs now, for the senders, and what they were answered.
    private final class Progress: Sendable {
        private struct State {
            var suite: RunningSuite?
            var next = 0
            var acknowledged: Set<Int64> = []
            var answers = 0
        }
        private let state = Mutex(State())
        private let sends: [Int64]

        init(sends: [Int64]) { self.sends = sends }

        func set(_ suite: RunningSuite?) { state.withLock { $0.suite = suite } }
        /// Nil once all are sent.
        func take() -> Int64? {
            state.withLock { state in
                guard state.next < sends.count else { return nil }
                defer { state.next += 1 }
                return sends[state.next]
            }
        }
        func acknowledge(_ comment: Int64) {
            state.withLock {
                $0.acknowledged.insert(comment)
                $0.answers += 1
            }
        }
        var suite: RunningSuite? { state.withLock { $0.suite } }
        var answers: Int { state.withLock { $0.answers } }
        var acknowledged: Set<Int64> { state.withLock { $0.acknowledged } }
        var isDone: Bool { state.withLock { $0.next >= sends.count } }
    }

    @Test(.timeLimit(.minutes(10)))
    func killedOverAndOverEveryAcknowledgedDeliveryIsOneBounty() async throws {
        let comments = (1...Self.deliveryCount).map { Int64($0) + 5_000_000_000 }
        var generator = SplitMix64(seed: 20_261_121)
        let progress = Progress(sends: (comments + comments).shuffled(using: &generator))
        try await SuiteDirectory.with { directory in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.senders {
                    group.addTask { try await Self.send(progress) }
                }
                for kill in Self.kills {
                    let outcome = try await RunningSuite.with(directory) { suite in
                        progress.set(suite)
                        try await poll(within: .seconds(120)) { progress.answers >= kill || progress.isDone }
                        #expect(!progress.isDone, "everything was sent before all kills")
                        await suite.kill()
                        progress.set(nil)
                    }
                    #expect(outcome.exitCode == 128 + 9)
                }
                try await RunningSuite.with(directory) { suite in
                    progress.set(suite)
                    try await group.waitForAll()
                    try await Self.check(suite, progress.acknowledged, sent: Set(comments))
                }
            }
        }
    }

    /// One delivery after the other; where the process dies under it, it is not sent again.
    private static func send(_ progress: Progress) async throws {
        while let comment = progress.take() {
            let payload = CommentPayload(commentID: comment, text: "$usdc:\(comment % 1_000 + 1)$")
            // The same id both times: it is the same delivery, sent again.
            let delivery = RunningSuite.Delivery(id: "delivery-\(comment)", body: try payload.body)
            try await poll(within: .seconds(120)) { progress.suite != nil }
            guard let suite = progress.suite else { continue }
            if let answer = try? await suite.send(delivery), answer.status == 202 { progress.acknowledge(comment) }
        }
    }

    private static func check(_ suite: RunningSuite, _ acknowledged: Set<Int64>, sent: Set<Int64>) async throws {
        try await poll(within: .seconds(120)) {
            try await suite.directory.messageCount(of: StreamName.webhooks) == 0
        }
        let expected = acknowledged
        #expect(expected.count > deliveryCount / 2)
        try await poll(within: .seconds(60)) {
            expected.isSubset(of: Set(try await suite.bounties().map(\.source.id)))
        }
        let bounties = try await suite.bounties()
        let counts = Dictionary(grouping: bounties, by: \.source.id).mapValues(\.count)
        #expect(counts.values.allSatisfy { $0 == 1 })
        #expect(Set(counts.keys).isSubset(of: sent))
        #expect(bounties.allSatisfy { $0.version == 1 && $0.amount == String($0.source.id % 1_000 + 1) })
        #expect(try await suite.directory.messageCount(of: StreamName.dead) == 0)
        // The stream tells of each bounty once, to those who drop what they have; the table is what counts.
        let events = try await suite.directory.events()
        #expect(Set(events.map(\.subject)).count == bounties.count)
    }
}
