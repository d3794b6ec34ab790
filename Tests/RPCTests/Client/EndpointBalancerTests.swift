import NIOCore
import Testing

@testable import WireClient

@Suite struct EndpointBalancerTests {
    private var random = SplitMix64(seed: 1)
    private var balancer: EndpointBalancer<String>
    private var now = NIODeadline.uptimeNanoseconds(0)
    private let configuration: RPCClientConfiguration

    init() {
        var configuration = RPCClientConfiguration()
        configuration.ejectionFailures = 3
        configuration.ejectionBase = .seconds(1)
        configuration.reconnectBase = .milliseconds(100)
        configuration.reconnectMaximum = .seconds(1)
        configuration.maximumEndpoints = 4
        self.configuration = configuration
        balancer = EndpointBalancer(configuration)
    }

    // MARK: Addresses

    @Test mutating func newAddressesAreConnectedTo() {
        do {
            let result = balancer.update(["a", "b"])
            #expect(result == [.connect(slot: 0, "a"), .connect(slot: 1, "b")])
        }
        do {
            let result = balancer.update(["b", "a", "c"])
            #expect(result == [.connect(slot: 2, "c")])
        }
        do {
            let result = balancer.update(["a", "b", "c", "c"])
            #expect(result == [])
        }
    }

    @Test mutating func addressesThatAreGoneAreLeft() {
        connect("a", "b")
        do {
            let result = balancer.update(["b"])
            #expect(result == [.leave(slot: 0)])
        }
        #expect(balancer.endpoints[0]?.state == .leaving)
        #expect(balancer.ready == [1])
        lose(0)
        #expect(balancer.endpoints[0] == nil)
        // Its slot is used again.
        do {
            let result = balancer.update(["b", "c"])
            #expect(result == [.connect(slot: 0, "c")])
        }
    }

    @Test mutating func noAddressesChangeNothing() {
        connect("a")
        do {
            let result = balancer.update([])
            #expect(result == [])
        }
        #expect(balancer.ready == [0])
    }

    @Test mutating func thereIsALimit() {
        do {
            let result = balancer.update(["a", "b", "c", "d", "e", "f"]).count
            #expect(result == 4)
        }
    }

    @Test mutating func anAddressThatComesBackWhileItIsLeftIsAnotherEndpoint() {
        connect("a")
        _ = balancer.update(["b"])
        do {
            let result = balancer.update(["a", "b"])
            #expect(result == [.connect(slot: 2, "a")])
        }
    }

    // MARK: Connections

    @Test mutating func failedConnectionsAreTriedLessAndLessOften() {
        _ = balancer.update(["a"])
        var delays: [TimeAmount] = []
        for _ in 0..<6 {
            lose(0)
            guard case .waiting(let until) = balancer.endpoints[0]?.state else {
                Issue.record("it waits")
                return
            }
            delays.append(until - now)
            #expect(balancer.nextTick == until)
            do {
                let result = balancer.tick(now: until - .nanoseconds(1))
                #expect(result == [])
            }
            do {
                let result = balancer.tick(now: until)
                #expect(result == [.connect(slot: 0, "a")])
            }
            now = until
        }
        for (attempt, delay) in delays.enumerated() {
            let ceiling = doubled(.milliseconds(100), .seconds(1), attempt)
            #expect(delay <= ceiling && delay.nanoseconds >= ceiling.nanoseconds / 2)
        }
    }

    @Test mutating func aConnectionThatHeldIsMadeAgainSoon() {
        _ = balancer.update(["a"])
        for _ in 0..<5 {
            lose(0)
            now = now + .seconds(10)
            _ = balancer.tick(now: now)
        }
        balancer.connected(0)
        lose(0)
        guard case .waiting(let until) = balancer.endpoints[0]?.state else {
            Issue.record("it waits")
            return
        }
        #expect(until - now <= .milliseconds(100))
    }

    @Test mutating func oneThatSaysThatItLeavesGetsNoCalls() {
        connect("a", "b")
        balancer.isLeaving(0)
        for _ in 0..<20 {
            let result = balancer.pick(using: &random)
            #expect(result == 1)
        }
    }

    // MARK: Choice

    @Test mutating func nobodyIsPickedWhereNobodyIsConnected() {
        _ = balancer.update(["a"])
        do {
            let result = balancer.pick(using: &random)
            #expect(result == nil)
        }
    }

    @Test mutating func ofTwoTheLessLoadedIsPicked() {
        connect("a", "b")
        for _ in 0..<5 { balancer.began(0) }
        for _ in 0..<20 {
            let result = balancer.pick(using: &random)
            #expect(result == 1)
        }
    }

    @Test mutating func theLoadIsSpread() {
        connect("a", "b", "c", "d")
        for _ in 0..<1000 {
            guard let slot = balancer.pick(using: &random) else { return }
            balancer.began(slot)
        }
        let loads = balancer.endpoints.indices.map(balancer.callsInFlight)
        #expect(loads.reduce(0, +) == 1000)
        #expect((loads.max() ?? 0) - (loads.min() ?? 0) < 20, "power of two choices keeps loads close: \(loads)")
    }

    // MARK: Ejection

    @Test mutating func oneThatFailsIsEjectedAndProbed() {
        connect("a", "b")
        fail(0, times: 3)
        #expect(balancer.endpoints[0]?.state == .ejected(until: now + .seconds(1)))
        #expect(balancer.ready == [1])
        now = now + .seconds(1)
        _ = balancer.tick(now: now)
        #expect(balancer.endpoints[0]?.state == .probing)
        #expect(balancer.ready == [0, 1])
        // One call at a time.
        balancer.began(0)
        #expect(balancer.ready == [1])
        balancer.ended(0, isFailure: false, now: now)
        #expect(balancer.endpoints[0]?.state == .ready)
    }

    @Test mutating func aProbeThatFailsEjectsForLonger() {
        connect("a", "b")
        fail(0, times: 3)
        for seconds in [2, 4, 8, 16, 30, 30] {
            now = now + .seconds(60)
            _ = balancer.tick(now: now)
            fail(0, times: 1)
            #expect(balancer.endpoints[0]?.state == .ejected(until: now + .seconds(Int64(seconds))))
        }
    }

    @Test mutating func aSuccessBetweenFailuresCountsFromZero() {
        connect("a", "b")
        fail(0, times: 2)
        balancer.ended(0, isFailure: false, now: now)
        fail(0, times: 2)
        #expect(balancer.endpoints[0]?.state == .ready)
    }

    @Test mutating func theLastOneIsNeverEjected() {
        connect("a")
        fail(0, times: 10)
        #expect(balancer.endpoints[0]?.state == .ready)
    }

    @Test mutating func whereAllAreEjectedTheFirstToReturnIsUsed() {
        connect("a", "b")
        fail(0, times: 3)
        lose(1)
        #expect(balancer.ready.isEmpty)
        do {
            let result = balancer.pick(using: &random)
            #expect(result == 0)
        }
    }

    // MARK: -

    private mutating func connect(_ addresses: String...) {
        _ = balancer.update(addresses)
        for slot in addresses.indices { balancer.connected(slot) }
    }

    private mutating func lose(_ slot: Int) { balancer.lost(slot, now: now, using: &random) }

    private mutating func fail(_ slot: Int, times: Int) {
        for _ in 0..<times {
            balancer.began(slot)
            balancer.ended(slot, isFailure: true, now: now)
        }
    }
}
