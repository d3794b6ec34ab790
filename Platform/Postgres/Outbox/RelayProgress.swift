import ServiceRuntime

/// How publishing an aggregate's rows in one pass ended.
struct AggregateOutcome: Sendable {
    var aggregate: String
    var acknowledged: [Int64] = []
    var failure: String?
}

/// What a relay remembers from one pass to the next. A pure value.
struct RelayProgress {
    private struct Paused {
        var backoff: Backoff
        var until: ContinuousClock.Instant
    }

    /// Published, and to be deleted.
    var acknowledged: [Int64] = []
    var isHolding = false
    var databaseBackoff: Backoff
    /// Why some aggregate is not published, as long as there is one.
    private(set) var failure: String?
    /// How long to wait before the next pass; nil unless nothing at all could be published.
    private(set) var pause: Duration?
    private var passBackoff: Backoff
    private var pausedAggregates: [String: Paused] = [:]
    private let settings: OutboxRelay.Settings

    init(_ settings: OutboxRelay.Settings) {
        self.settings = settings
        databaseBackoff = Backoff(base: settings.backoffBase, maximum: settings.backoffMaximum)
        passBackoff = databaseBackoff
    }

    /// The aggregates to leave out now.
    func paused(at now: ContinuousClock.Instant) -> [String] {
        pausedAggregates.filter { $0.value.until > now }.map(\.key)
    }

    /// How long until the first of them is due.
    func untilResumed(at now: ContinuousClock.Instant, atMost limit: Duration) -> Duration {
        let next = pausedAggregates.values.map { now.duration(to: $0.until) }.filter { $0 > .zero }.min()
        return min(next ?? limit, limit)
    }

    mutating func record(_ outcomes: [AggregateOutcome], at now: ContinuousClock.Instant) {
        databaseBackoff.reset()
        acknowledged = outcomes.flatMap(\.acknowledged)
        let failed = outcomes.filter { $0.failure != nil }
        for outcome in outcomes where outcome.failure == nil { pausedAggregates[outcome.aggregate] = nil }
        if acknowledged.isEmpty, !failed.isEmpty {
            pause = passBackoff.next()
        } else {
            // The broker is back after an outage: those that failed because of it are due now.
            if pause != nil { for name in pausedAggregates.keys { pausedAggregates[name]?.until = now } }
            pause = nil
            passBackoff.reset()
        }
        for outcome in failed { pauseAggregate(outcome.aggregate, from: now) }
        if let reason = failed.first?.failure { failure = reason } else if pausedAggregates.isEmpty { failure = nil }
    }

    /// The outbox is empty, so that nothing is left that could fail.
    mutating func recordEmpty() {
        databaseBackoff.reset()
        pausedAggregates = [:]
        failure = nil
    }

    private mutating func pauseAggregate(_ aggregate: String, from now: ContinuousClock.Instant) {
        let backoff = Backoff(base: settings.backoffBase, maximum: settings.backoffMaximum)
        var paused = pausedAggregates[aggregate] ?? Paused(backoff: backoff, until: now)
        paused.until = now + paused.backoff.next()
        guard pausedAggregates[aggregate] != nil || pausedAggregates.count < settings.maximumPaused else { return }
        pausedAggregates[aggregate] = paused
    }
}
