/// What can go wrong between us and the broker.
package enum NATSError: Error, Equatable, Sendable {
    /// The configuration is wrong, and stays wrong however often it is tried.
    case invalidConfiguration(field: String, reason: String)
    case invalidSubject(String)
    /// A name or value of a header that the protocol cannot carry.
    case invalidHeader(name: String)

    /// There is no connection, or it broke before the answer came. Whether a message that was sent was also
    /// processed or stored is then unknown.
    case disconnected
    /// The server refuses the user or the password.
    case notAuthorized
    /// The client was told to stop.
    case closed
    /// No answer in time. Whether the message was processed or stored is unknown. The server also keeps silent
    /// where the user may not publish to the subject; the log has the violation.
    case timeout
    /// The task was cancelled.
    case cancelled
    /// ``NATSConfiguration/maximumPendingCalls`` or ``NATSConfiguration/maximumOutgoingBytes`` is reached.
    case overloaded

    /// Headers and payload together are larger than the server or the stream takes. Bytes; `limit` is nil where only
    /// the stream knows it.
    case payloadTooLarge(bytes: Int, limit: Int?)
    /// No stream stores this subject.
    case noStream(subject: String)
    /// The stream is at a limit and does not discard old messages, or the server has no room left.
    case streamFull(stream: String?, reason: String)
    /// Nobody serves this subject.
    case noResponders(subject: String)
    /// The service answered with an error (ADR-32).
    case service(code: Int, description: String)

    /// JetStream refused a call: HTTP-like code, the server's own error code (`errors.json` of nats-server), its text.
    case jetStream(code: Int, errorCode: Int, description: String)
    /// An answer that is not what the protocol says. Names the call.
    case malformedAnswer(call: String)
    /// The message already has its one final answer.
    case alreadyAnswered
    /// The stream is not the one that was read before: deleted and made again. What was built from it must be rebuilt.
    case streamReplaced(stream: String)
    /// Provisioning asks for something that cannot be changed once it exists.
    case cannotChange(stream: String, consumer: String?, field: String, reason: String)
    /// The C library failed in a way that has no case of its own.
    case library(call: String, reason: String)
}

extension NATSError {
    /// JetStream's error codes that we act on: `server/errors.json` of nats-server.
    enum Code {
        static let consumerNotFound = 10014
        static let noMessageFound = 10037
        /// A sequence that is not there any more.
        static let sequenceNotFound = 10043
        static let messageDeleteFailed = 10057
        static let insufficientResources = 10023
        static let memoryResourcesExceeded = 10028
        static let storageResourcesExceeded = 10047
        static let messageExceedsMaximum = 10054
        static let streamNotFound = 10059
        /// The second is that of nats-server 2.12 and later.
        static let wrongLastSequence: Set<Int> = [10071, 10164]
        /// Any failure to store: of these the limits are the ones that happen, and a full disk is the same to the caller.
        static let storeFailed = 10077
    }
}
