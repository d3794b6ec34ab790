import Events
import GatewayDomain
import Hummingbird
import JetStream
import NIOCore

/// Tells what is older than the hub's log, from the stream itself: in bounded batches, each written before the next is read.
struct EventHistory: Sendable {
    /// One batch: a few milliseconds of work, between others that the event loop has.
    private static let limits = FetchLimits(messages: 64, bytes: 1 << 20)
    /// For a client to take one batch; past it, it is cut off, so that it does not hold a reader for ever.
    private static let patience = TimeAmount.seconds(30)
    /// Between two looks for a free reader.
    private static let pause = Duration.milliseconds(100)

    let client: NATSClient
    let board: BountyBoard

    /// Until the position is one that the hub can go on from.
    func catchUp(
        _ position: inout UInt64, epoch: inout UInt64, _ filter: EventFilter, _ hub: EventHub, _ channel: any Channel,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        guard position < hub.extent.start else { return }
        while !hub.takeReader() { try await Task.sleep(for: Self.pause) }
        defer { hub.giveBackReader() }
        let reader = try OrderedReader(
            client: client, stream: StreamName.events, after: position, limits: Self.limits)
        var target = hub.extent.start
        var isFirst = true
        while position < target, let batch = try await next(of: reader) {
            guard hub.extent.epoch == epoch else { break }
            if isFirst, position > 0, let first = reader.firstSequenceAtStart, first > position + 1 {
                try await write(
                    EventText.reset("the stream no longer has what followed", position), writer: &writer, channel)
            }
            isFirst = false
            let snapshot = board.snapshot
            var bytes = ByteBuffer()
            for event in await StreamEvent.read(batch.messages) {
                guard let told = LiveEvent(event, redactedBy: snapshot), filter.matches(told) else { continue }
                bytes.writeImmutableBuffer(told.frame)
            }
            // With nothing left, all that was there when the target was set has been read.
            position = max(reader.position, batch.remaining == 0 ? target : 0)
            if bytes.readableBytes == 0 { bytes = EventText.heartbeat(position) }
            try await write(bytes, writer: &writer, channel)
            target = hub.extent.start
        }
        guard hub.extent.epoch != epoch || position < hub.extent.start else { return }
        // The stream was replaced meanwhile.
        let extent = hub.extent
        try await write(EventText.reset("the event stream was replaced", extent.end), writer: &writer, channel)
        (position, epoch) = (extent.end, extent.epoch)
    }

    /// Nil at the end of the task, or where another stream stands in place of this one.
    private func next(of reader: OrderedReader) async throws -> OrderedReader.Batch? {
        do {
            return try await reader.next()
        } catch .streamReplaced {
            return nil
        }
    }

    private func write(
        _ bytes: ByteBuffer, writer: inout any ResponseBodyWriter, _ channel: any Channel
    ) async throws {
        let limit = channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        defer { limit.cancel() }
        try await writer.write(bytes)
    }
}
