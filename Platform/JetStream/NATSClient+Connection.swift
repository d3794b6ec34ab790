import Logging
import NIOPosix
import ServiceRuntime
import Synchronization

extension NATSClient {
    /// The delay before the first attempt after a loss is up to this.
    private static let reconnectBase: Duration = .milliseconds(50)

    /// Until the task is cancelled.
    func stayConnected() async {
        var backoff = Backoff(base: Self.reconnectBase, maximum: NATSConfiguration.maximumReconnectDelay)
        while !Task.isCancelled {
            let started = ContinuousClock.now
            let id = guarded.withLock { $0.nextID() }
            let token = latches.reserve()
            // No deadline of its own: it lasts as long as the connection, or as the attempt, which has one.
            try? await latches.wait(token, link: LatchKind.lost, timeout: .seconds(1 << 30)) {
                thread.submit { self.connect(id, lost: token) }
            }
            // A server that accepts and hangs up is not asked more often than one that is not there.
            if ContinuousClock.now - started > NATSConfiguration.maximumReconnectDelay { backoff.reset() }
            try? await Task.sleep(for: backoff.next())
        }
    }

    /// On the thread. Completes `lost` when the attempt failed or the connection ended.
    private func connect(_ id: UInt64, lost: UInt64) {
        guard !guarded.withLock({ $0.isStopping }) else { return latches.complete(lost, ()) }
        let events = NATSLink.Events(
            closed: { self.lose(id, "connection lost", lost: lost) },
            complained: { [logger] in logger.warning("nats: \($0)") })
        let link: NATSLink
        do throws(NATSError) {
            link = try NATSLink(id: id, configuration: configuration, events: events)
        } catch .disconnected {
            return lose(id, "no server answers", lost: lost)
        } catch {
            return lose(id, "cannot connect: \(error)", lost: lost)
        }
        let subscriptions = guarded.withLock { guarded -> [UInt64: Subscription]? in
            guard guarded.lastLostLink < id, !guarded.isStopping else { return nil }
            guarded.link = link
            guarded.state = .up
            guarded.maximumPayload = link.maximumPayload
            return guarded.subscriptions
        }
        guard let subscriptions else {
            link.close()
            return latches.complete(lost, ())
        }
        for (id, subscription) in subscriptions { open(subscription, id, on: link) }
        logger.info("connected to nats", metadata: ["client": "\(configuration.clientName)"])
        latches.completeAll(link: LatchKind.connected, ())
    }

    private func lose(_ id: UInt64, _ reason: String, lost: UInt64) {
        let (link, isStopping) = guarded.withLock { guarded -> (NATSLink?, Bool) in
            guarded.lastLostLink = max(guarded.lastLostLink, id)
            if !guarded.isStopping { guarded.state = .down(reason: reason) }
            guard guarded.link?.id == id else { return (nil, guarded.isStopping) }
            defer { guarded.link = nil }
            return (guarded.link, guarded.isStopping)
        }
        replies.failAll(link: id, .disconnected)
        if let link { thread.submit { link.close() } }
        if !isStopping { logger.warning("nats: \(reason)", metadata: ["servers": "\(configuration.servers)"]) }
        latches.complete(lost, ())
    }

    func shutDown(draining: Bool) async {
        guarded.withLock { $0.isStopping = true }
        let timeout = configuration.drainTimeout
        replies.failAllExtending(.closed)
        if draining {
            let drained = latches.reserve()
            try? await latches.wait(drained, link: LatchKind.shutdown, timeout: timeout) {
                Task {
                    await replies.waitUntilEmpty()
                    latches.complete(drained, ())
                }
            }
        }
        // What is left will not be answered. This also ends the task above.
        replies.failAll(.closed)
        latches.failAll(link: LatchKind.connected, .closed)
        let link = guarded.withLock { guarded in
            defer { guarded.link = nil }
            guarded.state = .down(reason: "stopped")
            return guarded.link
        }
        if let link {
            let closed = latches.reserve()
            do {
                try await latches.wait(closed, link: LatchKind.shutdown, timeout: timeout + timeout) {
                    thread.submit {
                        if draining { link.flush(timeout: timeout) }
                        link.close()
                        self.latches.complete(closed, ())
                    }
                }
            } catch {
                logger.warning("nats: the connection did not close in time")
            }
        }
        thread.stop()
    }
}
