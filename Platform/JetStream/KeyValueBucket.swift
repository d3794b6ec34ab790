import FoundationEssentials
package import NIOCore

/// Values by key, the newest of each, in a stream that is laid out as NATS lays out its buckets (ADR-8), so that `nats kv`
/// reads them too.
///
/// Keys are subjects' tokens with dots between. Calls fail as those of ``NATSClient`` do, and can be made again.
package struct KeyValueBucket: Sendable {
    package struct Entry: Sendable {
        package let value: ByteBuffer
        /// Rises with every change of the bucket; that of a key is its last change.
        package let revision: UInt64
    }

    package let name: String
    private let client: NATSClient

    /// - Throws: ``NATSError/invalidSubject(_:)``.
    package init(client: NATSClient, name: String) throws(NATSError) {
        guard NATSSubject.isName(name) else { throw .invalidSubject(name) }
        self.client = client
        self.name = name
    }

    /// `KV_<bucket>`
    package static func stream(of bucket: String) -> String { "KV_\(bucket)" }
    /// `$KV.<bucket>.<key>`
    package static func subject(_ key: String, in bucket: String) -> String { "$KV.\(bucket).\(key)" }

    /// What the server that leads has; nil where the key is not there.
    package func entry(_ key: String) async throws(NATSError) -> Entry? {
        do throws(NATSError) {
            let answer: StoredMessage = try await client.call(
                NATSAPI.getMessage(Self.stream(of: name)), ["last_by_subj": .string(try subject(key))])
            return Entry(value: ByteBuffer(bytes: answer.message.data ?? Data()), revision: answer.message.seq)
        } catch .jetStream(_, NATSError.Code.noMessageFound, _) {
            return nil
        }
    }

    /// What any server has, without a copy on the way; nil where the key is not there, or not yet. For what never changes.
    package func value(_ key: String) async throws(NATSError) -> NATSMessage? {
        let subject = NATSAPI.directGet(Self.stream(of: name), subject: try subject(key))
        let answer = try await client.exchange(
            NATSOutgoingMessage(subject: subject), timeout: client.configuration.requestTimeout)
        return answer.status == 404 ? nil : answer
    }

    /// - Returns: The revision.
    @discardableResult
    package func put(_ key: String, _ value: ByteBuffer) async throws(NATSError) -> UInt64 {
        try await store(key, value, headers: [:])
    }

    /// Only where there is no such key: ``NATSError/isConflict`` else.
    package func create(_ key: String, _ value: ByteBuffer) async throws(NATSError) -> UInt64 {
        try await update(key, value, revision: 0)
    }

    /// Only where the key was last changed by this revision: ``NATSError/isConflict`` else.
    ///
    /// After an error that leaves it open whether it was done, doing it again may meet its own change.
    package func update(_ key: String, _ value: ByteBuffer, revision: UInt64) async throws(NATSError) -> UInt64 {
        try await store(key, value, headers: [NATSHeaderName.expectedLastSubjectSequence: "\(revision)"])
    }

    private func store(_ key: String, _ value: ByteBuffer, headers: NATSHeaders) async throws(NATSError) -> UInt64 {
        try await client.store(NATSOutgoingMessage(subject: try subject(key), headers: headers, payload: value))
            .sequence
    }

    private func subject(_ key: String) throws(NATSError) -> String {
        let subject = Self.subject(key, in: name)
        guard NATSSubject.isLiteral(subject) else { throw .invalidSubject(subject) }
        return subject
    }
}

private struct StoredMessage: Decodable {
    struct Message: Decodable {
        let seq: UInt64
        /// Left out where it is empty.
        let data: Data?
    }
    let message: Message
}

extension StreamSpecification {
    /// Of a bucket that refuses what there is no room for.
    package static func keyValue(bucket: String) -> StreamSpecification {
        var stream = StreamSpecification(
            name: KeyValueBucket.stream(of: bucket), subjects: [KeyValueBucket.subject(">", in: bucket)])
        stream.discard = .new
        stream.maximumMessagesPerSubject = 1
        return stream
    }
}

extension NATSError {
    /// Somebody else changed it first.
    package var isConflict: Bool {
        if case .jetStream(_, let code, _) = self { return Code.wrongLastSequence.contains(code) }
        return false
    }

    /// Nobody is there to answer now: the same call may go well later.
    package var isPassing: Bool {
        switch self {
        case .disconnected, .timeout, .noResponders, .overloaded, .noStream: true
        // 503: no leader, cluster not ready, JetStream being enabled.
        case .jetStream(let code, _, _): code == 503
        default: false
        }
    }
}
