/// So many requests in a window, all of them at once if need be: the generic cell rate algorithm (ITU-T I.371), whose state is
/// one number, the time at which the client would be even again. A pure value.
struct RateLimit: Sendable, Equatable {
    /// Of the window, in nanoseconds: a minute.
    static let window: UInt64 = 60_000_000_000

    /// Requests in a window.
    let quota: Int
    /// Nanoseconds that one request costs.
    private let cost: UInt64

    /// - Parameter quota: At least 1.
    init(quota: Int) {
        precondition(quota > 0, "a limit of no requests admits nobody")
        self.quota = quota
        cost = Self.window / UInt64(quota)
    }

    struct Decision: Sendable, Equatable {
        var isAdmitted: Bool
        /// Requests that would be admitted now.
        var remaining: Int
        /// Seconds until the whole quota is there again, or, for who is refused, until one request is.
        var seconds: Int
    }

    /// - Parameters:
    ///   - even: The state of a client; 0 of one that is new.
    ///   - now: In nanoseconds, on a clock that never goes back.
    func admit(_ even: inout UInt64, now: UInt64) -> Decision {
        let debt = even > now ? even - now : 0
        guard debt + cost <= Self.window else {
            return Decision(isAdmitted: false, remaining: 0, seconds: Self.seconds(debt + cost - Self.window))
        }
        even = now + debt + cost
        let remaining = (Self.window - debt - cost) / cost
        return Decision(isAdmitted: true, remaining: Int(remaining), seconds: Self.seconds(debt + cost))
    }

    /// Rounded up: who waits that long has waited long enough.
    private static func seconds(_ nanoseconds: UInt64) -> Int { Int((nanoseconds + 999_999_999) / 1_000_000_000) }
}
