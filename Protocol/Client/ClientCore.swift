import Logging
import NIOCore
import NIOPosix
import ServiceRuntime
import Synchronization
import Wire
import WireTransport

/// What a client knows, on its event loop: calls, endpoints and connections.
///
/// Decisions are made by values without sockets (``CallTable``, ``EndpointBalancer``, ``CircuitBreaker``,
/// ``RetryPolicy``); this carries them out.
final class ClientCore: @unchecked Sendable {
    // Unchecked: every member that changes is touched on the event loop alone. Calls enter by way of the executor.

    typealias Answer = Result<ByteBuffer, RPCError>
    typealias Waiter = UnsafeContinuation<Answer, Never>

    /// Bytes that are read at a time.
    private static let reads = AdaptiveRecvByteBufferAllocator(minimum: 1 << 10, initial: 4 << 10, maximum: 64 << 10)

    /// A call that waits for a connection.
    private struct WaitingCall {
        let ticket: CallTable<Waiter>.Ticket
        let method: UInt16
        let trace: TraceContext?
        let payload: RawPayload
    }

    let configuration: RPCClientConfiguration
    let eventLoop: any EventLoop
    let executor: LoopExecutor
    let logger: Logger
    private let tls: LoadedTLS?
    private let retryPolicy: RetryPolicy

    private var table: CallTable<Waiter>
    private var balancer: EndpointBalancer<SocketAddress>
    private var breaker: CircuitBreaker
    private var budget = RetryBudget()
    private var generator = SplitMix64(seed: .random(in: .min ... .max))
    private var connections: [ClientConnection?] = []
    private var waiting: [WaitingCall] = []
    private var dirty: [ClientConnection] = []
    private var deadlines = EarliestDeadline()
    private var tick: Scheduled<Void>?
    private var isRunning = false
    private var isStopping = false
    private var whenIdle: [CheckedContinuation<Void, Never>] = []
    private var whenClosed: [CheckedContinuation<Void, Never>] = []
    /// Called when addresses may have changed.
    var resolveSoon: @Sendable () -> Void = {}
    /// For `/readyz`: up while at least one server takes calls.
    let state = Mutex(DependencyState.connecting)

