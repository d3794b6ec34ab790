import NIOCore

/// Which addresses there are, what is known of each, and which gets the next call.
///
/// A pure value: it is told what happens and when, and says what to do. Endpoints are numbered by slots that are used
/// again.
struct EndpointBalancer<Address: Hashable & Sendable>: Sendable {
    enum Action: Sendable, Equatable {
        case connect(slot: Int, Address)
        /// Send no more, let calls in flight end, then close.
        case leave(slot: Int)
    }

    enum State: Sendable, Equatable {
        /// The next attempt to connect comes then.
        case waiting(until: NIODeadline)
        case connecting
        case ready
        /// It is connected, and answered badly: no calls before then.
        case ejected(until: NIODeadline)
        /// One call at a time shows whether it is well again.
        case probing
        /// It takes no more calls: the server said so, or its address is gone.
        case leaving
    }

    struct Endpoint: Sendable {
        let address: Address
        fileprivate(set) var state: State
        fileprivate var failures = 0
        fileprivate var ejections = 0
        fileprivate var attempts = 0
        /// The address is not resolved any more.
        fileprivate var isGone = false
    }

    /// What every call touches of an endpoint, kept apart so that nothing else of it is copied.
    private struct Load {
        var callsInFlight = 0
        /// It is ready, and its last answer was good.
        var isWell = false
    }

    private(set) var endpoints: [Endpoint?] = []
    /// By slot, as the endpoints.
    private var loads: [Load] = []
    /// Slots that calls go to first.
    private(set) var ready: [Int] = []
    /// Whether any is leaving: seldom, so it is looked at first.
    private var hasLeaving = false
    private let configuration: RPCClientConfiguration

    init(_ configuration: RPCClientConfiguration) { self.configuration = configuration }

    // MARK: Addresses

    /// Takes what the resolver says. No addresses at all change nothing: those that there were may still answer.
    mutating func update(_ addresses: [Address]) -> [Action] {
        guard !addresses.isEmpty else { return [] }
        var actions: [Action] = []
        let wanted = Set(addresses)
        for slot in endpoints.indices {
            guard var endpoint = endpoints[slot], !wanted.contains(endpoint.address) else { continue }
            endpoint.isGone = true
            switch endpoint.state {
            case .waiting: endpoints[slot] = nil
            case .connecting, .ready, .ejected, .probing:
                endpoint.state = .leaving
                endpoints[slot] = endpoint
                actions.append(.leave(slot: slot))
            case .leaving: endpoints[slot] = endpoint
            }
        }
        var known = Set(endpoints.compactMap { $0.flatMap { $0.isGone ? nil : $0.address } })
        for address in addresses where known.count < configuration.maximumEndpoints && known.insert(address).inserted {
            let slot = endpoints.firstIndex { $0 == nil } ?? endpoints.count
            if slot == endpoints.count {
                endpoints.append(nil)
                loads.append(Load())
            }
            endpoints[slot] = Endpoint(address: address, state: .connecting)
            loads[slot] = Load()
            actions.append(.connect(slot: slot, address))
        }
        collectReady()
        return actions
    }

    // MARK: Connections

    mutating func connected(_ slot: Int) {
        change(slot) { endpoint in
            guard endpoint.state == .connecting else { return }
            endpoint.state = .ready
            endpoint.failures = 0
        }
    }

    /// It said that it goes away. Its address may answer again later.
    mutating func isLeaving(_ slot: Int) { change(slot) { $0.state = .leaving } }

    /// The attempt to connect failed, or the connection ended.
    mutating func lost(_ slot: Int, now: NIODeadline, using generator: inout some RandomNumberGenerator) {
        guard var endpoint = endpoints[slot] else { return }
        if endpoint.isGone {
            endpoints[slot] = nil
        } else {
            // A connection that held and then ended is made again soon; attempts that fail, ever later.
            if endpoint.state != .connecting { endpoint.attempts = 0 }
            let delay = backoff(
                configuration.reconnectBase, configuration.reconnectMaximum, endpoint.attempts, using: &generator)
            endpoint.attempts += 1
            loads[slot].callsInFlight = 0
            endpoint.state = .waiting(until: now + delay)
            endpoints[slot] = endpoint
        }
        collectReady()
    }

    /// Does what is due.
    mutating func tick(now: NIODeadline) -> [Action] {
        var actions: [Action] = []
        for slot in endpoints.indices {
            guard let endpoint = endpoints[slot] else { continue }
            switch endpoint.state {
            case .waiting(let until) where until <= now:
                endpoints[slot]?.state = .connecting
                actions.append(.connect(slot: slot, endpoint.address))
            case .ejected(let until) where until <= now: endpoints[slot]?.state = .probing
            case .waiting, .connecting, .ready, .ejected, .probing, .leaving: break
            }
        }
        collectReady()
        return actions
    }

