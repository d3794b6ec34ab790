import Logging
import NIOCore
import Wire
import WireTransport

extension ServerConnection {
    /// Tells the client why, and disconnects.
    func end(_ status: StatusCode, _ message: String) {
        guard let goaway = session.close(status, message) else { return }
        core.logger.debug(
            "rpc connection ended", metadata: ["connection": "\(id)", "status": "\(status.name)", "why": "\(message)"])
        giveUpCalls()
        goaway.appendFrame(to: &output)
        closeWhenRead()
    }

    /// Stops taking calls, and ends when those in flight are answered.
    func drain() {
        guard let goaway = session.drain() else { return }
        goaway.appendFrame(to: &output)
        if session.isDone { closeWhenRead() } else { flush() }
    }

    /// Ends our side, so that the client reads everything and then closes. It is listened to for a while: closing with
    /// bytes unread would take back what it has not read yet.
    func closeWhenRead() {
        flush()
        guard let context else { return }
        input.clear()
        lease = nil
        pausedAt = nil
        context.close(mode: .output, promise: nil)
        context.read()
        silenceWatch?.cancel()
        silenceWatch = context.eventLoop.assumeIsolated().scheduleTask(in: core.limits.lingerTimeout) {
            self.closeNow()
        }
    }

    func closeNow() { context?.close(promise: nil) }

    /// Looks again after this long whether the client is still there.
    func watchSilence(in time: TimeAmount) {
        guard let context else { return }
        silenceWatch?.cancel()
        silenceWatch = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.checkSilence() }
    }

    private func checkSilence() {
        switch session.phase {
        case .greeting: end(.deadlineExceeded, "no hello within the handshake timeout")
        case .open, .draining:
            let due = lastFrame + core.limits.idleTimeout
            let now = NIODeadline.now()
            if !calls.isEmpty {
                watchSilence(in: core.limits.idleTimeout)
            } else if due > now {
                watchSilence(in: due - now)
            } else {
                end(.deadlineExceeded, "no complete frame within the idle timeout")
            }
        case .closing: break
        }
    }
}
