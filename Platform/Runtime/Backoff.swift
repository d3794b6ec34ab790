/// Exponential backoff with full jitter: the n-th delay is uniform in `0...min(maximum, base * 2^n)`.
///
/// A pure value: whoever waits does the waiting. See AWS Architecture Blog, "Exponential Backoff And Jitter".
package struct Backoff: Sendable {
    package let base: Duration
    package let maximum: Duration
    package private(set) var attempt = 0

    package init(base: Duration, maximum: Duration) {
        precondition(base > .zero && maximum >= base, "a backoff needs 0 < base <= maximum")
        self.base = base
        self.maximum = maximum
    }

    /// The delay before the next attempt. Never zero, so that a loop around it cannot spin.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        let ceiling = self.ceiling
        attempt += 1
        return max(ceiling * Double.random(in: 0...1, using: &generator), .milliseconds(1))
    }

    package mutating func next() -> Duration {
        var generator = SystemRandomNumberGenerator()
        return next(using: &generator)
    }

    /// Call after a success: the next delay is short again.
    package mutating func reset() { attempt = 0 }

    /// The longest that the next delay can be.
    package var ceiling: Duration {
        // 2^30 times any sensible base is past any sensible maximum; the clamp keeps the shift defined.
        min(maximum, base * (1 << min(attempt, 30)))
    }
}