    init(configuration: RPCClientConfiguration, eventLoop: any EventLoop, tls: LoadedTLS?, logger: Logger) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.tls = tls
        self.logger = logger
        executor = LoopExecutor(eventLoop: eventLoop)
        retryPolicy = RetryPolicy(configuration)
        table = CallTable(capacity: configuration.maximumCalls)
        balancer = EndpointBalancer(configuration)
        breaker = CircuitBreaker(configuration)
    }

    /// Once, before anything else.
    func start() { executor.afterJobs = { [unowned self] in flushDirty() } }

    // MARK: Calls

    /// - Throws: Where a call is refused at once.
    @inline(__always)
    func open(deadline: NIODeadline) throws(RPCError) -> CallTable<Waiter>.Ticket {
        eventLoop.preconditionInEventLoop()
        guard !isStopping else { throw .stopping }
        guard breaker.admit(now: .now()) else { throw .circuitOpen }
        guard let ticket = table.open(deadline: deadline) else { throw .tooManyCallsAtOnce }
        return ticket
    }

    /// Sends the call, or keeps it until there is a connection.
    @inline(__always)
    func begin<Payload: WirePayload>(
        _ ticket: CallTable<Waiter>.Ticket, _ waiter: Waiter, deadline: NIODeadline, method: UInt16,
        trace: TraceContext?, _ payload: Payload
    ) {
        guard let call = table[ticket] else { return waiter.resume(returning: .failure(.timedOut)) }
        table.setWaiter(waiter, of: ticket)
        if call.isCancelled { return fail(ticket, .cancelledByCaller) }
        let now = NIODeadline.now()
        guard deadline > now else { return fail(ticket, .timedOut) }
        watchDeadline(deadlines.add(deadline))
        guard let slot = balancer.pick(using: &generator), let connection = connections[slot] else {
            var bytes = ByteBuffer()
            payload.encode(into: &bytes)
            waiting.append(WaitingCall(ticket: ticket, method: method, trace: trace, payload: RawPayload(bytes)))
            eventLoop.scheduleTask(in: configuration.connectionWait) { self.giveUpWaiting(ticket) }
            return
        }
        send(ticket, to: connection, deadline - now, method, trace, payload)
    }

    @inline(__always)
    private func send<Payload: WirePayload>(
        _ ticket: CallTable<Waiter>.Ticket, to connection: ClientConnection, _ left: TimeAmount, _ method: UInt16,
        _ trace: TraceContext?, _ payload: Payload
    ) {
        let id = table.send(ticket, to: connection.slot)
        balancer.began(connection.slot)
        // A frame says up to 71 minutes. Rounded up: less than a microsecond is not nothing.
        let timeout = UInt32(clamping: (left.nanoseconds + 999) / 1000)
        if let error = connection.send(id: id, method: method, timeout: timeout, trace: trace, payload) {
            fail(ticket, error)
        }
    }

    /// The server answered.
    @inline(__always)
    func answered(_ id: UInt64, by slot: Int, _ answer: Answer) throws(FrameViolation) {
        guard let call = table.close(wireID: id, from: slot) else {
            guard table.wasUsed(id) else { throw .callID(id) }
            return
        }
        breaker.succeeded()
        switch answer {
        case .success:
            budget.succeeded()
            balancer.ended(slot, isFailure: false, now: .now())
        case .failure(let error):
            if error.blamesServer || error.isRetryable { budget.failed() }
            balancer.ended(slot, isFailure: error.blamesServer, now: .now())
        }
        call.waiter?.resume(returning: answer)
        closeIfIdle(slot)
    }

    func cancel(_ ticket: CallTable<Waiter>.Ticket) {
        guard let call = table[ticket] else { return }
        guard call.waiter != nil else { return table.setCancelled(ticket) }
        fail(ticket, .cancelledByCaller)
    }

    /// Ends a call on our side. If it was sent, the server is told.
    private func fail(_ ticket: CallTable<Waiter>.Ticket, _ error: RPCError) {
        guard let call = table.close(ticket) else { return }
        let isTimeout = error.code == .deadlineExceeded
        if call.endpoint >= 0 {
            if isTimeout || error.code == .cancelled { connections[call.endpoint]?.sendCancel(call.wireID) }
            balancer.ended(call.endpoint, isFailure: isTimeout, now: .now())
        }
        if isTimeout { breaker.failed(now: .now()) } else { breaker.gaveUp(now: .now()) }
        if isTimeout || error.isRetryable { budget.failed() }
        call.waiter?.resume(returning: .failure(error))
        closeIfIdle(call.endpoint)
    }

    /// - Returns: How long to wait before the call is sent again; nil to fail.
    func retryDelay(
        after error: RPCError, attempt: Int, isIdempotent: Bool, deadline: NIODeadline
    ) -> TimeAmount? {
        guard budget.allowsRetries, !isStopping else { return nil }
        return retryPolicy.delay(
            after: error, attempt: attempt, isIdempotent: isIdempotent, left: deadline - .now(), using: &generator)
    }

    private func giveUpWaiting(_ ticket: CallTable<Waiter>.Ticket) {
        guard let call = table[ticket], call.wireID == 0 else { return }
        fail(ticket, .notConnected)
        waiting.removeAll { $0.ticket == ticket }
    }

    private func watchDeadline(_ deadline: NIODeadline?) {
        guard let deadline else { return }
        eventLoop.scheduleTask(deadline: deadline) { self.expire() }
    }

    private func expire() {
        let now = NIODeadline.now()
        for ticket in table.tickets(where: { $0.deadline <= now && $0.waiter != nil }) { fail(ticket, .timedOut) }
        waiting.removeAll { table[$0.ticket] == nil }
        watchDeadline(deadlines.fired(now: now, next: table.earliestDeadline))
    }

    // MARK: Turns

    /// Something was read.
    /// - Returns: The present.
    @inline(__always)
    func beginTurn() -> NIODeadline { .now() }

    @inline(__always)
    func mustFlush(_ connection: ClientConnection) {
        dirty.append(connection)
        executor.endSoon()
    }

    private func flushDirty() {
        guard !dirty.isEmpty else { return }
        for connection in dirty { connection.flush() }
        dirty.removeAll(keepingCapacity: true)
    }

    // MARK: Connections

    func update(_ addresses: [SocketAddress]) {
        isRunning = true
        perform(balancer.update(addresses))
    }

    private func perform(_ actions: [EndpointBalancer<SocketAddress>.Action]) {
        for action in actions {
            switch action {
            case .connect(let slot, let address): connect(slot, address)
            case .leave(let slot): connections[slot]?.closeWhenIdle()
            }
        }
        scheduleTick()
    }

    private func scheduleTick() {
        tick?.cancel()
        guard !isStopping, let next = balancer.nextTick else { return }
        tick = eventLoop.scheduleTask(deadline: next) {
            self.perform(self.balancer.tick(now: .now()))
        }
    }

    private func connect(_ slot: Int, _ address: SocketAddress) {
        while connections.count <= slot { connections.append(nil) }
        let connection = ClientConnection(slot: slot, core: self, allocator: ByteBufferAllocator())
        connections[slot] = connection
        let bound = NIOLoopBound(connection, eventLoop: eventLoop)
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(configuration.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: Self.reads)
            .channelInitializer { [tls] channel in
                channel.eventLoop.makeCompletedFuture {
                    try tls?.add(to: channel.pipeline.syncOperations)
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
        bootstrap.connect(to: address).whenFailure { error in
            self.logger.debug("rpc connect failed", metadata: ["address": "\(address)", "error": "\(error)"])
            self.ended(bound.value, "\(address): \(error)")
        }
    }

    func connected(_ connection: ClientConnection) {
        guard !isStopping else { return connection.end("the client stops") }
        balancer.connected(connection.slot)
        breaker.connected(now: .now())
        state.withLock { $0 = .up }
        let calls = waiting
        waiting = []
        let now = NIODeadline.now()
        for call in calls {
            guard let known = table[call.ticket] else { continue }
            guard let slot = balancer.pick(using: &generator), let connection = connections[slot] else {
                waiting.append(call)
                continue
            }
            send(call.ticket, to: connection, known.deadline - now, call.method, call.trace, call.payload)
        }
    }

    /// The server takes no more calls.
    func left(_ connection: ClientConnection, lastID: UInt64) {
        let slot = connection.slot
        balancer.isLeaving(slot)
        resolveSoon()
        failCalls(of: slot, lastID: lastID, "the server stops") { $0 > lastID }
        connection.closeWhenIdle()
    }

    /// The connection is about to end. Its calls fail: those above the last id were not begun.
    func failed(_ connection: ClientConnection, _ why: String, lastID: UInt64) {
        failCalls(of: connection.slot, lastID: lastID, why) { _ in true }
    }

    private func failCalls(of slot: Int, lastID: UInt64, _ why: String, where matches: (UInt64) -> Bool) {
        for ticket in table.tickets(where: { $0.endpoint == slot && $0.wireID != 0 && matches($0.wireID) }) {
            guard let call = table.close(ticket) else { continue }
            balancer.ended(slot, isFailure: false, now: .now())
            call.waiter?.resume(
                returning: .failure(.connectionLost(why, isRetryable: call.wireID > lastID)))
        }
    }

    /// The channel is closed, or was never opened.
    func ended(_ connection: ClientConnection, _ why: String) {
        guard connections[connection.slot] === connection else { return }
        connections[connection.slot] = nil
        lost(connection.slot, why)
    }

    private func lost(_ slot: Int, _ why: String) {
        balancer.lost(slot, now: .now(), using: &generator)
        if balancer.ready.isEmpty, !isStopping {
            breaker.failed(now: .now())
            state.withLock { $0 = .down(reason: why) }
        }
        resolveSoon()
        scheduleTick()
        checkClosed()
    }

    func isIdle(_ slot: Int) -> Bool { balancer.endpoints[slot]?.callsInFlight ?? 0 == 0 }

    @inline(__always)
    private func closeIfIdle(_ slot: Int) {
        if isStopping { checkIdle() }
        guard slot >= 0, balancer.endpoints[slot]?.state == .leaving, isIdle(slot) else { return }
        connections[slot]?.closeWhenIdle()
    }

    // MARK: Stop

    /// Refuses calls from now on, and returns when those in flight have ended.
    func drain() async {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                self.isStopping = true
                self.tick?.cancel()
                self.whenIdle.append(continuation)
                self.checkIdle()
            }
        }
    }

    /// Ends calls that take longer than the stop may.
    func giveUp() {
        eventLoop.execute {
            for ticket in self.table.tickets(where: { _ in true }) { self.fail(ticket, .stopping) }
        }
    }

    /// Ends what is left, and returns when the last connection is closed.
    func close() async {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                self.isStopping = true
                for ticket in self.table.tickets(where: { _ in true }) { self.fail(ticket, .stopping) }
                for connection in self.connections { connection?.end("the client stops") }
                self.whenClosed.append(continuation)
                self.checkClosed()
            }
        }
    }

    private func checkIdle() {
        guard table.count == 0 else { return }
        let continuations = whenIdle
        whenIdle = []
        continuations.forEach { $0.resume() }
    }

    private func checkClosed() {
        guard connections.allSatisfy({ $0 == nil }) else { return }
        let continuations = whenClosed
        whenClosed = []
        continuations.forEach { $0.resume() }
    }
}
