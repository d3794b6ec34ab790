import Logging
import NIOCore
import Synchronization
import Wire
import WireTransport

/// What the connections of a server share.
final class ServerCore: Sendable {
    private struct State {
        var connections: [UInt64: LoopConnection] = [:]
        var turns: [ObjectIdentifier: NIOLoopBound<TurnQueue>] = [:]
        var lastID: UInt64 = 0
        var isDraining = false
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
    }

    let methods: MethodTable
    let limits: RPCServerLimits
    let logger: Logger
    let scheduler: HeavyScheduler
    let largeRequests: ByteBudget
    private let state = Mutex(State())

    init(methods: [RPCMethod], limits: RPCServerLimits, workers: WorkerPool, logger: Logger) {
        self.methods = MethodTable(methods)
        self.limits = limits
        self.logger = logger
        scheduler = HeavyScheduler(workers: workers, maximumCalls: limits.calls)
        largeRequests = ByteBudget(limits.largeRequestBytes)
    }

    var connectionCount: Int { state.withLock { $0.connections.count } }

    /// Makes the handler of a new connection. On its event loop.
    func add(to channel: any Channel) throws {
        let eventLoop = channel.eventLoop
        let (id, turns) = state.withLock { state in
            state.lastID += 1
            let turns =
                state.turns[ObjectIdentifier(eventLoop)]
                ?? NIOLoopBound(TurnQueue(eventLoop: eventLoop, turn: limits.turn), eventLoop: eventLoop)
            state.turns[ObjectIdentifier(eventLoop)] = turns
            return (state.lastID, turns)
        }
        let connection = ServerConnection(id: id, core: self, turns: turns.value, allocator: channel.allocator)
        try channel.pipeline.syncOperations.addHandler(connection)
        let bound = LoopConnection(connection, eventLoop: eventLoop)
        let refusal = state.withLock { state -> Refusal? in
            if state.isDraining { return .draining }
            if state.connections.count >= limits.connections { return .tooMany }
            state.connections[id] = bound
            return nil
        }
        switch refusal {
        // Also one that is closed before it was ever active, which a handler does not hear of.
        case nil: channel.closeFuture.whenComplete { _ in self.remove(id) }
        case .draining: bound.execute { $0.drain() }
        case .tooMany:
            bound.execute { $0.end(.resourceExhausted, "the server has as many connections as it takes") }
        }
    }

    private enum Refusal { case draining, tooMany }

    func loop(of connection: ServerConnection) -> LoopConnection {
        guard let eventLoop = connection.context?.eventLoop else {
            preconditionFailure("a connection that takes calls is in its pipeline")
        }
        return LoopConnection(connection, eventLoop: eventLoop)
    }

    private func remove(_ id: UInt64) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.connections.removeValue(forKey: id) != nil, state.connections.isEmpty else { return [] }
            defer { state.whenEmpty = [] }
            return state.whenEmpty
        }
        waiters.forEach { $0.resume() }
    }

    func drain() {
        let connections = state.withLock {
            $0.isDraining = true
            return $0.connections.values
        }
        for connection in connections { connection.execute { $0.drain() } }
    }

    func closeAll() {
        let connections = state.withLock {
            $0.isDraining = true
            return $0.connections.values
        }
        for connection in connections {
            connection.execute { $0.context?.close(promise: nil) }
        }
    }

    /// Returns when the last connection has ended.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock {
                if !$0.connections.isEmpty { $0.whenEmpty.append(continuation) }
                return $0.connections.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }
}

/// A connection for those that are not on its event loop.
struct LoopConnection: Sendable {
    private let bound: NIOLoopBound<ServerConnection>

    /// On the event loop.
    init(_ connection: ServerConnection, eventLoop: any EventLoop) {
        bound = NIOLoopBound(connection, eventLoop: eventLoop)
    }

    func execute(_ work: @escaping @Sendable (ServerConnection) -> Void) {
        bound.eventLoop.execute { work(bound.value) }
    }
}
