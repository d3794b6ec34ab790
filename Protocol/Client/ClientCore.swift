import Logging
import NIOCore
import NIOPosix
import ServiceRuntime
import Synchronization
import Wire
import WireTransport

/// The client on its event loop: carries out what ``ClientState`` decides.
final class ClientCore: @unchecked Sendable {
    // Unchecked: every member that changes is touched on the event loop alone. Calls enter by way of the executor.

    typealias Answer = Result<ByteBuffer, RPCError>
    /// How the task of a call waits. Being able to be cancelled at any moment costs more than a quick call does, so a
    /// task first waits without, and again with it where the answer takes longer than ``patience``.
    enum Waiter {
        /// Nil says to wait lastingly.
        case briefly(UnsafeContinuation<Answer?, Never>)
        case lastingly(UnsafeContinuation<Answer, Never>)

        var isBrief: Bool {
            if case .briefly = self { true } else { false }
        }

        @inline(__always)
        func resume(returning answer: Answer) {
            switch self {
            case .briefly(let continuation): continuation.resume(returning: answer)
            case .lastingly(let continuation): continuation.resume(returning: answer)
            }
        }

        func resumeToWaitLastingly() {
            if case .briefly(let continuation) = self { continuation.resume(returning: nil) }
        }
    }

    typealias State = ClientState<Waiter, SocketAddress>
    typealias Ticket = CallTable<Waiter>.Ticket

    /// Bytes that are read at a time.
    private static let reads = AdaptiveRecvByteBufferAllocator(minimum: 1 << 10, initial: 4 << 10, maximum: 64 << 10)

    /// Requests are sent in so many bursts, so that servers work on one while the next is written, but in none smaller
    /// than this: sending costs as much as some calls.
    private static let bursts = 2
    private static let leastBurst = 32
    /// Calls that take this long, or up to twice as long, can be cancelled at once.
    private static let patience = TimeAmount.milliseconds(10)

    /// A call that waits for a connection.
    private struct WaitingCall {
        let ticket: Ticket
        let deadline: NIODeadline
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

    // Exclusive access is not checked of what every call touches, which took an eighth of its time: it changes on the event
    // loop alone, and nothing that is called during a change comes back here.
    @exclusivity(unchecked) private var state: State
    @exclusivity(unchecked) private var connections: [ClientConnection?] = []
    private var waiting: [WaitingCall] = []
    /// Of calls that ended while their tasks did not wait.
    private var early: [Ticket: Answer] = [:]
    @exclusivity(unchecked) private var dirty: [ClientConnection] = []
    private var tick: Scheduled<Void>?
    private var whenIdle: [CheckedContinuation<Void, Never>] = []
    private var whenClosed: [CheckedContinuation<Void, Never>] = []
    /// Called when addresses may have changed.
    var resolveSoon: @Sendable () -> Void = {}
    /// For `/readyz`: up while at least one server takes calls.
    let health = Mutex(DependencyState.connecting)

    init(configuration: RPCClientConfiguration, eventLoop: any EventLoop, tls: LoadedTLS?, logger: Logger) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.tls = tls
        self.logger = logger
        executor = LoopExecutor(eventLoop: eventLoop)
        retryPolicy = RetryPolicy(configuration)
        state = State(configuration, seed: .random(in: .min ... .max))
    }

    /// Once, before anything else.
    func start() {
        executor.afterJobs = { [unowned self] in flushDirty() }
        executor.burst = { [unowned self] in max(Self.leastBurst, state.table.count / Self.bursts) }
    }

    // MARK: Calls

    /// - Throws: Where a call is refused at once.
    @inline(__always)
    func open(deadline: NIODeadline) throws(RPCError) -> Ticket {
        eventLoop.preconditionInEventLoop()
        return try state.open(deadline: deadline, now: .now())
    }

