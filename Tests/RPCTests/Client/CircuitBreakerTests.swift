import NIOCore
import Testing

@testable import WireClient

@Suite struct CircuitBreakerTests {
    private var breaker: CircuitBreaker
    private var now = NIODeadline.uptimeNanoseconds(0)

    init() {
        var configuration = RPCClientConfiguration()
        configuration.circuitFailures = 3
        configuration.circuitBase = .seconds(1)
        configuration.circuitMaximum = .seconds(3)
        breaker = CircuitBreaker(configuration)
    }

    @Test mutating func itOpensAfterFailuresInARow() {
        fail(2)
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
        fail(1)
        do {
            let result = breaker.admit(now: now)
            #expect(!result)
        }
        #expect(breaker.state == .open(until: now + .seconds(1)))
    }

    @Test mutating func aSuccessBetweenCountsFromZero() {
        fail(2)
        breaker.succeeded()
        fail(2)
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
    }

    @Test mutating func oneCallTriesWhenTheTimeIsOver() {
        fail(3)
        now = now + .seconds(1)
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
        do {
            let result = breaker.admit(now: now)
            #expect(!result)
        }
        breaker.succeeded()
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
    }

    @Test mutating func aTrialThatFailsOpensForLonger() {
        fail(3)
        for seconds in [2, 3, 3] {
            now = now + .seconds(10)
            do {
                let result = breaker.admit(now: now)
                #expect(result)
            }
            fail(1)
            #expect(breaker.state == .open(until: now + .seconds(Int64(seconds))))
        }
    }

    @Test mutating func aTrialThatSaysNothingLetsTheNextOneTry() {
        fail(3)
        now = now + .seconds(1)
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
        breaker.gaveUp(now: now)
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
        do {
            let result = breaker.admit(now: now)
            #expect(!result)
        }
    }

    @Test mutating func aConnectionLetsACallTryAtOnce() {
        fail(3)
        breaker.connected(now: now)
        do {
            let result = breaker.admit(now: now)
            #expect(result)
        }
        do {
            let result = breaker.admit(now: now)
            #expect(!result)
        }
    }

    @Test mutating func callsThatWereUnderWayDoNotOpenItForLonger() {
        fail(10)
        #expect(breaker.state == .open(until: now + .seconds(1)))
    }

    private mutating func fail(_ times: Int) {
        for _ in 0..<times { breaker.failed(now: now) }
    }
}
