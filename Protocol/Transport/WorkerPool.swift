import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Threads for work that takes long: neither the event loops nor the concurrency pool wait for it, and it steps back
/// where both want the same core.
package final class WorkerPool: TaskExecutor {
    /// How much less than the event loops the scheduler favours the workers, in units of `nice(1)`.
    private static let niceness: Int32 = 10

    private let pool: NIOThreadPool
    private let marked = ThreadSpecificVariable<Mark>()
    package let size: Int

    private final class Mark: Sendable {}

    package init(size: Int) {
        precondition(size > 0, "a pool needs a thread")
        self.size = size
        pool = NIOThreadPool(numberOfThreads: size)
    }

    package func start() { pool.start() }

    /// Lets the threads end what they do.
    package func stop() async throws { try await pool.shutdownGracefully() }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // A pool that has been stopped runs the job at once, here: a task must end to be forgotten.
        pool.submit { [self] _ in
            stepBack()
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    /// Once for each thread. Linux keeps a niceness for each thread, by the id 0 of the caller's own.
    private func stepBack() {
        guard marked.currentValue == nil else { return }
        marked.currentValue = Mark()
        #if os(Linux)
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
        #endif
    }
}
