import FoundationEssentials

/// Webhooks: what waits to be sent, and what was.
struct SandboxHookState: Sendable {
    struct Attempt: Sendable {
        var id: Int64
        var guid: String
        var event: String
        var action: String?
        var body: Data
        var isRedelivery: Bool
        var deliveredAt: Date
        /// 0 until there is an answer, and where there was none.
        var statusCode = 0
        var duration = 0.0
    }

    /// Attempts that are remembered.
    static let maximumKept = 5_000

    var queue: [Attempt] = []
    /// The oldest first.
    var sent: [Attempt] = []
    var lastID: Int64 = 900_000_000

    mutating func enqueue(_ events: [WebhookEvent], at now: Date) {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.withoutEscapingSlashes]
        for event in events {
            // A payload always encodes.
            guard let body = try? encoder.encode(event.body) else { continue }
            lastID += 1
            queue.append(
                Attempt(
                    id: lastID, guid: UUID().uuidString.lowercased(), event: event.event, action: event.body.action,
                    body: body, isRedelivery: false, deliveredAt: now))
        }
    }

    mutating func repeated(_ attempt: Attempt, at now: Date) {
        lastID += 1
        var next = attempt
        next.id = lastID
        next.isRedelivery = true
        next.deliveredAt = now
        next.statusCode = 0
        queue.append(next)
    }

    /// Queues once more all that was sent by itself.
    mutating func repeatAll(at now: Date) {
        for attempt in sent where !attempt.isRedelivery { repeated(attempt, at: now) }
    }

    mutating func note(_ attempt: Attempt) {
        sent.append(attempt)
        if sent.count > Self.maximumKept { sent.removeFirst(Self.maximumKept / 2) }
    }
}
