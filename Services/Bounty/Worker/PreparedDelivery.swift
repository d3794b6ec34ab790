import BountyDomain
import Crypto
import Events
import FoundationEssentials
import JetStream
import Money

/// A delivery as far as it is understood without the database: parsed, its Markdown read.
struct PreparedDelivery: Sendable {
    enum Content: Sendable {
        case text(TextReading)
        /// Of one issue, or of two where it moved.
        case issue(DeliveryContent)
        /// Of a repository or an installation.
        case elsewhere(DeliveryContent)
        case ignored
    }

    let message: JetStreamMessage
    let event: String
    /// `X-GitHub-Delivery`.
    let id: String
    private(set) var content: Content
    let traceparent: Traceparent?

    /// - Throws: ``PayloadError``.
    init(
        _ message: JetStreamMessage, event: String, id: String, denominations: Denominations
    ) throws(PayloadError) {
        self.message = message
        self.event = event
        self.id = id
        traceparent = message.headers[HeaderName.traceparent].flatMap { Traceparent($0) }
        let parsed = try DeliveryContent(event: event, body: message.message.withPayload { Data($0) })
        switch parsed {
        case .revision(let revision):
            content = .text(TextReading(revision, digest: Self.digest, denominations: denominations))
        case .deletion, .closing, .reopening, .merge, .transfer: content = .issue(parsed)
        case .renaming, .repositoryDeletion, .installation: content = .elsewhere(parsed)
        case .ignored: content = .ignored
        }
    }

    static func digest(of body: String) -> [UInt8] { Array(SHA256.hash(data: Data(body.utf8))) }

    /// In the table of failures: two copies of a delivery fail each for itself.
    var failureID: String { "\(message.position.stream)/\(message.position.streamSequence)" }

    /// The issues that it is about.
    var issues: [IssueKey] {
        switch content {
        case .text(let reading): [reading.revision.place.key]
        case .issue(.deletion(let deletion)): [deletion.place.key]
        case .issue(.closing(let happening)), .issue(.reopening(let happening)), .issue(.merge(let happening, _)):
            [happening.place.key]
        case .issue(.transfer(let transfer)): [transfer.old.key, transfer.new.key]
        case .issue, .elsewhere, .ignored: []
        }
    }

    /// The texts whose history it asks for, with their issues.
    var texts: [(TextKey, IssueKey)] {
        func text(of place: IssuePlace) -> (TextKey, IssueKey) {
            (TextKey(kind: .issue, id: place.issue.id), place.key)
        }
        switch content {
        case .text(let reading):
            let place = reading.revision.place
            return [(TextKey(reading.revision.source), place.key), text(of: place)]
        case .issue(.deletion(let deletion)):
            return [(TextKey(deletion.source), deletion.place.key), text(of: deletion.place)]
        case .issue(.transfer(let transfer)): return [text(of: transfer.old), text(of: transfer.new)]
        case .issue, .elsewhere, .ignored: return []
        }
    }

    /// The same about the place where the issue is by now. A transfer stays as it is.
    func moved(_ moves: MovedIssues) -> PreparedDelivery {
        guard !moves.targets.isEmpty, let key = issues.first, let target = moves.targets[key] else { return self }
        var moved = self
        switch content {
        case .text(let reading):
            moved.content = .text(
                reading.moved(to: target.place(reading.revision.installation), from: target.oldIssue))
        case .issue(.deletion(var deletion)):
            deletion.place = target.place(deletion.place.installation)
            deletion.source = deletion.source.moved(to: deletion.place, from: target.oldIssue)
            moved.content = .issue(.deletion(deletion))
        case .issue(.closing(var happening)):
            happening.place = target.place(happening.place.installation)
            moved.content = .issue(.closing(happening))
        case .issue(.reopening(var happening)):
            happening.place = target.place(happening.place.installation)
            moved.content = .issue(.reopening(happening))
        case .issue, .elsewhere, .ignored: break
        }
        return moved
    }

    /// Who wrote and sent it, where people did.
    var accounts: [BountyRecord.Account] {
        switch content {
        case .text(let reading):
            [reading.revision.author, reading.revision.sender].filter { !$0.isBot }.map(\.account)
        case .issue(.closing(let happening)), .issue(.reopening(let happening)): [happening.actor]
        case .issue(.merge(let happening, let author)): [happening.actor] + (author.map { [$0] } ?? [])
        case .issue, .elsewhere, .ignored: []
        }
    }
}
