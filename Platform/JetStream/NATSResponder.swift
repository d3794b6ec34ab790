import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Serves requests on a subject, with others of its queue group, until shutdown.
///
/// A bounded number is worked on at once, and a bounded number waits; what comes on top is answered with
/// ``NATSServiceError/overloadedCode`` at once. At graceful shutdown no more are taken, and those taken are finished.
package final class NATSResponder: Service {
    package struct Limits: Sendable {
        /// Handlers that run at once.
        package var concurrent: Int
        /// Requests that wait for one of them.
        package var queued: Int
        /// From graceful shutdown to the end of the handlers, which are then cancelled.
        package var drainTimeout: Duration

        package init(concurrent: Int = 64, queued: Int = 256, drainTimeout: Duration = .seconds(10)) {
            precondition(concurrent > 0 && queued >= 0, "a responder works on one request at least")
            self.concurrent = concurrent
            self.queued = queued
            self.drainTimeout = drainTimeout
        }
    }

    /// Since the start.
    struct Statistics {
        /// Those that were answered by the handler.
        var requests = 0
        /// Those of them that were answered with an error.
        var errors = 0
        /// The text of the newest error, as the caller saw it; empty where there was none.
        var lastError = ""
        var processing = Duration.zero
    }

    package typealias Handler = @Sendable (NATSMessage) async throws -> NATSReply

    private struct Guarded {
        var queue: [NATSMessage] = []
        /// In the queue or with a handler.
        var admitted = 0
        var workers = 0
        var isDraining = false
        var statistics = Statistics()
    }

    private enum Admission { case startWorker, wait, refuse }

    private let client: NATSClient
    let subject: String
    let queueGroup: String
    private let limits: Limits
    private let handler: Handler
    private let guarded = Mutex(Guarded())

    /// - Parameters:
    ///   - subject: May have wildcards.
    ///   - handler: An error that it throws is the answer if it is a ``NATSServiceError``; any other is logged, and
    ///     answered as an internal error without its text.
    /// - Throws: ``NATSError/invalidSubject(_:)``.
    package init(
        client: NATSClient, subject: String, queueGroup: String, limits: Limits = Limits(),
        handler: @escaping Handler
    ) throws(NATSError) {
        guard NATSSubject.isPattern(subject) else { throw .invalidSubject(subject) }
        guard NATSSubject.isLiteral(queueGroup) else { throw .invalidSubject(queueGroup) }
        self.client = client
        self.subject = subject
        self.queueGroup = queueGroup
        self.limits = limits
        self.handler = handler
    }

    /// Once. Cancelled, it drops what it has.
    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.serve() }
            group.addTask { [limits] in
                try? await gracefulShutdown()
                try? await Task.sleep(for: limits.drainTimeout)
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func serve() async {
        // At most as many elements as there are workers.
        let (workers, startWorker) = AsyncStream.makeStream(of: Void.self)
        let events = NATSLink.SubscriptionEvents(
            received: { self.admit($0, startWorker) },
            // Also when a link ends; the next one has the subscription again.
            completed: { if self.guarded.withLock({ $0.isDraining }) { startWorker.finish() } })
        let id = client.subscribe(to: subject, queue: queueGroup, events: events)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await _ in workers { group.addTask { await self.work() } }
            }
        } onGracefulShutdown: {
            self.guarded.withLock { $0.isDraining = true }
            self.client.drain(id, orElse: { startWorker.finish() })
        }
        client.unsubscribe(id)
    }

    /// On a thread of libnats.
    private func admit(_ request: NATSMessage, _ startWorker: AsyncStream<Void>.Continuation) {
        // Without a reply subject nobody waits.
        guard request.replySubject != nil else { return }
        let admission = guarded.withLock { guarded -> Admission in
            guard guarded.admitted < limits.concurrent + limits.queued else { return .refuse }
            guarded.admitted += 1
            guarded.queue.append(request)
            guard guarded.workers < limits.concurrent else { return .wait }
            guarded.workers += 1
            return .startWorker
        }
        switch admission {
        case .startWorker: startWorker.yield()
        case .wait: break
        case .refuse:
            answer(request, NATSServiceError(code: NATSServiceError.overloadedCode, description: "overloaded").reply)
        }
    }

    var statistics: Statistics { guarded.withLock { $0.statistics } }

    private func work() async {
        let clock = ContinuousClock()
        while let request = nextRequest() {
            let began = clock.now
            let reply = await reply(to: request)
            let processing = clock.now - began
            answer(request, reply)
            guarded.withLock { guarded in
                guarded.admitted -= 1
                guarded.statistics.requests += 1
                guarded.statistics.processing += processing
                if let error = reply.headers[NATSHeaderName.serviceError] {
                    guarded.statistics.errors += 1
                    guarded.statistics.lastError = error
                }
            }
        }
    }

    private func nextRequest() -> NATSMessage? {
        guarded.withLock { guarded in
            if guarded.queue.isEmpty {
                guarded.workers -= 1
                return nil
            }
            return guarded.queue.removeFirst()
        }
    }

    private func reply(to request: NATSMessage) async -> NATSReply {
        do {
            return try await handler(request)
        } catch let error as NATSServiceError {
            return error.reply
        } catch {
            var metadata: Logger.Metadata = ["subject": "\(request.subject)", "error": "\(error)"]
            if let trace = request.headers["traceparent"] { metadata["traceparent"] = "\(trace)" }
            client.logger.error("request failed", metadata: metadata)
            return NATSServiceError(code: NATSServiceError.internalCode, description: "internal error").reply
        }
    }

    private func answer(_ request: NATSMessage, _ reply: NATSReply) {
        guard let subject = request.replySubject else { return }
        do throws(NATSError) {
            try client.publish(NATSOutgoingMessage(subject: subject, headers: reply.headers, payload: reply.payload))
        } catch .payloadTooLarge {
            let error = NATSServiceError(code: NATSServiceError.internalCode, description: "the answer is too large")
            try? client.publish(NATSOutgoingMessage(subject: subject, headers: error.reply.headers))
        } catch {
            // The caller's timeout tells it.
            client.logger.debug("answer not sent", metadata: ["subject": "\(request.subject)", "error": "\(error)"])
        }
    }
}
