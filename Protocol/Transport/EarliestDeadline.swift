package import NIOCore

/// When to look at deadlines next, so that many calls share one timer.
///
/// A timer is set for the earliest deadline. When it fires, whoever owns it ends what has expired and tells the
/// earliest of the rest. Calls that end in time cost nothing.
package struct EarliestDeadline: Sendable {
    /// Timers are at least this far apart: so late a deadline can be noticed.
    package static let resolution = TimeAmount.milliseconds(2)

    private var scheduled: NIODeadline?

    package init() {}

    /// - Returns: When a timer has to be set; nil where an earlier one comes anyway.
    @inline(__always)
    package mutating func add(_ deadline: NIODeadline) -> NIODeadline? {
        if let scheduled, scheduled <= deadline { return nil }
        scheduled = deadline
        return deadline
    }

    /// The timer has fired.
    /// - Parameter next: The earliest deadline that is left.
    /// - Returns: When the next timer has to be set.
    package mutating func fired(now: NIODeadline, next: NIODeadline?) -> NIODeadline? {
        scheduled = next.map { max($0, now + Self.resolution) }
        return scheduled
    }
}