    /// When ``tick(now:)`` has something to do.
    var nextTick: NIODeadline? {
        endpoints.lazy.compactMap { endpoint -> NIODeadline? in
            switch endpoint?.state {
            case .waiting(let until), .ejected(let until): until
            case .connecting, .ready, .probing, .leaving, nil: nil
            }
        }.min()
    }

    // MARK: Calls

    /// The endpoint for a call: the less loaded of two, chosen at random. Mitzenmacher, "The Power of Two Choices in
    /// Randomized Load Balancing".
    /// - Returns: Nil where none is connected.
    @inline(__always)
    func pick(using generator: inout some RandomNumberGenerator) -> Int? {
        if ready.count == 1 { return ready[0] }
        guard !ready.isEmpty else { return lastResort }
        let first = Int.random(in: 0..<ready.count, using: &generator)
        var second = Int.random(in: 0..<ready.count - 1, using: &generator)
        if second >= first { second += 1 }
        return callsInFlight(ready[first]) <= callsInFlight(ready[second]) ? ready[first] : ready[second]
    }

    /// Where all are ejected, the one that is back first: a bad answer beats none.
    private var lastResort: Int? {
        endpoints.indices.compactMap { slot -> (Int, NIODeadline)? in
            switch endpoints[slot]?.state {
            case .ejected(let until): (slot, until)
            case .probing: (slot, .uptimeNanoseconds(0))
            case .waiting, .connecting, .ready, .leaving, nil: nil
            }
        }.min { $0.1 < $1.1 }?.0
    }

    func callsInFlight(_ slot: Int) -> Int { loads[slot].callsInFlight }

    @inline(__always)
    mutating func began(_ slot: Int) {
        loads[slot].callsInFlight += 1
        // One call at a time goes to an endpoint that is probed.
        if !loads[slot].isWell { collectReady() }
    }

    /// A call ended.
    /// - Parameter isFailure: The endpoint is to blame: no answer in time, or one that says that it is not well.
    @inline(__always)
    mutating func ended(_ slot: Int, isFailure: Bool, now: @autoclosure () -> NIODeadline) {
        loads[slot].callsInFlight = max(0, loads[slot].callsInFlight - 1)
        if !isFailure {
            if !loads[slot].isWell { succeeded(slot) }
        } else {
            failed(slot, now: now())
        }
    }

    /// Whether it takes no more calls and has answered all.
    @inline(__always)
    func isDone(_ slot: Int) -> Bool {
        guard hasLeaving, let endpoint = endpoints[slot] else { return false }
        return endpoint.state == .leaving && loads[slot].callsInFlight == 0
    }

    private mutating func succeeded(_ slot: Int) {
        change(slot) { endpoint in
            endpoint.failures = 0
            guard endpoint.state == .probing else { return }
            endpoint.state = .ready
            endpoint.ejections = 0
        }
    }

    private mutating func failed(_ slot: Int, now: NIODeadline) {
        let others = ready.contains { $0 != slot }
        let configuration = configuration
        change(slot) { endpoint in
            endpoint.failures += 1
            let isBad =
                switch endpoint.state {
                case .probing: true
                // The last one is never ejected: what to do when nobody answers is the circuit breaker's.
                case .ready: endpoint.failures >= configuration.ejectionFailures && others
                case .waiting, .connecting, .ejected, .leaving: false
                }
            guard isBad else { return }
            let time = doubled(configuration.ejectionBase, configuration.ejectionMaximum, endpoint.ejections)
            endpoint.state = .ejected(until: now + time)
            endpoint.ejections += 1
            endpoint.failures = 0
        }
    }

    private mutating func change(_ slot: Int, _ body: (inout Endpoint) -> Void) {
        guard var endpoint = endpoints[slot] else { return }
        body(&endpoint)
        endpoints[slot] = endpoint
        collectReady()
    }

    private mutating func collectReady() {
        hasLeaving = endpoints.contains { $0?.state == .leaving }
        for slot in endpoints.indices {
            loads[slot].isWell = endpoints[slot].map { $0.state == .ready && $0.failures == 0 } ?? false
        }
        ready = endpoints.indices.filter { slot in
            guard let endpoint = endpoints[slot] else { return false }
            return switch endpoint.state {
            case .ready: true
            case .probing: loads[slot].callsInFlight == 0
            case .waiting, .connecting, .ejected, .leaving: false
            }
        }
    }
}
