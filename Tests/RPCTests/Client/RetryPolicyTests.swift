import NIOCore
import Testing
import Wire

@testable import WireClient

@Suite struct RetryPolicyTests {
    private let configuration = RPCClientConfiguration()
    private var random = SplitMix64(seed: 1)

    @Test(arguments: [
        // code, not begun, idempotent, sent again
        (StatusCode.unavailable, true, false, true), (.unavailable, false, false, false),
        (.unavailable, false, true, true), (.resourceExhausted, true, false, true),
        (.resourceExhausted, false, true, false), (.invalidArgument, false, true, false),
        (.deadlineExceeded, false, true, false), (.cancelled, false, true, false), (.internal, false, true, false),
    ])
    func onlyWhatIsSafeIsSentAgain(code: StatusCode, isRetryable: Bool, isIdempotent: Bool, expected: Bool) {
        let error = RPCError(code, "", isRetryable: isRetryable)
        #expect(RetryPolicy.isSafe(error, isIdempotent: isIdempotent) == expected)
    }

    @Test mutating func attemptsAreLimitedAndApart() {
        let delays = (1...configuration.maximumAttempts).map { attempt in
            delay(attempt: attempt, left: .seconds(10))
        }
        #expect(delays.last == .some(nil))
        for (retry, delay) in delays.dropLast().enumerated() {
            let ceiling = doubled(configuration.retryBase, configuration.retryMaximum, retry)
            #expect(delay.map { $0 <= ceiling && $0.nanoseconds >= ceiling.nanoseconds / 2 } == true)
        }
    }

    @Test mutating func nothingIsSentAfterTheDeadline() {
        #expect(delay(attempt: 1, left: .milliseconds(1)) == nil)
    }

    @Test func aBudgetEndsRetriesWhenMuchFailsAndComesBack() {
        var budget = RetryBudget()
        for _ in 0..<50 { budget.failed() }
        #expect(!budget.allowsRetries)
        for _ in 0..<20 { budget.succeeded() }
        #expect(budget.allowsRetries)
        for _ in 0..<1000 { budget.failed() }
        #expect(budget.tokens == 0)
        for _ in 0..<10_000 { budget.succeeded() }
        #expect(budget.tokens == RetryBudget.maximum)
    }

    private mutating func delay(attempt: Int, left: TimeAmount) -> TimeAmount? {
        RetryPolicy(configuration).delay(
            after: .notConnected, attempt: attempt, isIdempotent: false, left: left, using: &random)
    }
}
