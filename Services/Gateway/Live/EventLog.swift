import NIOCore

/// The last events, for clients that come back soon: bounded, whoever reads.
struct EventLog: Sendable {
    /// By default: what a busy minute brings.
    static let defaultCapacity = 4_096
    /// Of frames.
    static let maximumBytes = 16 << 20

    /// Events that are kept, at most.
    let capacity: Int

    /// Everything after this sequence is here, and may be told to whoever comes.
    private(set) var start: UInt64
    /// Everything after this sequence is here for those who were told what is before.
    private var floor: UInt64
    /// Of the last event of the stream that was looked at.
    private(set) var end: UInt64
    private var events: [LiveEvent] = []
    private var bytes = 0

    init(after sequence: UInt64, capacity: Int = defaultCapacity) {
        self.capacity = capacity
        start = sequence
        floor = sequence
        end = sequence
    }

    mutating func append(_ more: [LiveEvent], through sequence: UInt64) {
        events += more
        bytes += more.reduce(0) { $0 + $1.frame.readableBytes }
        end = max(end, sequence)
        // Let go of in portions, so that not every event moves all the others.
        guard events.count > capacity || bytes > Self.maximumBytes else { return }
        var dropped = 0
        while events.count - dropped > capacity / 2 || bytes > Self.maximumBytes / 2 {
            bytes -= events[dropped].frame.readableBytes
            floor = events[dropped].sequence
            dropped += 1
        }
        events.removeFirst(dropped)
        start = max(start, floor)
    }

    /// What is here is told to nobody who comes from now on.
    mutating func forget() { start = end }

    /// Nil for what is no longer here.
    func events(after sequence: UInt64) -> ArraySlice<LiveEvent>? {
        guard sequence >= floor else { return nil }
        var low = 0
        var high = events.count
        while low < high {
            let middle = (low + high) / 2
            if events[middle].sequence <= sequence { low = middle + 1 } else { high = middle }
        }
        return events[low...]
    }
}
