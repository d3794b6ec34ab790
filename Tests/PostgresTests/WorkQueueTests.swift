import Testing

@testable import Postgres

@Suite struct WorkQueueTests {
    private let now = ContinuousClock.now

    private func queue(slots: Int = 1, waiting: Int = 2) -> WorkQueue<Int, String> {
        WorkQueue(slots: Array(0..<slots), maximumWaiting: waiting, waitTimeout: .seconds(5))
    }

    /// Submits and tells what came of it.
    private func submit(_ queue: inout WorkQueue<Int, String>, _ id: UInt64, at time: ContinuousClock.Instant) -> String
    {
        switch queue.submit("job \(id)", id: id, at: time) {
        case .run(let slot): "runs on \(slot)"
        case .wait(let startExpiring): startExpiring ? "waits first" : "waits"
        case .refuse(let error): "\(error.code)"
        }
    }

    @Test func jobsRunThenWaitThenAreRefused() {
        var queue = queue()
        #expect((1...4).map { submit(&queue, $0, at: now) } == ["runs on 0", "waits first", "waits", "tooManyWaiting"])
    }

    @Test func waitingJobsRunInOrder() {
        var queue = queue()
        for id: UInt64 in 1...3 { _ = submit(&queue, id, at: now) }
        #expect(queue.finish(0, isConnected: true) == "job 2")
        #expect(queue.finish(0, isConnected: true) == "job 3")
        #expect(queue.finish(0, isConnected: true) == nil)
        #expect(queue.isDrained)
    }

    @Test func connectedSlotsAreTakenFirst() {
        var queue = queue(slots: 3)
        for id: UInt64 in 1...3 { _ = submit(&queue, id, at: now) }
        _ = queue.finish(1, isConnected: true)
        _ = queue.finish(2, isConnected: false)
        _ = queue.finish(0, isConnected: true)
        #expect((4...6).map { submit(&queue, $0, at: now) } == ["runs on 0", "runs on 1", "runs on 2"])
    }

    @Test func onlyWaitingJobsCanBeRemoved() {
        var queue = queue()
        _ = submit(&queue, 1, at: now)
        _ = submit(&queue, 2, at: now)
        #expect(queue.remove(id: 1) == nil)
        #expect(queue.remove(id: 2) == "job 2")
        #expect(queue.remove(id: 2) == nil)
    }

    @Test func jobsExpireAtTheirDeadlines() {
        var queue = queue()
        _ = submit(&queue, 1, at: now)
        _ = submit(&queue, 2, at: now)
        _ = submit(&queue, 3, at: now + .seconds(1))
        let first = queue.expire(at: now + .seconds(5))
        #expect(first.expired == ["job 2"])
        #expect(first.next == now + .seconds(6))
        let second = queue.expire(at: now + .seconds(6))
        #expect(second.expired == ["job 3"])
        #expect(second.next == nil)
        #expect(submit(&queue, 4, at: now) == "waits first")
    }

    @Test func aClosedQueueEndsWhatItHas() {
        var queue = queue()
        _ = submit(&queue, 1, at: now)
        _ = submit(&queue, 2, at: now)
        queue.close()
        #expect(submit(&queue, 3, at: now) == "closed")
        #expect(!queue.isDrained)
        #expect(queue.finish(0, isConnected: true) == "job 2")
        #expect(queue.finish(0, isConnected: true) == nil)
        #expect(queue.takeAll() == [0])
    }
}