    /// Sends the call, or keeps it until there is a connection.
    @inline(__always)
    func begin<Payload: WirePayload>(
        _ ticket: Ticket, _ waiter: Waiter, deadline: NIODeadline, method: UInt16, trace: TraceContext?,
        _ payload: Payload
    ) {
        let beginning = state.begin(ticket, waiter, deadline: deadline, now: .now())
        if let timer = beginning.timer { setTimer(timer) }
        if beginning.looksAround { lookAroundSoon() }
        switch beginning.step {
        case .send(let slot, let id, let timeout):
            let error = connections[slot]?.send(id: id, method: method, timeout: timeout, trace: trace, payload)
            if let error { fail(ticket, error) }
        case .wait:
            var bytes = ByteBuffer()
            payload.encode(into: &bytes)
            let call = WaitingCall(
                ticket: ticket, deadline: deadline, method: method, trace: trace, payload: RawPayload(bytes))
            waiting.append(call)
            eventLoop.scheduleTask(in: configuration.connectionWait) { self.giveUpWaiting(ticket) }
        case .fail(let error): fail(ticket, error)
        case .ended: takeEarly(ticket, waiter)
        }
    }

    /// The task of the call waits again.
    func waitLastingly(_ ticket: Ticket, _ continuation: UnsafeContinuation<Answer, Never>) {
        switch state.waitAgain(ticket, .lastingly(continuation)) {
        case .waiting: break
        case .cancelled: fail(ticket, .cancelledByCaller)
        case .ended: takeEarly(ticket, .lastingly(continuation))
        }
    }

    private func takeEarly(_ ticket: Ticket, _ waiter: Waiter) {
        waiter.resume(returning: early.removeValue(forKey: ticket) ?? .failure(.stopping))
    }

    /// After ``patience``, and again for as long as there are calls.
    private func lookAroundSoon() {
        eventLoop.scheduleTask(in: Self.patience) {
            let (waiters, again) = self.state.lookAround(where: \.isBrief)
            for waiter in waiters { waiter.resumeToWaitLastingly() }
            if again { self.lookAroundSoon() }
        }
    }

    @inline(__always)
    private func finish(_ end: State.End, _ answer: Answer) {
        if let waiter = end.waiter { waiter.resume(returning: answer) } else { early[end.ticket] = answer }
    }

    /// The server answered.
    @inline(__always)
    func answered(_ id: UInt64, by slot: Int, _ payload: ByteBuffer) throws(FrameViolation) {
        guard let end = try state.answered(id, by: slot, error: nil, now: .now()) else { return }
        finish(end, .success(payload))
        if end.closesConnection || state.isStopping { afterEnd(end) }
    }

    func answered(_ id: UInt64, by slot: Int, _ error: RPCError) throws(FrameViolation) {
        guard let end = try state.answered(id, by: slot, error: error, now: .now()) else { return }
        finish(end, .failure(error))
        afterEnd(end)
    }

    func cancel(_ ticket: Ticket) {
        if state.cancel(ticket) { fail(ticket, .cancelledByCaller) }
    }

    /// Ends a call on our side. If it was sent, the server is told.
    private func fail(_ ticket: Ticket, _ error: RPCError) {
        guard let end = state.fail(ticket, error, now: .now()) else { return }
        let isOurs = error.code == .deadlineExceeded || error.code == .cancelled || error == .stopping
        if isOurs, end.wireID != 0 { connections[end.slot]?.sendCancel(end.wireID) }
        finish(end, .failure(error))
        afterEnd(end)
    }

    private func afterEnd(_ end: State.End) {
        if end.closesConnection { connections[end.slot]?.end("its last call is answered") }
        checkIdle()
    }

