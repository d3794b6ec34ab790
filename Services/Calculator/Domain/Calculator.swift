package import Money

/// Exact arithmetic: rational numbers as they are, everything else correctly rounded, nothing in binary floating point.
///
/// Every call ends: by its result or by a ``CalculationError``, within its budget and the limits. Calls are synchronous
/// and share nothing, so that any number of them run beside each other; one that may be long belongs on a thread that
/// may be busy.
package struct Calculator: Sendable {
    package let denominations: Denominations
    package let limits: CalculationLimits

    package init(denominations: Denominations, limits: CalculationLimits = .standard) {
        self.denominations = denominations
        self.limits = limits
    }
}
