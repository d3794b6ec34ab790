import FoundationEssentials
import Testing

@testable import GitHub

struct RateLimitsTests {
    private static let now = Date(timeIntervalSince1970: 1_795_260_000)

    @Test func nobodyWaitsWithoutReason() {
        #expect(RateLimits().blocked(.app, at: Self.now) == nil)
    }
}
