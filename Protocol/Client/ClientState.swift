import NIOCore
import Wire
import WireTransport

/// What a client knows of its calls and servers, and decides by: a pure value, which ``ClientCore`` acts for.
///
/// It is one value so that a call is one look at it.
struct ClientState<Waiter, Address: Hashable & Sendable> {
    /// What to do with a call that begins.
    struct Beginning {
        let step: Step
        /// When a timer has to be set for deadlines.
        let timer: NIODeadline?
        /// Whether to begin to ``lookAround(where:)``.
        let looksAround: Bool
    }

    enum Step {
        case send(slot: Int, id: UInt64, timeout: UInt32)
        /// Nobody is connected.
        case wait
        case fail(RPCError)
        /// It ended before.
        case ended
    }

    /// A call that has ended.
    struct End {
        let ticket: CallTable<Waiter>.Ticket
        let waiter: Waiter?
        let slot: Int
        let wireID: UInt64
        /// The last call of a connection that is to be closed.
        let closesConnection: Bool
    }

    var balancer: EndpointBalancer<Address>
    private(set) var table: CallTable<Waiter>
    private(set) var breaker: CircuitBreaker
    private(set) var budget = RetryBudget()
    private(set) var isStopping = false
    private var deadlines = EarliestDeadline()
    private var lastLook: CallTable<Waiter>.Moment?
    private var isLookingAround = false
    private var generator: SplitMix64

    init(_ configuration: RPCClientConfiguration, seed: UInt64) {
        balancer = EndpointBalancer(configuration)
        table = CallTable(capacity: configuration.maximumCalls)
        breaker = CircuitBreaker(configuration)
        generator = SplitMix64(seed: seed)
    }

    // MARK: Calls

    @inline(__always)
    mutating func open(
        deadline: NIODeadline, now: @autoclosure () -> NIODeadline
    ) throws(RPCError) -> CallTable<Waiter>.Ticket {
        guard !isStopping else { throw .stopping }
        guard breaker.admit(now: now()) else { throw .circuitOpen }
        guard let ticket = table.open(deadline: deadline) else { throw .tooManyCallsAtOnce }
        return ticket
    }

    /// The call's task waits.
    @inline(__always)
    mutating func begin(
        _ ticket: CallTable<Waiter>.Ticket, _ waiter: Waiter, deadline: NIODeadline, now: NIODeadline
    ) -> Beginning {
        let looksAround = !isLookingAround
        isLookingAround = true
        let step: Step
        switch table.setWaiter(waiter, of: ticket) {
        case .waiting: step = deadline > now ? send(ticket, deadline: deadline, now: now) : .fail(.timedOut)
        case .cancelled: step = .fail(.cancelledByCaller)
        case .ended: step = .ended
        }
        return Beginning(step: step, timer: deadlines.add(deadline), looksAround: looksAround)
    }

    /// Chooses a server for the call.
    @inline(__always)
    mutating func send(_ ticket: CallTable<Waiter>.Ticket, deadline: NIODeadline, now: NIODeadline) -> Step {
        guard let slot = balancer.pick(using: &generator) else { return .wait }
        balancer.began(slot)
        let id = table.send(ticket, to: slot)
        // A frame says up to 71 minutes. Rounded up: less than a microsecond is not nothing.
        let left = (deadline - now).nanoseconds
        return .send(slot: slot, id: id, timeout: left < 4_294_967_295_000 ? UInt32((left + 999) / 1000) : .max)
    }

    /// The server answered.
    /// - Parameter error: Nil where the call went well.
    /// - Returns: Nil if the call ended before.
    @inline(__always)
    mutating func answered(
        _ id: UInt64, by slot: Int, error: RPCError?, now: @autoclosure () -> NIODeadline
    ) throws(FrameViolation) -> End? {
        guard let call = table.close(wireID: id, from: slot) else {
            guard table.wasUsed(id) else { throw .callID(id) }
            return nil
        }
        breaker.succeeded()
        if let error {
            if error.blamesServer || error.isRetryable { budget.failed() }
            balancer.ended(slot, isFailure: error.blamesServer, now: now())
        } else {
            budget.succeeded()
            balancer.ended(slot, isFailure: false, now: now())
        }
        return End(
            ticket: call.ticket, waiter: call.waiter, slot: slot, wireID: id, closesConnection: balancer.isDone(slot))
    }

