/// What a caller grants one call: how long, how much work, and a way to call it off.
package struct Budget: Sendable {
    /// When to stop. An operation that would, by its estimate, end later is not begun.
    package var deadline: ContinuousClock.Instant?
    /// Estimated nanoseconds of arithmetic of the whole call, where fewer than the limits allow. A small one is how a server tries a call
    /// on its event loop: what runs into it (``CalculationError/Code/tooMuchWork``) is repeated elsewhere.
    package var work: Int?
    /// Asked between operations, about every hundred microseconds; true stops the call.
    package var isCancelled: (@Sendable () -> Bool)?

    package init(
        deadline: ContinuousClock.Instant? = nil, work: Int? = nil, isCancelled: (@Sendable () -> Bool)? = nil
    ) {
        self.deadline = deadline
        self.work = work
        self.isCancelled = isCancelled
    }

    package static let unlimited = Budget()
}
