import Events
import FoundationEssentials
import JetStream

/// A message of the event stream, read.
struct StreamEvent: Sendable {
    enum Content: Sendable {
        case bounty(BountyEvent)
        case identity(IdentityEvent)
        /// Of a type that this version of the program does not know.
        case unknown
    }

    /// Messages that one task reads: some milliseconds of work.
    private static let portion = 128

    let sequence: UInt64
    /// What it says, or why it cannot be read.
    let content: Result<(envelope: CloudEvent, content: Content), any Error>

    init(_ message: JetStreamMessage) {
        sequence = message.position.streamSequence
        content = Result { try Self.read(message) }
    }

    private static func read(_ message: JetStreamMessage) throws -> (CloudEvent, Content) {
        let event = try CloudEvent(
            header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
        if let bountyEvent = try BountyEvent(type: event.type, data: event.data) {
            return (event, .bounty(bountyEvent))
        }
        if let identityEvent = try IdentityEvent(type: event.type, data: event.data) {
            return (event, .identity(identityEvent))
        }
        return (event, .unknown)
    }

    /// In the order of the messages; many of them on all cores.
    static func read(_ messages: [JetStreamMessage]) async -> [StreamEvent] {
        guard messages.count > portion else { return messages.map { StreamEvent($0) } }
        return await withTaskGroup(of: (Int, [StreamEvent]).self) { group in
            let starts = stride(from: 0, to: messages.count, by: portion)
            for start in starts {
                group.addTask {
                    (start, messages[start..<min(start + portion, messages.count)].map { StreamEvent($0) })
                }
            }
            var portions: [Int: [StreamEvent]] = [:]
            for await (start, events) in group { portions[start] = events }
            return starts.flatMap { portions[$0] ?? [] }
        }
    }
}
