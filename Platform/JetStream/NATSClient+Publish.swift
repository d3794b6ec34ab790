import Events
import Logging
package import NIOCore

/// What JetStream answers to a publish: the message is stored, on disk as far as the server's `sync_interval` says.
package struct PublishAcknowledgement: Sendable, Equatable {
    package let stream: String
    package let sequence: UInt64
    /// It was stored before, by its `Nats-Msg-Id`; `sequence` is that of the first.
    package let isDuplicate: Bool
}

/// A message to send.
package struct NATSOutgoingMessage: Sendable {
    package var subject: String
    package var headers: NATSHeaders
    package var payload: ByteBuffer

    package init(subject: String, headers: NATSHeaders = [:], payload: ByteBuffer = ByteBuffer()) {
        self.subject = subject
        self.headers = headers
        self.payload = payload
    }

    /// Bytes that count against `max_payload`.
    var size: Int { headers.encodedSize + payload.readableBytes }

    func check(maximum: Int) throws(NATSError) {
        guard NATSSubject.isLiteral(subject) else { throw .invalidSubject(subject) }
        try headers.checked()
        guard size <= maximum else { throw .payloadTooLarge(bytes: size, limit: maximum) }
    }
}

extension NATSClient {
    /// Publishes with no promise: at most once, to whoever listens now.
    package func publish(_ message: NATSOutgoingMessage) throws(NATSError) {
        let link = try currentLink()
        try message.check(maximum: link.maximumPayload)
        send(message, reply: nil, on: link, token: nil)
    }

    /// Stores a message in the stream that has its subject. Returns only when the server says that it is stored.
    ///
    /// After ``NATSError/disconnected``, ``NATSError/timeout`` and ``NATSError/cancelled`` it may be stored or not.
    /// - Parameter timeout: Default ``NATSConfiguration/publishTimeout``.
    /// - Throws: Also ``NATSError/noStream(subject:)``, ``NATSError/streamFull(stream:reason:)``,
    ///   ``NATSError/payloadTooLarge(bytes:limit:)``, ``NATSError/overloaded``.
    @discardableResult
    package func store(
        _ message: NATSOutgoingMessage, timeout: Duration? = nil
    ) async throws(NATSError) -> PublishAcknowledgement {
        let answer: NATSMessage
        do {
            answer = try await exchange(message, timeout: timeout ?? configuration.publishTimeout)
        } catch .noResponders(let subject) {
            throw .noStream(subject: subject)
        }
        let acknowledgement: PublishAnswer =
            if let short = answer.withPayload({ PublishAnswer(short: $0) }) {
                short
            } else {
                try JetStreamJSON.decode(answer, call: "publish")
            }
        if let error = acknowledgement.error { throw error.mapped(size: message.size, stream: acknowledgement.stream) }
        guard let stream = acknowledgement.stream, let sequence = acknowledgement.seq, sequence > 0 else {
            throw .malformedAnswer(call: "publish")
        }
        return PublishAcknowledgement(
            stream: stream, sequence: sequence, isDuplicate: acknowledgement.duplicate ?? false)
    }

    /// Sends with one of our inboxes as reply subject, and waits for the one answer.
    func exchange(_ message: NATSOutgoingMessage, timeout: Duration) async throws(NATSError) -> NATSMessage {
        let link = try currentLink()
        try message.check(maximum: link.maximumPayload)
        let token = replies.reserve()
        let answer = try await replies.wait(token, link: link.id, timeout: timeout) {
            send(message, reply: "\(inbox).\(token)", on: link, token: token)
        }
        guard let answer else { throw .malformedAnswer(call: message.subject) }
        if answer.status == 503 { throw .noResponders(subject: message.subject) }
        return answer
    }

    /// Hands the message to the thread. A failure there ends the call of the token.
    func send(_ message: NATSOutgoingMessage, reply: String?, on link: NATSLink, token: UInt64?) {
        let isTaken = thread.submit(holding: message.size) { [replies, logger] in
            do throws(NATSError) {
                try link.publish(message.subject, reply: reply, headers: message.headers, payload: message.payload)
            } catch {
                if let token { return replies.fail(token, error) }
                logger.debug("message not sent", metadata: ["subject": "\(message.subject)", "error": "\(error)"])
            }
        }
        if !isTaken, let token { replies.fail(token, .overloaded) }
    }
}

private struct PublishAnswer: Decodable {
    var stream: String?
    var seq: UInt64?
    var duplicate: Bool?
    var error: JetStreamJSON.APIError?
}

extension PublishAnswer {
    /// Of a message that was stored, in a fraction of the time that decoding takes; nil leaves it to that.
    init?(short bytes: UnsafeRawBufferPointer) {
        let answer = bytes.withMemoryRebound(to: UInt8.self) { bytes -> PublishAnswer? in
            var reader = JSONReader(bytes)
            var answer = PublishAnswer()
            do throws(JSONReader.Unexpected) {
                try reader.object { name, reader throws(JSONReader.Unexpected) in
                    switch name {
                    case "stream": answer.stream = try reader.string()
                    case "seq": answer.seq = UInt64(exactly: try reader.integer())
                    case "duplicate": answer.duplicate = try reader.flag()
                    // An error among others.
                    default: throw JSONReader.Unexpected()
                    }
                }
                try reader.end()
            } catch {
                return nil
            }
            return answer
        }
        guard let answer else { return nil }
        self = answer
    }
}
