import NIOCore
import ServiceLifecycle
import Synchronization

/// Hands events on to the clients that listen: each event is made into bytes once, and every event loop writes what is new to all of its
/// own connections in one go, at most every ``EventFanOut/interval``. No client has a task that runs for an event.
final class EventHub: Service {
    /// Clients that read what is too old for the log, at once: each has a reader of its own on the stream.
    static let maximumReaders = 32

    private struct State {
        var log: EventLog
        /// Counts streams: what was told of an earlier one is void.
        var epoch: UInt64 = 0
        var isOpen = false
        var isStopping = false
        var clients = 0
        var readers = 0
        var loops: [ObjectIdentifier: EventFanOut] = [:]
    }

    private let state: Mutex<State>
    let maximumClients: Int
    /// Events that are kept in memory.
    let capacity: Int
    private let heartbeat: Duration

    init(
        maximumClients: Int = 10_000, capacity: Int = EventLog.defaultCapacity, heartbeat: Duration = .seconds(15)
    ) {
        self.maximumClients = maximumClients
        self.capacity = capacity
        self.heartbeat = heartbeat
        state = Mutex(State(log: EventLog(after: 0, capacity: capacity)))
    }

    /// Ends the connections, before the listener waits for what is in flight.
    func run() async throws {
        try? await gracefulShutdown()
        let loops = state.withLock { state in
            state.isStopping = true
            return Array(state.loops.values)
        }
        for loop in loops { loop.stop() }
    }

    // MARK: - The writer

    /// Another stream stands in place of the one so far, so that clients must read everything again.
    func restart(after sequence: UInt64) {
        let loops = state.withLock { state -> [EventFanOut] in
            state.log = EventLog(after: sequence, capacity: capacity)
            state.epoch += 1
            state.isOpen = false
            return Array(state.loops.values)
        }
        for loop in loops { loop.wake() }
    }

    /// Whoever comes from now on is told what was before by the stream: something of it was erased.
    func forget() { state.withLock { $0.log.forget() } }

    /// From now on clients are told what comes.
    func open() { state.withLock { $0.isOpen = true } }

    func publish(_ events: [LiveEvent], through sequence: UInt64) {
        let loops = state.withLock { state -> [EventFanOut] in
            state.log.append(events, through: sequence)
            return events.isEmpty ? [] : Array(state.loops.values)
        }
        for loop in loops { loop.wake() }
    }

    // MARK: - Clients

    /// One client that is counted, for as long as it lives.
    final class Seat: Sendable {
        private let hub: EventHub
        fileprivate init(hub: EventHub) { self.hub = hub }
        deinit { hub.state.withLock { $0.clients -= 1 } }
    }

    /// Nil where there are as many as there may be, or the hub is not open, or stopping.
    func seat() -> Seat? {
        state.withLock { state in
            guard state.isOpen, !state.isStopping, state.clients < maximumClients else { return nil }
            state.clients += 1
            return Seat(hub: self)
        }
    }

    /// Whether there is room for another reader of the stream; who gets true gives it back.
    func takeReader() -> Bool {
        state.withLock { state in
            guard state.readers < Self.maximumReaders else { return false }
            state.readers += 1
            return true
        }
    }

    func giveBackReader() { state.withLock { $0.readers -= 1 } }

    /// What can be told from memory: everything after `start`, up to `end`, of this epoch.
    var extent: (start: UInt64, end: UInt64, epoch: UInt64) {
        state.withLock { ($0.log.start, $0.log.end, $0.epoch) }
    }

    /// Events after a position, and the position after them; nil for events where they are no longer here.
    func news(after position: UInt64) -> (events: ArraySlice<LiveEvent>?, end: UInt64, epoch: UInt64) {
        state.withLock { ($0.log.events(after: position), $0.log.end, $0.epoch) }
    }

    var clientCount: Int { state.withLock { $0.clients } }

    /// Tells the connection what comes after the position, until it ends or the hub stops.
    func serve(_ channel: any Channel, _ filter: EventFilter, after position: UInt64, epoch: UInt64) async {
        let loop = state.withLock { state -> EventFanOut? in
            guard !state.isStopping else { return nil }
            let key = ObjectIdentifier(channel.eventLoop)
            if let loop = state.loops[key] { return loop }
            let loop = EventFanOut(hub: self, loop: channel.eventLoop, heartbeat: heartbeat)
            state.loops[key] = loop
            return loop
        }
        await loop?.serve(channel, filter, after: position, epoch: epoch)
    }
}
