import ServiceRuntime
import Testing

struct BackoffTests {
    /// Steps evenly over all numbers, the same ones every time.
    struct SteppingGenerator: RandomNumberGenerator {
        private var number: UInt64 = 0

        mutating func next() -> UInt64 {
            number &+= 0x9E37_79B9_7F4A_7C15
            return number
        }
    }

    @Test func theCeilingDoublesUpToTheMaximum() {
        var backoff = Backoff(base: .milliseconds(100), maximum: .seconds(1))
        var ceilings: [Duration] = []
        for _ in 0..<7 {
            ceilings.append(backoff.ceiling)
            _ = backoff.next()
        }
        #expect(ceilings == [100, 200, 400, 800, 1000, 1000, 1000].map { .milliseconds($0) })
        #expect(backoff.attempt == 7)
    }

    @Test func theMaximumHoldsForEver() {
        var backoff = Backoff(base: .seconds(1), maximum: .seconds(60))
        for _ in 0..<10_000 { #expect(backoff.next() <= .seconds(60)) }
        #expect(backoff.ceiling == .seconds(60))
    }

    @Test func aLongBaseDoesNotOverflow() {
        var backoff = Backoff(base: .seconds(86400), maximum: .seconds(86400 * 365))
        for _ in 0..<100 { _ = backoff.next() }
        #expect(backoff.ceiling == .seconds(86400 * 365))
    }

    @Test func aSuccessStartsItAnew() {
        var backoff = Backoff(base: .milliseconds(100), maximum: .seconds(1))
        for _ in 0..<5 { _ = backoff.next() }
        backoff.reset()
        #expect(backoff.attempt == 0)
        #expect(backoff.ceiling == .milliseconds(100))
    }

    @Test func jitterReachesFromTheLeastDelayToTheCeiling() {
        var backoff = Backoff(base: .seconds(1), maximum: .seconds(1))
        var generator = SteppingGenerator()
        let delays = (0..<10_000).map { _ in backoff.next(using: &generator) }
        #expect(delays.allSatisfy { $0 >= .milliseconds(1) && $0 <= .seconds(1) })
        for tenth in 0..<10 {
            let part = Duration.milliseconds(100 * tenth)..<Duration.milliseconds(100 * (tenth + 1))
            #expect((900...1100).contains(delays.count(where: part.contains)), "\(part)")
        }
    }

    @Test func noDelayIsZeroOrPastTheCeiling() {
        var backoff = Backoff(base: .milliseconds(2), maximum: .milliseconds(50))
        for _ in 0..<1000 {
            let ceiling = backoff.ceiling
            let delay = backoff.next()
            #expect(delay >= .milliseconds(1) && delay <= ceiling)
        }
    }

    @Test func delaysDiffer() {
        var backoff = Backoff(base: .seconds(1), maximum: .seconds(1))
        #expect(Set((0..<100).map { _ in backoff.next() }).count > 90)
    }
}
