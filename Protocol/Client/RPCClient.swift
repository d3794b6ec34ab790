package import Logging
package import NIOCore
import NIOPosix
import ServiceLifecycle
package import ServiceRuntime
import Synchronization
package import Wire
package import WireTransport

/// Calls to the servers of one service, on one event loop.
///
/// Calls wait for a connection, within their deadline, while there is none; they fail at once when nobody has answered
/// for a while (``RPCClientConfiguration/circuitFailures``). A task that runs on ``executor`` makes calls without
/// leaving the event loop. A program that makes calls from more than one event loop has
/// ``RPCClients``.
package final class RPCClient: Service, Dependency {
    package let name: String
    private let resolver: any AddressResolver
    private let core: ClientCore

    /// - Parameters:
    ///   - name: Of the service, for logs and `/readyz`.
    ///   - eventLoop: One of the process's, unless one is given.
    /// - Throws: What reading the certificates throws.
    package init(
        name: String, resolver: any AddressResolver,
        configuration: RPCClientConfiguration = RPCClientConfiguration(), tls: MutualTLS? = nil,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next(), logger: Logger
    ) throws {
        self.name = name
        self.resolver = resolver
        core = ClientCore(
            configuration: configuration, eventLoop: eventLoop, tls: try tls?.load(.client), logger: logger)
        core.start()
    }

    package var state: DependencyState { core.health.withLock { $0 } }

    /// Runs tasks on the event loop of the client: cheap calls, as long as nothing there takes long or blocks.
    package var executor: any TaskExecutor { core.executor }

    /// Whether this is called on the event loop of the client.
    var isOnEventLoop: Bool { core.eventLoop.inEventLoop }

    // MARK: Calls

    /// Calls a method by its type.
    /// - Parameter deadline: When the answer is of no use any more. What is left of the time travels with the call.
    package func call<Method: WireMethod>(
        _: Method.Type, _ request: Method.Request, deadline: NIODeadline, trace: TraceContext? = nil,
        isolation: isolated (any Actor)? = #isolation
    ) async throws(RPCError) -> Method.Response {
        let payload = try await perform(
            Method.id, request, isIdempotent: Method.isIdempotent, deadline: deadline, trace: trace,
            isolation: isolation)
        do throws(PayloadError) {
            return try Method.Response(payload: payload.readableBytesSpan)
        } catch {
            throw RPCError(.internal, "unreadable answer: \(error)")
        }
    }

    /// Calls a method by its number.
    /// - Parameter isIdempotent: Whether doing it twice is as good as once, so that it may be sent again when nobody
    ///   knows whether it was done.
    package func call(
        _ method: UInt16, _ payload: ByteBuffer, isIdempotent: Bool = false, deadline: NIODeadline,
        trace: TraceContext? = nil, isolation: isolated (any Actor)? = #isolation
    ) async throws(RPCError) -> ByteBuffer {
        try await perform(
            method, RawPayload(payload), isIdempotent: isIdempotent, deadline: deadline, trace: trace,
            isolation: isolation)
    }

    @inline(__always)
    private func perform<Payload: WirePayload>(
        _ method: UInt16, _ payload: Payload, isIdempotent: Bool, deadline: NIODeadline, trace: TraceContext?,
        isolation: isolated (any Actor)?
    ) async throws(RPCError) -> ByteBuffer {
        // What belongs to an actor leaves the event loop at every suspension, even if the actor lives there.
        let first: ClientCore.Answer
        if core.eventLoop.inEventLoop, isolation == nil {
            first = try await attempt(method, payload, deadline, trace, isolation: isolation)
        } else {
            first = try await attemptFromElsewhere(method, payload, deadline, trace)
        }
        switch first {
        case .success(let answer): return answer
        case .failure(let error): return try await retry(method, payload, isIdempotent, deadline, trace, after: error)
        }
    }

    /// Takes the call to the event loop, and the answer back.
    @concurrent
    private func attemptFromElsewhere<Payload: WirePayload>(
        _ method: UInt16, _ payload: Payload, _ deadline: NIODeadline, _ trace: TraceContext?
    ) async throws(RPCError) -> ClientCore.Answer {
        try await withTaskExecutorPreference(core.executor) { () async throws(RPCError) -> ClientCore.Answer in
            try await attempt(method, payload, deadline, trace)
        }
    }

    private func retry<Payload: WirePayload>(
        _ method: UInt16, _ payload: Payload, _ isIdempotent: Bool, _ deadline: NIODeadline, _ trace: TraceContext?,
        after first: RPCError
    ) async throws(RPCError) -> ByteBuffer {
        var error = first
        var attempts = 1
        while let delay = await core.retryDelay(
            after: error, attempt: attempts, isIdempotent: isIdempotent, deadline: deadline)
        {
            do {
                try await Task.sleep(for: Duration(delay))
            } catch {
                throw .cancelledByCaller
            }
            attempts += 1
            // A task that has slept may be anywhere.
            switch try await attemptFromElsewhere(method, payload, deadline, trace) {
            case .success(let answer): return answer
            case .failure(let next): error = next
            }
        }
        throw error
    }

    /// Sends the call once.
    @inline(__always)
    private func attempt<Payload: WirePayload>(
        _ method: UInt16, _ payload: Payload, _ deadline: NIODeadline, _ trace: TraceContext?,
        isolation: isolated (any Actor)? = #isolation
    ) async throws(RPCError) -> ClientCore.Answer {
        if Task.isCancelled { throw .cancelledByCaller }
        let core = core
        let ticket = try core.open(deadline: deadline)
        let answer: ClientCore.Answer? = await withUnsafeContinuation { waiter in
            // A task that was started on the event loop without preferring it has left it by now.
            guard core.eventLoop.inEventLoop else {
                return core.eventLoop.execute {
                    core.begin(ticket, .briefly(waiter), deadline: deadline, method: method, trace: trace, payload)
                }
            }
            core.begin(ticket, .briefly(waiter), deadline: deadline, method: method, trace: trace, payload)
        }
        if let answer { return answer }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in
                core.eventLoop.execute { core.waitLastingly(ticket, waiter) }
            }
        } onCancel: {
            core.eventLoop.execute { core.cancel(ticket) }
        }
    }

    // MARK: Life

    /// Keeps the connections, until graceful shutdown. Then calls in flight are ended, and others refused.
    package func run() async throws {
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        core.eventLoop.execute { [core] in core.resolveSoon = { signal.yield() } }
        await withTaskGroup { group in
            group.addTask { await self.resolve(signals) }
            group.addTask { try? await gracefulShutdown() }
            // Whichever comes first: resolving ends only by cancellation.
            await group.next()
            group.cancelAll()
        }
        if !Task.isCancelled {
            _ = try? await withDeadline(Duration(core.configuration.drainTimeout)) { [core] in
                await withTaskCancellationHandler {
                    await core.drain()
                } onCancel: {
                    core.giveUp()
                }
            }
        }
        await core.close()
    }

    /// Resolves the addresses now, at each interval, and soon after each signal.
    private func resolve(_ signals: AsyncStream<Void>) async {
        let configuration = core.configuration
        let (clockTicks, tick) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    tick.yield()
                    try? await Task.sleep(for: Duration(configuration.resolveInterval))
                }
                tick.finish()
            }
            group.addTask {
                for await _ in signals {
                    try? await Task.sleep(for: Duration(configuration.resolveAfterFailure))
                    tick.yield()
                }
            }
            for await _ in clockTicks { await resolveOnce() }
        }
    }

    private func resolveOnce() async {
        do {
            let addresses = try await withDeadline(Duration(core.configuration.resolveTimeout)) { [resolver] in
                try await resolver.resolve()
            }
            core.eventLoop.execute { [core] in core.update(addresses) }
        } catch {
            core.logger.debug("cannot resolve \(name)", metadata: ["error": "\(error)"])
            core.health.withLock { if $0 != .up { $0 = .down(reason: "\(error)") } }
        }
    }
}
