import Events
import FoundationEssentials
import GatewayDomain
import JetStream

/// A message of the event stream, read.
struct StreamEvent: Sendable {
    enum Content: Sendable {
        case bounty(BountyTelling)
        case identity(IdentityEvent)
        /// Of a type that this version of the program does not know.
        case unknown
    }

    let sequence: UInt64
    /// What it says, or why it cannot be read.
    let content: Result<(envelope: CloudEvent, content: Content), any Error>

    init(_ message: JetStreamMessage) {
        sequence = message.position.streamSequence
        content = Result { try Self.read(message) }
    }

    private static func read(_ message: JetStreamMessage) throws -> (CloudEvent, Content) {
        let headers = message.headers
        let event = try CloudEvent(
            header: { headers[$0] }, data: message.message.withPayload { Array($0) })
        if let telling = try BountyTelling(type: event.type, data: event.data) { return (event, .bounty(telling)) }
        if let identityEvent = try IdentityEvent(type: event.type, data: event.data) {
            return (event, .identity(identityEvent))
        }
        return (event, .unknown)
    }

    /// In the order of the messages; many of them on all cores.
    static func read(_ messages: [JetStreamMessage]) async -> [StreamEvent] {
        await messages.mapInPortions { StreamEvent($0) }
    }
}

extension Backlog.Held {
    /// In the order of the messages; many of them on all cores.
    static func read(_ held: [Backlog.Held]) async -> [(Backlog.Held, Result<BountyTelling?, any Error>)] {
        await held.mapInPortions { held in (held, Result { try BountyTelling(type: held.type, data: held.data) }) }
    }
}

extension Array where Element: Sendable {
    /// As `map`, on all cores where there is more than a portion: some milliseconds of work.
    fileprivate func mapInPortions<Value: Sendable>(
        _ transform: @escaping @Sendable (Element) -> Value
    ) async -> [Value] {
        let size = 128
        guard count > size else { return map(transform) }
        return await withTaskGroup(of: (Int, [Value]).self) { group in
            let starts = stride(from: 0, to: count, by: size)
            for start in starts {
                group.addTask { (start, self[start..<Swift.min(start + size, self.count)].map(transform)) }
            }
            var portions: [Int: [Value]] = [:]
            for await (start, values) in group { portions[start] = values }
            return starts.flatMap { portions[$0] ?? [] }
        }
    }
}
