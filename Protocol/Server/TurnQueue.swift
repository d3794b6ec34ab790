import NIOCore

/// Which connection of an event loop goes on next, where several have more to do than fits into a turn.
///
/// One goes on in each tick of the loop, so that in between whatever has come for the others is looked at. Asking the
/// loop to execute something would not do: it looks at its sockets only when nothing is left to execute.
final class TurnQueue {
    /// Between two turns: long enough to be in the future when the loop looks at its timers after the first.
    private static let pause = TimeAmount.microseconds(20)
    /// How much shorter turns are while several connections want one.
    private static let share: Int64 = 8

    private let eventLoop: any EventLoop
    private let alone: TimeAmount
    private var waiting: [ServerConnection] = []
    private var isScheduled = false

    /// - Parameter turn: How long a connection is looked at while no other one waits.
    init(eventLoop: any EventLoop, turn: TimeAmount) {
        self.eventLoop = eventLoop
        alone = turn
    }

    /// How long a connection may be looked at now.
    var turn: TimeAmount { waiting.isEmpty ? alone : .nanoseconds(alone.nanoseconds / Self.share) }

    func append(_ connection: ServerConnection) {
        waiting.append(connection)
        schedule()
    }

    private func schedule() {
        guard !isScheduled, !waiting.isEmpty else { return }
        isScheduled = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.waiting.removeFirst().takeTurn()
            self.isScheduled = false
            self.schedule()
        }
    }
}
