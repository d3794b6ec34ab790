import NIOCore
import Testing
import WireTransport

@Suite struct EarliestDeadlineTests {
    private var deadlines = EarliestDeadline()

    @Test mutating func oneTimerServesAll() {
        let first = deadlines.add(at(50))
        let later = deadlines.add(at(60))
        let earlier = deadlines.add(at(40))
        #expect([first, later, earlier] == [at(50), nil, at(40)])
    }

    @Test mutating func timersAreApart() {
        _ = deadlines.add(at(10))
        do {
            let result = deadlines.fired(now: at(10), next: at(10.5))
            #expect(result == at(12))
        }
        do {
            let result = deadlines.fired(now: at(12), next: at(100))
            #expect(result == at(100))
        }
        do {
            let result = deadlines.fired(now: at(100), next: nil)
            #expect(result == nil)
        }
        do {
            let result = deadlines.add(at(500))
            #expect(result == at(500))
        }
    }

    private func at(_ milliseconds: Double) -> NIODeadline { .uptimeNanoseconds(UInt64(milliseconds * 1e6)) }
}
