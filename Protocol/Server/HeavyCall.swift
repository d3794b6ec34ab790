import NIOCore
import Synchronization
import Wire

/// A call that was handed off.
final class HeavyCall: Sendable {
    typealias Outcome = Result<ByteBuffer, RPCError>

    private enum Stage {
        case waiting
        case starting
        case running(Task<Void, Never>)
        /// The task may still run; nobody wants what it makes.
        case ended
    }

    let id: UInt64
    let context: RPCContext
    private let work: @Sendable () async throws(RPCError) -> ByteBuffer
    private let stage = Mutex(Stage.waiting)
    private let whenDone: @Sendable (HeavyCall, Outcome) -> Void

    /// - Parameter whenDone: Called once, on any thread, unless the call is cancelled before.
    init(
        id: UInt64, context: RPCContext, work: @escaping @Sendable () async throws(RPCError) -> ByteBuffer,
        whenDone: @escaping @Sendable (HeavyCall, Outcome) -> Void
    ) {
        self.id = id
        self.context = context
        self.work = work
        self.whenDone = whenDone
    }

    /// - Parameter whenOver: Called when the work has ended, also if it was cancelled.
    func start(on workers: some TaskExecutor, whenOver: @escaping @Sendable () -> Void) {
        let isWanted = stage.withLock { stage in
            guard case .waiting = stage else { return false }
            stage = .starting
            return true
        }
        guard isWanted else { return whenOver() }
        // Outside of the lock: workers that have been stopped run the task here and now.
        let task = Task(executorPreference: workers) { await self.run(whenOver) }
        let isCancelled = stage.withLock { stage in
            guard case .starting = stage else { return true }
            stage = .running(task)
            return false
        }
        if isCancelled { task.cancel() }
    }

    private func run(_ whenOver: @Sendable () -> Void) async {
        let outcome: Outcome
        do throws(RPCError) {
            outcome = .success(try await work())
        } catch {
            outcome = .failure(error)
        }
        let isWanted = stage.withLock { stage in
            defer { stage = .ended }
            return switch stage {
            case .ended: false
            case .waiting, .starting, .running: true
            }
        }
        if isWanted { whenDone(self, outcome) }
        whenOver()
    }

    func cancel() {
        let task = stage.withLock { stage -> Task<Void, Never>? in
            defer { stage = .ended }
            guard case .running(let task) = stage else { return nil }
            return task
        }
        task?.cancel()
    }
}
