import FoundationEssentials
import Logging
import NIOCore
package import ServiceRuntime
import Synchronization

/// Reads a stream from a sequence on, in order and without gaps, for as long as the caller asks: for projections.
///
/// An ephemeral consumer without acknowledgements is behind it, made again from the last message that was handed over
/// whenever anything is in doubt: the connection, a gap, silence. The server removes the old one after a while.
package final class OrderedReader: Sendable, Dependency {
    /// After which the server removes a consumer that nobody asks.
    private static let inactiveThreshold: Duration = .seconds(60)

    package struct Batch: Sendable {
        /// In the stream's order. Empty only once at the start, where there is nothing to read yet.
        package let messages: [JetStreamMessage]
        /// How many there were after these. At 0 the reader has caught up with the stream as of then.
        package let remaining: UInt64
    }

    private struct Guarded {
        /// The name of the consumer in use.
        var consumer: String?
        /// Of the last message that was delivered by it.
        var consumerSequence: UInt64 = 0
        /// Of the last message that was handed over.
        var position: UInt64
        var wasCaughtUp = false
        var identity: String?
        var lastSequenceAtStart: UInt64?
        var firstSequenceAtStart: UInt64?
    }

    package let stream: String
    private let filterSubjects: [String]
    private let limits: FetchLimits
    private let client: NATSClient
    private let fetcher: Fetcher
    private let guarded: Mutex<Guarded>

    /// - Parameters:
    ///   - sequence: The last one that the caller has; 0 to read from the start.
    ///   - filterSubjects: Empty for everything. They must not overlap.
    package init(
        client: NATSClient, stream: String, after sequence: UInt64 = 0, filterSubjects: [String] = [],
        limits: FetchLimits = FetchLimits(messages: 512)
    ) throws(NATSError) {
        guard NATSSubject.isName(stream) else { throw .invalidSubject(stream) }
        for subject in filterSubjects where !NATSSubject.isPattern(subject) { throw .invalidSubject(subject) }
        self.client = client
        self.stream = stream
        self.filterSubjects = filterSubjects
        self.limits = limits
        fetcher = Fetcher(client: client, givesBack: false)
        guarded = Mutex(Guarded(position: sequence))
    }

    package var name: String { "stream \(stream)" }
    package var state: DependencyState { fetcher.state }
    /// The stream's last sequence when reading began, whether a filter matches it or not; nil before.
    package var lastSequenceAtStart: UInt64? { guarded.withLock { $0.lastSequenceAtStart } }
    /// The sequence of the first message that the stream had when reading began; nil before.
    package var firstSequenceAtStart: UInt64? { guarded.withLock { $0.firstSequenceAtStart } }
    /// The sequence of the last message that was handed over.
    package var position: UInt64 { guarded.withLock { $0.position } }

    /// Waits for messages as long as it takes. One call at a time.
    /// - Returns: Nil once the task is cancelled or the client stopped.
    /// - Throws: ``NATSError/streamReplaced(stream:)``.
    package func next() async throws(NATSError) -> Batch? {
        var backoff = FetchBackoff(client: client)
        var isLimited = true
        while !Task.isCancelled {
            let consumer: String
            if let current = guarded.withLock({ $0.consumer }) {
                consumer = current
            } else {
                do throws(NATSError) {
                    let created = try await createConsumer()
                    if created.isCaughtUp { return Batch(messages: [], remaining: 0) }
                    consumer = created.name
                } catch .streamReplaced {
                    throw .streamReplaced(stream: stream)
                } catch {
                    fetcher.note(.down(reason: "\(error)"))
                    guard await backoff.wait(after: .failed(error)) else { return nil }
                    continue
                }
            }
            let request = Fetcher.Request(
                subject: NATSAPI.nextMessages(stream, consumer), count: isLimited ? limits.messages : 1,
                bytes: isLimited ? limits.bytes : nil)
            let (messages, end) = await fetcher.fetch(request)
            if let batch = accept(messages, from: consumer, end) { return batch }
            let retriesAlone = end == .stopped && isLimited
            isLimited = !retriesAlone
            if retriesAlone { continue }
            if end != .complete { guarded.withLock { $0.consumer = nil } }
            guard await backoff.wait(after: end) else { return nil }
        }
        return nil
    }

    /// What of the messages follows on those before, without a gap; nil for nothing to hand over.
    private func accept(_ messages: [JetStreamMessage], from consumer: String, _ end: Fetcher.End) -> Batch? {
        guarded.withLock { guarded in
            var accepted: [JetStreamMessage] = []
            for message in messages where message.position.consumer == consumer {
                guard message.position.consumerSequence == guarded.consumerSequence + 1 else {
                    guarded.consumer = nil
                    break
                }
                guarded.consumerSequence += 1
                guarded.position = message.position.streamSequence
                accepted.append(message)
            }
            // After a failure there may be more on the way, which nobody will collect.
            if case .failed = end { guarded.consumer = nil }
            if let last = accepted.last {
                if last.position.pending == 0 { guarded.wasCaughtUp = true }
                return Batch(messages: accepted, remaining: last.position.pending)
            }
            guard end == .complete, !guarded.wasCaughtUp, guarded.consumer != nil else { return nil }
            // What was left at the start was deleted before it could be read.
            guarded.wasCaughtUp = true
            return Batch(messages: [], remaining: 0)
        }
    }

    private func createConsumer() async throws(NATSError) -> (name: String, isCaughtUp: Bool) {
        let info: StreamInfo = try await client.call(NATSAPI.streamInfo(stream))
        let start = try guarded.withLock { guarded throws(NATSError) -> UInt64 in
            if let identity = guarded.identity, identity != info.created { throw .streamReplaced(stream: stream) }
            guard info.state.last_seq >= guarded.position else { throw .streamReplaced(stream: stream) }
            guarded.identity = info.created
            if guarded.lastSequenceAtStart == nil {
                guarded.lastSequenceAtStart = info.state.last_seq
                guarded.firstSequenceAtStart = info.state.first_seq
            }
            return guarded.position + 1
        }
        let name = "reader-\(String.random(length: 16))"
        var configuration: [String: JSONValue] = [
            "name": .string(name), "ack_policy": .string("none"), "deliver_policy": .string("by_start_sequence"),
            "opt_start_seq": .integer(Int64(start)), "max_deliver": .integer(1), "mem_storage": .bool(true),
            "num_replicas": .integer(1), "inactive_threshold": .integer(Self.inactiveThreshold.wholeNanoseconds),
        ]
        if !filterSubjects.isEmpty { configuration["filter_subjects"] = .array(filterSubjects.map { .string($0) }) }
        let created: ConsumerInfo = try await client.call(
            NATSAPI.createConsumer(stream, name),
            ["stream_name": .string(stream), "config": .object(configuration), "action": .string("create")])
        fetcher.note(.up)
        return guarded.withLock { guarded in
            guarded.consumer = name
            guarded.consumerSequence = 0
            let isCaughtUp = created.num_pending == 0 && !guarded.wasCaughtUp
            if isCaughtUp { guarded.wasCaughtUp = true }
            return (name, isCaughtUp)
        }
    }
}

private struct StreamInfo: Decodable {
    struct State: Decodable {
        let first_seq: UInt64
        let last_seq: UInt64
    }
    let created: String
    let state: State
}

private struct ConsumerInfo: Decodable { let num_pending: UInt64 }

extension NATSClient {
    /// A call of JetStream's API.
    func call<Answer: Decodable>(
        _ subject: String, _ body: [String: JSONValue]? = nil, timeout: Duration? = nil
    ) async throws(NATSError) -> Answer {
        var payload = ByteBuffer()
        if let body {
            do {
                payload.writeBytes(try JSONEncoder().encode(body))
            } catch {
                throw .malformedAnswer(call: subject)
            }
        }
        let answer = try await exchange(
            NATSOutgoingMessage(subject: subject, payload: payload), timeout: timeout ?? configuration.requestTimeout)
        try JetStreamJSON.throwError(in: answer, call: subject)
        return try JetStreamJSON.decode(answer, call: subject)
    }
}