    /// - Returns: How long to wait before the call is sent again; nil to fail.
    func retryDelay(
        after error: RPCError, attempt: Int, isIdempotent: Bool, deadline: NIODeadline
    ) async -> TimeAmount? {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                let delay = self.state.retryDelay(
                    self.retryPolicy, after: error, attempt: attempt, isIdempotent: isIdempotent,
                    left: deadline - .now())
                continuation.resume(returning: delay)
            }
        }
    }

    private func giveUpWaiting(_ ticket: Ticket) {
        guard let call = state.table[ticket], call.wireID == 0 else { return }
        fail(ticket, .notConnected)
        waiting.removeAll { $0.ticket == ticket }
    }

    private func setTimer(_ deadline: NIODeadline) {
        eventLoop.scheduleTask(deadline: deadline) { self.expire() }
    }

    private func expire() {
        let now = NIODeadline.now()
        for ticket in state.expired(now: now) { fail(ticket, .timedOut) }
        waiting.removeAll { state.table[$0.ticket] == nil }
        if let timer = state.timerFired(now: now) { setTimer(timer) }
    }

    // MARK: Output

    /// The connection has something to write, at the end of this turn.
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

    func update(_ addresses: [SocketAddress]) { perform(state.balancer.update(addresses)) }

    private func perform(_ actions: [EndpointBalancer<SocketAddress>.Action]) {
        for action in actions {
            switch action {
            case .connect(let slot, let address): connect(slot, address)
            case .leave(let slot): closeIfDone(slot)
            }
        }
        scheduleTick()
    }

    private func scheduleTick() {
        tick?.cancel()
        guard !state.isStopping, let next = state.balancer.nextTick else { return }
        tick = eventLoop.scheduleTask(deadline: next) { self.perform(self.state.balancer.tick(now: .now())) }
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
        guard !state.isStopping else { return connection.end("the client stops") }
        state.connected(connection.slot, now: .now())
        health.withLock { $0 = .up }
        let calls = waiting
        waiting = []
        let now = NIODeadline.now()
        for call in calls where state.table[call.ticket] != nil {
            switch state.send(call.ticket, deadline: call.deadline, now: now) {
            case .send(let slot, let id, let timeout):
                let error = connections[slot]?.send(
                    id: id, method: call.method, timeout: timeout, trace: call.trace, call.payload)
                if let error { fail(call.ticket, error) }
            case .wait: waiting.append(call)
            case .fail(let error): fail(call.ticket, error)
            case .ended: break
            }
        }
    }

    /// The server takes no more calls.
    func left(_ connection: ClientConnection, lastID: UInt64) {
        state.balancer.isLeaving(connection.slot)
        resolveSoon()
        failCalls(
            of: connection.slot, from: lastID < .max ? lastID + 1 : .max, notBegunAfter: lastID, "the server stops")
        closeIfDone(connection.slot)
    }

    /// The connection is about to end. Its calls fail: those above the last id were not begun.
    func failed(_ connection: ClientConnection, _ why: String, lastID: UInt64) {
        failCalls(of: connection.slot, from: 0, notBegunAfter: lastID, why)
    }

    private func failCalls(of slot: Int, from first: UInt64, notBegunAfter lastID: UInt64, _ why: String) {
        for end in state.failCalls(of: slot, from: first, now: .now()) {
            finish(end, .failure(.connectionLost(why, isRetryable: end.wireID > lastID)))
        }
        checkIdle()
    }

    /// The channel is closed, or was never opened.
    func ended(_ connection: ClientConnection, _ why: String) {
        guard connections[connection.slot] === connection else { return }
        connections[connection.slot] = nil
        state.lost(connection.slot, now: .now())
        if state.balancer.ready.isEmpty { health.withLock { $0 = .down(reason: why) } }
        resolveSoon()
        scheduleTick()
        checkClosed()
    }

    private func closeIfDone(_ slot: Int) {
        if state.balancer.isDone(slot) { connections[slot]?.end("it is not needed any more") }
    }

    // MARK: Stop

    /// Refuses calls from now on, and returns when those in flight have ended.
    func drain() async {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                self.state.stop()
                self.tick?.cancel()
                self.whenIdle.append(continuation)
                self.checkIdle()
            }
        }
    }

    /// Ends calls that take longer than the stop may.
    func giveUp() {
        eventLoop.execute { self.failAll() }
    }

    /// Ends what is left, and returns when the last connection is closed.
    func close() async {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                self.state.stop()
                self.tick?.cancel()
                self.failAll()
                for connection in self.connections { connection?.end("the client stops") }
                self.whenClosed.append(continuation)
                self.checkClosed()
            }
        }
    }

    private func failAll() {
        for ticket in state.table.tickets(where: { _ in true }) { fail(ticket, .stopping) }
    }

    private func checkIdle() {
        guard state.isStopping, state.table.count == 0 else { return }
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
