import Events
import JetStream

/// The last telling of each bounty, while the end of the stream is still far: every one tells all of its bounty, so those before it
/// need not be read at all.
struct Backlog {
    /// Of data that is kept back: past it, it is time to read.
    static let maximumBytes = 256 << 20

    struct Held: Sendable {
        let version: Int
        let sequence: UInt64
        let type: String
        let data: [UInt8]
    }

    /// By the bounty's id.
    private var tellings: [String: Held] = [:]
    private var bytes = 0
    /// The sequence of the last message that was kept back or passed over.
    private(set) var position: UInt64 = 0

    var isFull: Bool { bytes >= Self.maximumBytes }

    /// - Returns: Whether it needs no reading now.
    mutating func hold(_ message: JetStreamMessage) -> Bool {
        let headers = message.headers
        guard headers["ce-specversion"] == CloudEvent.specificationVersion, let type = headers["ce-type"],
            BountyEvent.tellsBountyAlone(type), let bounty = headers["ce-subject"],
            let version = headers["ce-sequence"].flatMap({ Int($0) })
        else { return false }
        let sequence = message.position.streamSequence
        position = max(position, sequence)
        let former = tellings[bounty]
        if let former, former.version >= version { return true }
        let data = message.message.withPayload { Array($0) }
        tellings[bounty] = Held(version: version, sequence: sequence, type: type, data: data)
        bytes += data.count - (former?.data.count ?? 0)
        return true
    }

    /// In the stream's order; none of them is kept any longer.
    mutating func take() -> [Held] {
        defer {
            tellings = [:]
            bytes = 0
        }
        return tellings.values.sorted { $0.sequence < $1.sequence }
    }
}
