import NIOPosix
import Synchronization

/// The one thread on which a client makes the calls of libnats that can block: connecting, writing, closing. In order.
///
/// One thread is also what makes the connection handle safe: nothing else uses it.
final class NATSThread: Sendable {
    private struct Job {
        let bytes: Int
        let run: @Sendable () -> Void
    }

    private struct State {
        var jobs: [Job] = []
        var waitingBytes = 0
        var isRunning = false
    }

    private let state = Mutex(State())
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let maximumBytes: Int

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    func start() { pool.start() }

    /// Lets what was submitted finish. Does not wait for it.
    func stop() {
        submit { [pool] in pool.shutdownGracefully { _ in } }
    }

    /// Runs the job on the thread after those submitted before.
    /// - Returns: Whether it was taken: a job that holds bytes is refused where too many wait already.
    @discardableResult
    func submit(holding bytes: Int = 0, _ run: @escaping @Sendable () -> Void) -> Bool {
        let (isTaken, mustStart) = state.withLock { state in
            // One that is larger than all the room there is passes while nothing else waits.
            guard bytes == 0 || state.waitingBytes == 0 || state.waitingBytes + bytes <= maximumBytes else {
                return (false, false)
            }
            state.jobs.append(Job(bytes: bytes, run: run))
            state.waitingBytes += bytes
            defer { state.isRunning = true }
            return (true, !state.isRunning)
        }
        if mustStart { pool.submit { _ in self.runJobs() } }
        return isTaken
    }

    private func runJobs() {
        while true {
            let jobs = state.withLock { state in
                if state.jobs.isEmpty { state.isRunning = false }
                defer { state.jobs = [] }
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs {
                job.run()
                if job.bytes > 0 { state.withLock { $0.waitingBytes -= job.bytes } }
            }
        }
    }
}
