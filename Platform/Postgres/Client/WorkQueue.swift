import NIOCore

/// Who works on which connection, and who waits for one. A pure value: the owner runs what it returns, outside of its
/// lock.
///
/// `Slot` is a place for a connection, of a fixed number; `Job` is what a caller wants done with one.
struct WorkQueue<Slot, Job> {
    private struct Waiting {
        var id: UInt64
        var job: Job
        var deadline: ContinuousClock.Instant
    }

    private let slotCount: Int
    private let maximumWaiting: Int
    private let waitTimeout: Duration
    private var idle: [Slot]
    private var waiting = CircularBuffer<Waiting>()
    private(set) var isClosed = false
    private var isExpiring = false

    init(slots: [Slot], maximumWaiting: Int, waitTimeout: Duration) {
        slotCount = slots.count
        idle = slots
        self.maximumWaiting = maximumWaiting
        self.waitTimeout = waitTimeout
    }

    var waitingCount: Int { waiting.count }
    /// Nothing runs and nothing waits.
    var isDrained: Bool { idle.count == slotCount && waiting.isEmpty }

    enum Submission {
        case run(Slot)
        /// The job waits. Where `startExpiring` is true, nobody looks after the deadlines yet, and the caller must.
        case wait(startExpiring: Bool)
        case refuse(PostgresError)
    }

    mutating func submit(_ job: Job, id: UInt64, at now: ContinuousClock.Instant) -> Submission {
        guard !isClosed else { return .refuse(PostgresError(.closed, "the client has been closed")) }
        if let slot = idle.popLast() { return .run(slot) }
        guard waiting.count < maximumWaiting else {
            return .refuse(PostgresError(.tooManyWaiting, "\(maximumWaiting) callers wait for a connection already"))
        }
        waiting.append(Waiting(id: id, job: job, deadline: now + waitTimeout))
        defer { isExpiring = true }
        return .wait(startExpiring: !isExpiring)
    }

    /// A slot, if one is idle and nobody waits for it.
    mutating func takeIdle() -> Slot? { isClosed ? nil : idle.popLast() }

    /// The slot's work has ended. Returns the job that it does next; nil, and the slot is idle.
    /// The most recently used slots are taken first, and those without a connection last.
    mutating func finish(_ slot: Slot, isConnected: Bool) -> Job? {
        if let next = waiting.popFirst() { return next.job }
        if isConnected { idle.append(slot) } else { idle.insert(slot, at: 0) }
        return nil
    }

    /// Takes a job out, if it still waits.
    mutating func remove(id: UInt64) -> Job? {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        return waiting.remove(at: index).job
    }

    /// The jobs that have waited too long, and when to look again; nil, and nobody needs to until a `startExpiring`.
    mutating func expire(at now: ContinuousClock.Instant) -> (expired: [Job], next: ContinuousClock.Instant?) {
        // All wait equally long, so the queue is in the order of the deadlines.
        var expired: [Job] = []
        while let first = waiting.first, first.deadline <= now {
            expired.append(first.job)
            waiting.removeFirst()
        }
        isExpiring = !waiting.isEmpty
        return (expired, waiting.first?.deadline)
    }

    /// Refuses jobs from now on. What runs or waits goes on.
    mutating func close() { isClosed = true }

    /// The slots, once all are idle.
    mutating func takeAll() -> [Slot] {
        precondition(isClosed && isDrained, "slots are taken while some are in use")
        defer { idle = [] }
        return idle
    }
}
