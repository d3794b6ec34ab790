import Metrics
import NIOCore
import NIOHTTPTypes
import Synchronization

/// The clients of one event loop, and what is written to them. All of its state belongs to the loop.
///
/// Writing goes straight to the connections: the request's task only waits for the end.
final class EventFanOut: Sendable {
    /// The least time between two rounds: what comes meanwhile goes out together.
    static let interval = TimeAmount.milliseconds(50)
    /// Bytes that may wait for a client who reads too slowly, beside what the kernel takes; past it, the client is cut off.
    static let maximumWaitingBytes = 1 << 20
    /// Clients that are written to without letting the loop do anything else.
    private static let portion = 256

    private struct Client {
        let channel: any Channel
        let filter: EventFilter
        var position: UInt64
        var epoch: UInt64
        let end: CheckedContinuation<Void, Never>
    }

    private struct State {
        var clients: [ObjectIdentifier: Client] = [:]
        var lastRound = NIODeadline.uptimeNanoseconds(0)
        var heartbeat: RepeatedTask?
        var isStopped = false
    }

    /// Set once, from any thread.
    private final class Flag: Sendable {
        private let state = Atomic(false)
        var isSet: Bool { state.load(ordering: .acquiring) }
        func set() { state.store(true, ordering: .releasing) }
    }

    private struct CacheKey: Hashable {
        let filter: EventFilter
        let position: UInt64
        let epoch: UInt64
    }

    /// What clients are told within one round, and how far it goes: what comes while the round is under way is for the next one.
    private struct Telling {
        let bytes: ByteBuffer?
        let end: UInt64
    }

    private weak let hub: EventHub?
    private let loop: any EventLoop
    private let heartbeat: Duration
    private let state: NIOLoopBoundBox<State>
    /// Whether a round is under way to the loop.
    private let isAwake = Atomic(false)

    init(hub: EventHub, loop: any EventLoop, heartbeat: Duration) {
        self.hub = hub
        self.loop = loop
        self.heartbeat = heartbeat
        state = .makeBoxSendingValue(State(), eventLoop: loop)
    }

    /// Returns when the connection ends, or the hub stops.
    func serve(_ channel: any Channel, _ filter: EventFilter, after position: UInt64, epoch: UInt64) async {
        let isCancelled = Flag()
        await withTaskCancellationHandler {
            await withCheckedContinuation { end in
                loop.execute {
                    guard !isCancelled.isSet else { return end.resume() }
                    self.add(Client(channel: channel, filter: filter, position: position, epoch: epoch, end: end))
                }
            }
        } onCancel: {
            isCancelled.set()
            loop.execute { self.remove(ObjectIdentifier(channel)) }
        }
    }

    /// There is something new: a round comes soon.
    func wake() {
        guard !isAwake.exchange(true, ordering: .acquiringAndReleasing) else { return }
        loop.execute {
            let next = self.state.value.lastRound + Self.interval
            if next <= .now() { self.round() } else { self.loop.scheduleTask(deadline: next) { self.round() } }
        }
    }

    /// The last words, and the end of every connection.
    func stop() {
        loop.execute {
            self.state.value.isStopped = true
            self.state.value.heartbeat?.cancel()
            // Clients come back at different times.
            for (id, client) in self.state.value.clients {
                let retry = Int.random(in: 500...5_000)
                self.write(ByteBuffer(string: ": this server is going away\nretry: \(retry)\n\n"), to: client.channel)
                self.remove(id)
            }
        }
    }

    // MARK: - On the loop

    private func add(_ client: Client) {
        guard !state.value.isStopped, client.channel.isActive else { return client.end.resume() }
        let id = ObjectIdentifier(client.channel)
        state.value.clients[id] = client
        client.channel.closeFuture.assumeIsolated().whenComplete { _ in self.remove(id) }
        var cache: [CacheKey: Telling] = [:]
        tell(id, &cache)
        guard state.value.heartbeat == nil else { return }
        let interval = TimeAmount(heartbeat)
        state.value.heartbeat = loop.scheduleRepeatedTask(initialDelay: interval, delay: interval) {
            _ in self.beat()
        }
    }

    private func remove(_ id: ObjectIdentifier) {
        loop.assertInEventLoop()
        state.value.clients.removeValue(forKey: id)?.end.resume()
    }

    private func round() {
        isAwake.store(false, ordering: .releasing)
        state.value.lastRound = .now()
        go(through: Array(state.value.clients.keys)[...], [:])
    }

    /// Portion by portion, so that a round over thousands of clients holds up no request for long.
    private func go(through ids: ArraySlice<ObjectIdentifier>, _ cache: [CacheKey: Telling]) {
        var cache = cache
        for id in ids.prefix(Self.portion) { tell(id, &cache) }
        let rest = ids.dropFirst(Self.portion)
        if !rest.isEmpty {
            let further = cache
            loop.execute { self.go(through: rest, further) }
        }
    }

    /// Writes what the client does not have yet. Clients with the same filter at the same position get the same bytes.
    private func tell(_ id: ObjectIdentifier, _ cache: inout [CacheKey: Telling]) {
        guard let hub, var client = state.value.clients[id] else { return }
        let news = hub.news(after: client.position)
        guard news.epoch == client.epoch else {
            client.epoch = news.epoch
            client.position = news.end
            state.value.clients[id] = client
            return write(EventText.reset("the event stream was replaced", news.end), to: client.channel)
        }
        // More came between two rounds than is kept: whoever comes back is told it by the stream.
        guard let events = news.events else { return remove(id) }
        let key = CacheKey(filter: client.filter, position: client.position, epoch: client.epoch)
        let telling =
            cache[key] ?? Telling(bytes: Self.bytes(of: events, matching: client.filter), end: news.end)
        cache[key] = telling
        // The stream may have told it more than has come here so far.
        client.position = max(client.position, telling.end)
        state.value.clients[id] = client
        if let bytes = telling.bytes { write(bytes, to: client.channel) }
    }

    private static func bytes(of events: ArraySlice<LiveEvent>, matching filter: EventFilter) -> ByteBuffer? {
        var bytes: ByteBuffer?
        for event in events where filter.matches(event) {
            bytes = bytes ?? ByteBuffer()
            bytes?.writeImmutableBuffer(event.frame)
        }
        return bytes
    }

    /// Keeps connections alive through proxies, and tells where the client is, that it may resume from there.
    private func beat() {
        var texts: [UInt64: ByteBuffer] = [:]
        for client in state.value.clients.values {
            let text = texts[client.position] ?? EventText.heartbeat(client.position)
            texts[client.position] = text
            write(text, to: client.channel)
        }
    }

    private func write(_ bytes: ByteBuffer, to channel: any Channel) {
        if !channel.isWritable {
            let waiting = (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
            guard waiting <= Self.maximumWaitingBytes else {
                Counter(label: "bursar_event_clients_cut_off_total").increment()
                channel.close(promise: nil)
                return
            }
        }
        channel.writeAndFlush(HTTPResponsePart.body(bytes), promise: nil)
    }
}
