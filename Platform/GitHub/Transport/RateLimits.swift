import FoundationEssentials

/// Who has to wait until when. A pure value.
struct RateLimits {
    /// Seconds of the first wait where GitHub names none, doubled with each that follows: its own advice.
    static let unnamedWait: TimeInterval = 60
    static let longestUnnamedWait: TimeInterval = 3_600
    /// Callers that are remembered; beyond it all are forgotten.
    static let maximumKept = 10_000

    private struct Limit {
        var until: Date
        /// Waits in a row that GitHub did not name.
        var unnamed = 0
    }

    private var limits: [GitHubRequest.Caller: Limit] = [:]

    /// Nil where the caller may ask now.
    func blocked(_ caller: GitHubRequest.Caller, at now: Date) -> Date? {
        limits[caller].flatMap { $0.until > now ? $0.until : nil }
    }

    /// GitHub refused because of a limit. Returns until when nothing is asked.
    mutating func refused(_ caller: GitHubRequest.Caller, until named: Date?, at now: Date) -> Date {
        var limit = limits[caller] ?? Limit(until: now)
        if let named {
            limit.until = max(named, limit.until)
        } else {
            let wait = Self.unnamedWait * TimeInterval(1 << min(limit.unnamed, 10))
            limit.until = max(now.addingTimeInterval(min(wait, Self.longestUnnamedWait)), limit.until)
            limit.unnamed += 1
        }
        keep(limit, caller)
        return limit.until
    }

    /// GitHub answered. With nothing remaining, the next request would be refused.
    mutating func answered(_ caller: GitHubRequest.Caller, remaining: Int?, reset: Date?, at now: Date) {
        if remaining == 0, let reset {
            keep(Limit(until: reset), caller)
        } else if limits[caller].map({ $0.until <= now }) == true {
            limits[caller] = nil
        }
    }

    private mutating func keep(_ limit: Limit, _ caller: GitHubRequest.Caller) {
        if limits.count >= Self.maximumKept { limits = [:] }
        limits[caller] = limit
    }
}
