package import ServiceRuntime

/// What one fetch may bring.
package struct FetchLimits: Sendable {
    package var messages: Int
    /// Bytes as the server counts them: subjects, headers and payloads. A message that is larger comes alone.
    package var bytes: Int

    /// - Parameter bytes: Default 8 MiB: far below the server's limit for one client (`max_pending`, 64 MB), past which
    ///   it cuts the client off as too slow.
    package init(messages: Int = 64, bytes: Int = 8 << 20) {
        precondition(messages > 0 && bytes > 0, "limits of a fetch are positive")
        self.messages = messages
        self.bytes = bytes
    }
}

/// A durable consumer that exists already, asked for messages only when the caller wants some: not asking is the pause.
///
/// It outlives restarts of the server and the deletion of the consumer, waiting with backoff; ``state`` shows it.
package final class PullConsumer: Sendable, Dependency {
    package let stream: String
    package let durable: String
    private let client: NATSClient
    private let fetcher: Fetcher
    private let subject: String

    /// - Throws: ``NATSError/invalidSubject(_:)`` where a name cannot be part of a subject.
    package init(client: NATSClient, stream: String, durable: String) throws(NATSError) {
        for name in [stream, durable] where !NATSSubject.isName(name) { throw .invalidSubject(name) }
        self.client = client
        self.stream = stream
        self.durable = durable
        fetcher = Fetcher(client: client, givesBack: true)
        subject = NATSAPI.nextMessages(stream, durable)
    }

    package var name: String { "consumer \(stream)/\(durable)" }
    package var state: DependencyState { fetcher.state }

    /// Waits for messages as long as it takes.
    ///
    /// Messages that arrive while the wait is cancelled are given back to the server. One call at a time.
    /// - Returns: One or more messages, in the stream's order; nil once the task is cancelled or the client stopped.
    package func next(_ limits: FetchLimits = FetchLimits()) async -> [JetStreamMessage]? {
        var backoff = FetchBackoff(client: client)
        var isLimited = true
        while !Task.isCancelled {
            let request = Fetcher.Request(
                subject: subject, count: isLimited ? limits.messages : 1, bytes: isLimited ? limits.bytes : nil)
            let (messages, end) = await fetcher.fetch(request)
            if !messages.isEmpty {
                if Task.isCancelled { messages.forEach { $0.giveBack() } } else { return messages }
            }
            // The next message may be larger than the limit: ask for that one alone.
            let retriesAlone = end == .stopped && isLimited
            isLimited = !retriesAlone
            if retriesAlone { continue }
            guard await backoff.wait(after: end) else { return nil }
        }
        return nil
    }

    /// ``next(_:)`` again and again.
    package func batches(_ limits: FetchLimits = FetchLimits()) -> Batches {
        Batches(consumer: self, limits: limits)
    }

    package struct Batches: AsyncSequence, AsyncIteratorProtocol, Sendable {
        let consumer: PullConsumer
        let limits: FetchLimits

        package func makeAsyncIterator() -> Batches { self }
        package mutating func next() async -> [JetStreamMessage]? { await consumer.next(limits) }
        package mutating func next(isolation actor: isolated (any Actor)?) async -> [JetStreamMessage]? {
            await consumer.next(limits)
        }
    }
}

/// What to wait for between a fetch that brought nothing and the next.
struct FetchBackoff {
    private static let base: Duration = .milliseconds(50)
    private static let maximum: Duration = .seconds(2)
    /// A server that ends requests sooner than this has not waited for messages.
    private static let shortest: Duration = .milliseconds(500)

    private let client: NATSClient
    private var backoff = Backoff(base: base, maximum: maximum)
    private var lastTime = ContinuousClock.now

    init(client: NATSClient) { self.client = client }

    mutating func reset() { backoff.reset() }

    /// - Returns: False where there is nothing more to wait for: the client stopped, or the task was cancelled.
    mutating func wait(after end: Fetcher.End) async -> Bool {
        switch end {
        case .failed(.closed), .failed(.cancelled):
            return false
        case .failed(.disconnected):
            do throws(NATSError) {
                try await client.waitUntilConnected(timeout: .seconds(60))
            } catch {
                return error == .timeout
            }
        case .complete where ContinuousClock.now - lastTime > Self.shortest:
            backoff.reset()
        case .complete, .stopped, .noConsumer, .failed:
            try? await Task.sleep(for: backoff.next())
        }
        lastTime = .now
        return !Task.isCancelled
    }
}
