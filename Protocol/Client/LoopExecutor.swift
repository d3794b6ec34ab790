import NIOCore
import Synchronization

/// Runs tasks on the event loop of a client: what they ask for is written together, and what comes in resumes them
/// without waking another thread.
///
/// Jobs that become ready while the loop is at work on the client run at the end of that turn, by way of an array that
/// needs no lock.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    // Unchecked: `ready`, `isTurn`, `isScheduled` and `afterJobs` are touched on the event loop alone.

    /// Jobs that run in one go, before the loop looks at its channels again.
    private static let batch = 4096

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var isScheduled = false
    }

    let eventLoop: any EventLoop
    private let inbox = Mutex(Inbox())
    private var ready: [UnownedJob] = []
    private var isTurn = false
    private var isScheduled = false
    /// Called on the event loop when jobs have run.
    var afterJobs: () -> Void = {}

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if eventLoop.inEventLoop {
            ready.append(job)
            if !isTurn { schedule() }
            return
        }
        let isFirst = inbox.withLock { inbox in
            inbox.jobs.append(job)
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        if isFirst { eventLoop.execute { self.takeInbox() } }
    }

    /// Jobs that become ready from now on wait for ``endTurn()``. On the event loop.
    func beginTurn() { isTurn = true }

    /// Runs what has become ready. On the event loop.
    func endTurn() {
        isTurn = true
        var next = 0
        while next < ready.count, next < Self.batch {
            let job = ready[next]
            next += 1
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
        if next == ready.count { ready.removeAll(keepingCapacity: true) } else { ready.removeFirst(next) }
        isTurn = false
        if !ready.isEmpty { schedule() }
        afterJobs()
    }

    /// The turn that began ends without an end of its read: its connection has. On the event loop.
    func leaveTurn() {
        isTurn = false
        schedule()
    }

    /// Makes sure that a turn ends: there is something to flush. On the event loop.
    func endSoon() {
        if !isTurn { schedule() }
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        eventLoop.execute {
            self.isScheduled = false
            self.endTurn()
        }
    }

    private func takeInbox() {
        inbox.withLock { inbox in
            ready.append(contentsOf: inbox.jobs)
            inbox.jobs.removeAll(keepingCapacity: true)
            inbox.isScheduled = false
        }
        endTurn()
    }
}
