import Events
import JetStream

/// The last telling of each bounty, while the end of the stream is still far: every one tells all of its bounty, so those before it
/// need not be read at all.
struct Backlog {
    /// Of data that is kept back: past it, it is time to read.
    static let maximumBytes = 256 << 20

    struct Telling: Sendable {
        let version: Int
        let sequence: UInt64
        let type: String
        let data: [UInt8]
    }

    /// By the bounty's id.
    private var tellings: [String: Telling] = [:]
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
        hold(
            bounty, version: version, type: type, sequence: message.position.streamSequence,
            data: message.message.withPayload { Array($0) })
        return true
    }

    mutating func hold(
        _ bounty: String, version: Int, type: String, sequence: UInt64, data: @autoclosure () -> [UInt8]
    ) {
        position = max(position, sequence)
        let former = tellings[bounty]
        if let former, former.version >= version { return }
        let telling = Telling(version: version, sequence: sequence, type: type, data: data())
        tellings[bounty] = telling
        bytes += telling.data.count - (former?.data.count ?? 0)
    }

    /// In the stream's order; none of them is kept any longer.
    mutating func take() -> [Telling] {
        defer {
            tellings = [:]
            bytes = 0
        }
        return tellings.values.sorted { $0.sequence < $1.sequence }
    }
}
