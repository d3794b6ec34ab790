import NIOCore
import Wire

/// Whether a call that failed is sent again, and when. A pure value.
struct RetryPolicy: Sendable {
    private let configuration: RPCClientConfiguration

    init(_ configuration: RPCClientConfiguration) { self.configuration = configuration }

    /// - Parameters:
    ///   - attempt: How often it was sent, from 1.
    ///   - left: Until its deadline.
    /// - Returns: How long to wait; nil to fail.
    func delay(
        after error: RPCError, attempt: Int, isIdempotent: Bool, left: TimeAmount,
        using generator: inout some RandomNumberGenerator
    ) -> TimeAmount? {
        guard attempt < configuration.maximumAttempts, Self.isSafe(error, isIdempotent: isIdempotent) else {
            return nil
        }
        let delay = backoff(
            configuration.retryBase, configuration.retryMaximum, attempt - 1, using: &generator)
        return delay < left ? delay : nil
    }

    /// What was not begun may be sent again, and of what may have been done, only what does no harm twice.
    static func isSafe(_ error: RPCError, isIdempotent: Bool) -> Bool {
        error.isRetryable || (isIdempotent && error.code == .unavailable)
    }
}

/// Keeps retries from making an overload worse: they end while more than a few calls in a hundred fail. gRPC's proposal
/// A6, "Throttling Retry Attempts and Hedged RPCs".
struct RetryBudget: Sendable {
    static let maximum = 100.0
    /// What a success gives back.
    static let ratio = 0.1

    private(set) var tokens = maximum

    @inline(__always)
    mutating func succeeded() {
        if tokens < Self.maximum { tokens = min(Self.maximum, tokens + Self.ratio) }
    }

    mutating func failed() { tokens = max(0, tokens - 1) }

    var allowsRetries: Bool { tokens > Self.maximum / 2 }
}
