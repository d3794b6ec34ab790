package import NIOCore

/// A message to publish because of a change that the same transaction makes.
package struct OutboxMessage: Sendable, Equatable {
    /// Messages of one aggregate are published one after another, in the order they were appended.
    package var aggregate: String
    package var subject: String
    /// Unique. The broker and the consumers know a message again by it, as it may be published more than once.
    package var messageID: String
    package var headers: [String: String]
    package var payload: ByteBuffer

    package init(
        aggregate: String, subject: String, messageID: String, headers: [String: String] = [:], payload: ByteBuffer
    ) {
        self.aggregate = aggregate
        self.subject = subject
        self.messageID = messageID
        self.headers = headers
        self.payload = payload
    }
}