    /// Ends a call on our side.
    /// - Returns: Nil if it ended before.
    mutating func fail(_ ticket: CallTable<Waiter>.Ticket, _ error: RPCError, now: NIODeadline) -> End? {
        guard let call = table.close(ticket) else { return nil }
        let isTimeout = error.code == .deadlineExceeded
        if call.endpoint >= 0 { balancer.ended(call.endpoint, isFailure: isTimeout, now: now) }
        if isTimeout { breaker.failed(now: now) } else { breaker.gaveUp(now: now) }
        if isTimeout || error.isRetryable { budget.failed() }
        return End(
            ticket: ticket, waiter: call.waiter, slot: call.endpoint, wireID: call.wireID,
            closesConnection: call.endpoint >= 0 && balancer.isDone(call.endpoint))
    }

    /// The caller gives up.
    /// - Returns: Whether the call is to be failed now; if not, it is when its task waits.
    mutating func cancel(_ ticket: CallTable<Waiter>.Ticket) -> Bool { table.cancel(ticket) }

    /// Ends the calls that a connection has.
    /// - Parameter first: Of the calls that end, by the id on the connection.
    mutating func failCalls(of slot: Int, from first: UInt64, now: NIODeadline) -> [End] {
        table.tickets { $0.endpoint == slot && $0.wireID >= max(first, 1) }.compactMap { ticket in
            guard let call = table.close(ticket) else { return nil }
            balancer.ended(slot, isFailure: false, now: now)
            return End(
                ticket: ticket, waiter: call.waiter, slot: slot, wireID: call.wireID, closesConnection: false)
        }
    }

    // MARK: Patience

    /// The call's task waits once more.
    mutating func waitAgain(_ ticket: CallTable<Waiter>.Ticket, _ waiter: Waiter) -> CallTable<Waiter>.Waiting {
        table.setWaiter(waiter, of: ticket)
    }

    /// Takes the waiters that the condition holds for, of calls that were there at the last look.
    /// - Returns: Them, and whether to look again after the interval: there are calls.
    mutating func lookAround(where matches: (Waiter) -> Bool) -> (waiters: [Waiter], again: Bool) {
        let waiters = lastLook.map { table.takeWaiters(openedUpTo: $0, where: matches) } ?? []
        isLookingAround = table.count > 0
        lastLook = isLookingAround ? table.moment : nil
        return (waiters, isLookingAround)
    }

    // MARK: Deadlines

    func expired(now: NIODeadline) -> [CallTable<Waiter>.Ticket] {
        table.tickets { $0.deadline <= now && $0.waiter != nil }
    }

    /// - Returns: When the next timer has to be set.
    mutating func timerFired(now: NIODeadline) -> NIODeadline? {
        deadlines.fired(now: now, next: table.earliestDeadline)
    }

    // MARK: Connections

    mutating func connected(_ slot: Int, now: NIODeadline) {
        balancer.connected(slot)
        breaker.connected(now: now)
    }

    mutating func lost(_ slot: Int, now: NIODeadline) {
        balancer.lost(slot, now: now, using: &generator)
        if balancer.ready.isEmpty, !isStopping { breaker.failed(now: now) }
    }

    /// Refuses calls from now on.
    mutating func stop() { isStopping = true }

    // MARK: Retries

    mutating func retryDelay(
        _ policy: RetryPolicy, after error: RPCError, attempt: Int, isIdempotent: Bool, left: TimeAmount
    ) -> TimeAmount? {
        guard budget.allowsRetries, !isStopping else { return nil }
        return policy.delay(after: error, attempt: attempt, isIdempotent: isIdempotent, left: left, using: &generator)
    }
}
