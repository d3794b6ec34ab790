import Foundation
import Testing

@testable import GatewayService

struct RateLimitTests {
    private static let second: UInt64 = 1_000_000_000
    /// Some time after the start of the clock.
    private static let start: UInt64 = 1_000 * second

    @Test func aQuotaMayBeUsedAtOnceAndComesBackBitByBit() {
        let limit = RateLimit(quota: 60)
        var even: UInt64 = 0
        for used in 1...60 {
            let decision = limit.admit(&even, now: Self.start)
            #expect(decision == .init(isAdmitted: true, remaining: 60 - used, seconds: used))
        }
        #expect(limit.admit(&even, now: Self.start) == .init(isAdmitted: false, remaining: 0, seconds: 1))
        #expect(limit.admit(&even, now: Self.start + Self.second).isAdmitted)
        #expect(!limit.admit(&even, now: Self.start + Self.second).isAdmitted)
        #expect(limit.admit(&even, now: Self.start + 90 * Self.second).remaining == 59)
    }

    @Test(arguments: [1, 7, 60, 6_000, 10_000_000])
    func overALongTimeTheRateIsTheQuota(quota: Int) {
        let limit = RateLimit(quota: quota)
        var even: UInt64 = 0
        var admitted = 0
        // Ten minutes, asked for twenty times as often as there is quota, up to 20,000 times.
        let steps = min(200 * quota, 20_000)
        for step in 0..<steps {
            let now = Self.start + UInt64(step) * (600 * Self.second / UInt64(steps))
            if limit.admit(&even, now: now).isAdmitted { admitted += 1 }
        }
        #expect(admitted <= 11 * quota)
        #expect(admitted >= min(steps, 10 * quota))
    }

    @Test func whoIsRefusedIsToldWhenToComeBack() {
        let limit = RateLimit(quota: 4)
        var even: UInt64 = 0
        for _ in 1...4 { _ = limit.admit(&even, now: Self.start) }
        let refused = limit.admit(&even, now: Self.start + 2 * Self.second)
        #expect(refused == .init(isAdmitted: false, remaining: 0, seconds: 13))
        #expect(limit.admit(&even, now: Self.start + 15 * Self.second).isAdmitted)
    }
}

struct RateLimiterTests {
    @Test func clientsAndClassesCountForThemselves() {
        let limiter = RateLimiter(quotas: [.reads: 1, .writes: 1, .live: 0])
        let (alice, bob) = (ClientKey(address: "192.0.2.1"), ClientKey(address: "192.0.2.2"))
        #expect(limiter.admit(alice, .reads, now: 1)?.isAdmitted == true)
        #expect(limiter.admit(alice, .reads, now: 1)?.isAdmitted == false)
        #expect(limiter.admit(alice, .writes, now: 1)?.isAdmitted == true)
        #expect(limiter.admit(bob, .reads, now: 1)?.isAdmitted == true)
        #expect(limiter.admit(ClientKey(session: UUID()), .reads, now: 1)?.isAdmitted == true)
        #expect(limiter.admit(alice, .live, now: 1) == nil)
        #expect(limiter.admit(alice, .login, now: 1) == nil)
    }

    /// Who has many addresses fills the table, and then shares one quota with all whom it has no place for.
    @Test func theTableHasABoundAndForgetsWhoIsEven() {
        let limiter = RateLimiter(quotas: [.reads: 60])
        let capacity = RateLimiter.shardCount * RateLimiter.shardCapacity
        var refused = 0
        for client in 0..<(2 * capacity) {
            let decision = limiter.admit(ClientKey(address: "\(client)"), .reads, now: 1_000)
            if decision?.isAdmitted == false { refused += 1 }
        }
        #expect(refused > capacity / 2)
        // A minute later all are even, and there is place again.
        let later: UInt64 = 62_000_000_000
        let admitted = (0..<1_000).filter {
            limiter.admit(ClientKey(address: "new \($0)"), .reads, now: later)?.isAdmitted == true
        }
        #expect(admitted.count == 1_000)
    }
}
