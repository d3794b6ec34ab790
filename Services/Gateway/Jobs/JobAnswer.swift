import Events
import FoundationEssentials
import JobProtocol

/// A job as clients see it, but for its result.
struct JobAnswer: Encodable {
    struct Progress: Encodable {
        /// Parts.
        var done: Int
        var total: Int
        var percent: Double
        /// An estimate: as the parts so far went.
        var remainingSeconds: Int?

        enum CodingKeys: String, CodingKey {
            case done, total, percent
            case remainingSeconds = "remaining_seconds"
        }
    }

    var id: String
    var kind: String
    var state: String
    var progress: Progress
    var createdAt: Date
    var expiresAt: Date
    var error: JobRecord.Failure?

    enum CodingKeys: String, CodingKey {
        case id, kind, state, progress, error
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    init(_ record: JobRecord, now: Date = .now) {
        id = record.id.wireText
        kind = record.kind.rawValue
        state = record.state.rawValue
        createdAt = record.createdAt
        expiresAt = record.expiresAt
        error = record.failure
        let (done, total) = (record.done.count, record.parts ?? 0)
        progress = Progress(
            done: done, total: total, percent: total > 0 ? (Double(done) * 1_000 / Double(total)).rounded() / 10 : 0)
        if record.state == .running, done > 0, let start = record.startedAt {
            let left = now.timeIntervalSince(start) / Double(done) * Double(total - done)
            progress.remainingSeconds = max(0, Int(left.rounded(.up)))
        }
    }
}
