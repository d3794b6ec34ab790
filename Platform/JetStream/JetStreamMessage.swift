package import NIOCore
import ServiceRuntime
import Synchronization

/// A message of a stream, as a consumer delivers it.
///
/// Until it is answered the server counts it as being worked on, and delivers it again after the consumer's ack wait.
package final class JetStreamMessage: Sendable {
    /// Where the message stands: the tokens of its `$JS.ACK` reply subject.
    package struct Position: Sendable, Equatable {
        package let stream: String
        package let consumer: String
        /// 1 at the first delivery.
        package let deliveries: UInt64
        package let streamSequence: UInt64
        package let consumerSequence: UInt64
        /// When it was stored: nanoseconds since 1970, UTC.
        package let timestamp: Int64
        /// Messages for this consumer after this one, at the time of delivery.
        package let pending: UInt64

        /// `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<timestamp>.<pending>`, or the same
        /// with domain and account hash after `ACK`, and a token at the end that is ignored. ADR-15.
        init?(replySubject: String) {
            let tokens = replySubject.split(separator: ".", omittingEmptySubsequences: false)
            guard tokens.count >= 9, tokens[0] == "$JS", tokens[1] == "ACK" else { return nil }
            let fields = tokens.count == 9 ? tokens[2...] : tokens[4...]
            guard fields.count >= 7 else { return nil }
            let start = fields.startIndex
            guard let deliveries = UInt64(fields[start + 2]), let streamSequence = UInt64(fields[start + 3]),
                let consumerSequence = UInt64(fields[start + 4]), let timestamp = Int64(fields[start + 5]),
                let pending = UInt64(fields[start + 6])
            else { return nil }
            stream = String(fields[start])
            consumer = String(fields[start + 1])
            self.deliveries = deliveries
            self.streamSequence = streamSequence
            self.consumerSequence = consumerSequence
            self.timestamp = timestamp
            self.pending = pending
        }
    }

    private enum Answer { case none, underWay, given }

    package let position: Position
    package let message: NATSMessage
    private let client: NATSClient
    private let replySubject: String
    private let answer = Mutex(Answer.none)

    /// Nil for what no stream delivered.
    init?(_ message: NATSMessage, client: NATSClient) {
        guard let replySubject = message.replySubject, let position = Position(replySubject: replySubject) else {
            return nil
        }
        self.message = message
        self.position = position
        self.replySubject = replySubject
        self.client = client
    }

    package var subject: String { message.subject }
    package var headers: NATSHeaders { message.headers }
    package var payload: ByteBuffer { message.payload }

    /// Whether it has its final answer.
    package var isAnswered: Bool { answer.withLock { $0 == .given } }

    /// Done: never delivered again, and removed from a work queue.
    ///
    /// Waits for the server's confirmation: an acknowledgement that is lost on the way means another delivery, and only
    /// a confirmed one tells that there will be none. After an error it can be tried again, on any connection.
    package func ack(timeout: Duration? = nil) async throws(NATSError) { try await finish("+ACK", timeout) }

    /// Not done: delivered again, after the delay if there is one.
    package func nak(delay: Duration? = nil, timeout: Duration? = nil) async throws(NATSError) {
        try await finish(delay.map { "-NAK {\"delay\": \($0.wholeNanoseconds)}" } ?? "-NAK", timeout)
    }

    /// Never to be done: not delivered again. The server tells the reason in an advisory.
    package func term(reason: String? = nil, timeout: Duration? = nil) async throws(NATSError) {
        try await finish(reason.map { "+TERM \($0)" } ?? "+TERM", timeout)
    }

    /// Still at it: starts the ack wait again. Not confirmed, since the next one will do as well.
    package func inProgress() throws(NATSError) {
        guard answer.withLock({ $0 == .none }) else { throw .alreadyAnswered }
        try client.publish(NATSOutgoingMessage(subject: replySubject, payload: ByteBuffer(string: "+WPI")))
    }

    /// Gives back a message that nobody will look at. As well as it can: the ack wait does the same, later.
    func giveBack() {
        guard answer.withLock({ $0 == .none }) else { return }
        try? client.publish(NATSOutgoingMessage(subject: replySubject, payload: ByteBuffer(string: "-NAK")))
    }

    private func finish(_ text: String, _ timeout: Duration?) async throws(NATSError) {
        let isFirst = answer.withLock { answer in
            guard answer == .none else { return false }
            answer = .underWay
            return true
        }
        guard isFirst else { throw .alreadyAnswered }
        do throws(NATSError) {
            _ = try await client.exchange(
                NATSOutgoingMessage(subject: replySubject, payload: ByteBuffer(string: text)),
                timeout: timeout ?? client.configuration.requestTimeout)
            answer.withLock { $0 = .given }
        } catch {
            answer.withLock { $0 = .none }
            throw error
        }
    }
}
