import NIOCore
import Synchronization

/// Runs tasks on the event loop of a client: what they ask for is written together, and what comes in resumes them
/// without waking another thread.
///
/// Jobs that become ready while the loop is at work on the client run at the end of that turn, by way of an array that
/// needs no lock.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    // Unchecked: `turn` and `afterJobs` are touched on the event loop alone.

    /// Jobs that run in one go, before the loop looks at its channels again.
    private static let batch = 4096

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var isScheduled = false
    }

    /// What is ready on the event loop, and whether it will be looked at without further ado.
    private struct Turn {
        var ready: [UnownedJob] = []
        var isTurn = false
        var isScheduled = false

        /// - Returns: Whether the end of a turn has to be scheduled.
        @inline(__always)
        mutating func add(_ job: UnownedJob) -> Bool {
            ready.append(job)
            return mustSchedule()
        }

        @inline(__always)
        mutating func mustSchedule() -> Bool {
            if isTurn || isScheduled { return false }
            isScheduled = true
            return true
        }

        /// - Returns: The jobs to run.
        mutating func take() -> [UnownedJob] {
            isTurn = true
            defer { ready = [] }
            return ready
        }

        /// - Parameter rest: Those that have their turn later.
        /// - Returns: Whether the end of another turn has to be scheduled.
        mutating func end(_ rest: ArraySlice<UnownedJob>) -> Bool {
            isTurn = false
            ready.insert(contentsOf: rest, at: 0)
            return !ready.isEmpty && mustSchedule()
        }
    }

    let eventLoop: any EventLoop
    private let inbox = Mutex(Inbox())
    // As in ClientCore.
    @exclusivity(unchecked) private var turn = Turn()
    /// Called on the event loop when jobs have run.
    var afterJobs: () -> Void = {}
    /// How many run before that, where more are ready.
    var burst: () -> Int = { 1 }

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if eventLoop.inEventLoop {
            if turn.add(job) { scheduleEnd() }
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
    func beginTurn() { turn.isTurn = true }

    /// Runs what has become ready. On the event loop.
    func endTurn() {
        let executor = asUnownedTaskExecutor()
        var left = Self.batch
        var jobs = turn.take()[...]
        let size = burst()
        while !jobs.isEmpty, left > 0 {
            let burst = jobs.prefix(size)
            for job in burst { job.runSynchronously(on: executor) }
            afterJobs()
            left -= burst.count
            jobs = jobs.count > burst.count ? jobs.dropFirst(burst.count) : turn.take()[...]
        }
        if turn.end(jobs) { scheduleEnd() }
        afterJobs()
    }

    /// The turn that began ends without an end of its read: its connection has. On the event loop.
    func leaveTurn() {
        turn.isTurn = false
        endSoon()
    }

    /// Makes sure that a turn ends: there is something to flush. On the event loop.
    func endSoon() {
        if turn.mustSchedule() { scheduleEnd() }
    }

    private func scheduleEnd() {
        eventLoop.execute {
            self.turn.isScheduled = false
            self.endTurn()
        }
    }

    private func takeInbox() {
        inbox.withLock { inbox in
            turn.ready.append(contentsOf: inbox.jobs)
            inbox.jobs.removeAll(keepingCapacity: true)
            inbox.isScheduled = false
        }
        endTurn()
    }
}
