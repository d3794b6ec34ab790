/// What one evaluation has taken so far. Every operation is paid for before it is begun.
///
/// Belongs to the thread that evaluates.
final class Meter {
    let limits: CalculationLimits
    /// Where in the expression the operation is that pays now: an offset in bytes.
    var offset = 0

    private let budget: Budget
    private let allowed: Int
    private(set) var work = 0
    private var nextCheck = Meter.interval

    /// Estimated nanoseconds between two looks at the clock.
    private static let interval = 100_000

    init(_ limits: CalculationLimits, _ budget: Budget) {
        self.limits = limits
        self.budget = budget
        allowed = min(limits.work, budget.work ?? .max)
    }

    /// Pays for an operation of so many estimated nanoseconds.
    @inline(__always)
    func pay(_ estimate: Int) throws(CalculationError) {
        work += estimate
        if work >= nextCheck || work > allowed { try check(estimate) }
    }

    private func check(_ estimate: Int) throws(CalculationError) {
        guard work <= allowed else {
            throw CalculationError(.tooMuchWork, "the calculation takes more work than is allowed")
        }
        if let isCancelled = budget.isCancelled, isCancelled() {
            throw CalculationError(.cancelled, "the calculation was cancelled")
        }
        if let deadline = budget.deadline, ContinuousClock.now + .nanoseconds(estimate) > deadline {
            throw CalculationError(.deadlineExceeded, "the calculation does not end within its deadline")
        }
        nextCheck = work + Self.interval
    }

    /// Looks at the deadline and at cancellation now, before anything is done.
    func begin() throws(CalculationError) {
        try check(0)
    }

    /// Throws unless so many decimal digits may be there for a moment, within one operation: twice those of a number.
    func admit(passingDigits digits: Int) throws(CalculationError) {
        guard digits <= 2 * limits.digits else { throw tooManyDigits() }
    }

    func tooManyDigits() -> CalculationError {
        CalculationError(.tooManyDigits, "a number here has more than \(limits.digits) digits")
    }

    /// Throws unless the exponent (of scientific notation, or close to it) is within the limit.
    func admit(exponent: Int) throws(CalculationError) {
        guard abs(exponent) <= limits.exponent else { throw exponentOutOfRange() }
    }

    func exponentOutOfRange() -> CalculationError {
        CalculationError(
            .exponentOutOfRange, "a number here is beyond 10^\(limits.exponent), or closer to zero than its inverse")
    }
}
