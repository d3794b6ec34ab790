import Hummingbird
import NIOCore
import Synchronization

/// Of one connection: tells those who work for its client when the client goes away.
///
/// A client that only closes its own side may still read, and often does so right after its request: it counts as gone
/// after a moment, so that it gets an answer that comes at once.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = NIOAny

    /// From the end of what the client sends to its being gone.
    private static let grace = TimeAmount.milliseconds(250)

    private struct State {
        var isGone = false
        var last: UInt64 = 0
        var waiters: [UInt64: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Calls back once, on any thread, unless it is removed before: at once where the client is gone already.
    func add(_ whenGone: @escaping @Sendable () -> Void) -> UInt64 {
        let (id, isGone) = state.withLock { state in
            state.last += 1
            if !state.isGone { state.waiters[state.last] = whenGone }
            return (state.last, state.isGone)
        }
        if isGone { whenGone() }
        return id
    }

    func remove(_ id: UInt64) { _ = state.withLock { $0.waiters.removeValue(forKey: id) } }

    private func clientIsGone() {
        let waiters = state.withLock { state in
            state.isGone = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter() }
    }

    // MARK: On the event loop

    func handlerRemoved(context: ChannelHandlerContext) {
        clientIsGone()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clientIsGone()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            context.eventLoop.scheduleTask(in: Self.grace) { self.clientIsGone() }
        }
        context.fireUserInboundEventTriggered(event)
    }
}

extension ServerRequestContext {
    /// Runs the operation, and cancels this task when the client goes away before it ends.
    ///
    /// The task stays cancelled: nothing that it makes can be sent any more.
    package func cancellingOnDisconnect<Value>(_ operation: () async throws -> Value) async throws -> Value {
        guard let watch else { return try await operation() }
        return try await withUnsafeCurrentTask { task in
            let cancellation = Cancellation(task)
            let id = watch.add { cancellation.cancel() }
            defer {
                watch.remove(id)
                cancellation.end()
            }
            return try await operation()
        }
    }
}

/// Cancels a task for as long as it may be referred to.
private final class Cancellation: Sendable {
    /// `@unchecked`: what it shares with `Task`, as cancelling, may be called from anywhere while the task lives.
    private struct Current: @unchecked Sendable { let task: UnsafeCurrentTask }

    private let current: Mutex<Current?>

    init(_ task: UnsafeCurrentTask?) { current = Mutex(task.map(Current.init)) }

    func cancel() { current.withLock { $0?.task.cancel() } }

    /// Returns once nobody is at it.
    func end() { current.withLock { $0 = nil } }
}
