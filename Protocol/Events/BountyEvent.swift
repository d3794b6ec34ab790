package import FoundationEssentials

/// What can happen to a bounty. Each case carries the bounty as it is afterwards, so that a reader needs no other event.
///
/// The data of the event is `{"bounty": …}`, for a signature `"challenge"`, for a
/// cancellation `"reason"`, and for an order and its payment `"payout"`.
package enum BountyEvent: Sendable, Equatable {
    case proposed(BountyRecord)
    case changed(BountyRecord)
    /// Its issue or repository moved, or is called otherwise. The state is as before.
    case moved(BountyRecord)
    /// The sponsor's wallet signed the text of a challenge: active.
    case signed(BountyRecord, challenge: String)
    case awarded(BountyRecord)
    /// The amount is divided among the recipients: settling.
    case divided(BountyRecord)
    /// A share waits, as its recipient has no linked wallet.
    case shareWaiting(BountyRecord)
    /// A share has its payout order.
    case shareOrdered(BountyRecord, payout: PayoutRecord)
    /// Every share has its order: settled.
    case settled(BountyRecord)
    /// The treasury paid an order.
    case sharePaid(BountyRecord, payout: PayoutRecord)
    /// The treasury paid all of them.
    case paid(BountyRecord)
    case expired(BountyRecord)
    case cancelled(BountyRecord, reason: CancellationReason)

    package enum CancellationReason: String, Codable, Sendable, CaseIterable {
        /// The text it stood in was deleted.
        case textDeleted = "text_deleted"
        /// Its author took it out of the text.
        case textEdited = "text_edited"
        /// Its sponsor commented `/cancel`.
        case command
        case issueDeleted = "issue_deleted"
        case repositoryDeleted = "repository_deleted"
    }

    package static let source = "/bursar/bounty"

    package var bounty: BountyRecord {
        switch self {
        case .proposed(let bounty), .changed(let bounty), .moved(let bounty), .signed(let bounty, _),
            .awarded(let bounty), .divided(let bounty), .shareWaiting(let bounty), .shareOrdered(let bounty, _),
            .settled(let bounty), .sharePaid(let bounty, _), .paid(let bounty), .expired(let bounty),
            .cancelled(let bounty, _):
            bounty
        }
    }

    package var payout: PayoutRecord? {
        switch self {
        case .shareOrdered(_, let payout), .sharePaid(_, let payout): payout
        case .proposed, .changed, .moved, .signed, .awarded, .divided, .shareWaiting, .settled, .paid, .expired,
            .cancelled:
            nil
        }
    }

    private var kind: Kind {
        switch self {
        case .proposed: .proposed
        case .changed: .changed
        case .moved: .moved
        case .signed: .signed
        case .awarded: .awarded
        case .divided: .divided
        case .shareWaiting: .shareWaiting
        case .shareOrdered: .shareOrdered
        case .settled: .settled
        case .sharePaid: .sharePaid
        case .paid: .paid
        case .expired: .expired
        case .cancelled: .cancelled
        }
    }

    package var type: String { kind.rawValue }

    /// Every type, in the order of a bounty's life.
    package static var types: [String] { Kind.allCases.map(\.rawValue) }

    /// Whether events of the type tell of their bounty and of nothing else: what they tell, a later event tells anew.
    package static func tellsBountyAlone(_ type: String) -> Bool {
        switch Kind(rawValue: type) {
        case .proposed, .changed, .moved, .signed, .awarded, .divided, .shareWaiting, .settled, .paid, .expired,
            .cancelled:
            true
        case .shareOrdered, .sharePaid, nil: false
        }
    }

    private enum Kind: String, CaseIterable {
        case proposed = "bursar.bounty.proposed.v1"
        case changed = "bursar.bounty.changed.v1"
        case moved = "bursar.bounty.moved.v1"
        case signed = "bursar.bounty.signed.v1"
        case awarded = "bursar.bounty.awarded.v1"
        case divided = "bursar.bounty.divided.v1"
        case shareWaiting = "bursar.bounty.share-waiting.v1"
        case shareOrdered = "bursar.bounty.share-ordered.v1"
        case settled = "bursar.bounty.settled.v1"
        case sharePaid = "bursar.bounty.share-paid.v1"
        case paid = "bursar.bounty.paid.v1"
        case expired = "bursar.bounty.expired.v1"
        case cancelled = "bursar.bounty.cancelled.v1"
    }

    private struct Payload: Codable {
        var bounty: BountyRecord
        var reason: CancellationReason?
        var payout: PayoutRecord?
        /// The identity service's id of it.
        var challenge: String?
    }

    /// The event's data: JSON in UTF-8.
    package func data() throws -> [UInt8] {
        var payload = Payload(bounty: bounty, payout: payout)
        if case .cancelled(_, let reason) = self { payload.reason = reason }
        if case .signed(_, let challenge) = self { payload.challenge = challenge }
        return Array(try JSONEncoder.wire().encode(payload))
    }

    /// Nil for a type that this version of the program does not know: a reader passes over it.
    /// - Throws: `DecodingError` for data that is not what the type says.
    package init?(type: String, data: [UInt8]) throws {
        guard let kind = Kind(rawValue: type) else { return nil }
        let payload = try JSONDecoder.wire().decode(Payload.self, from: Data(data))
        let bounty = payload.bounty
        func need<Value>(_ value: Value?, _ rule: String) throws -> Value {
            guard let value else {
                throw DecodingError.valueNotFound(Value.self, .init(codingPath: [], debugDescription: rule))
            }
            return value
        }
        switch kind {
        case .proposed: self = .proposed(bounty)
        case .changed: self = .changed(bounty)
        case .moved: self = .moved(bounty)
        case .signed:
            self = .signed(bounty, challenge: try need(payload.challenge, "a signature needs its challenge"))
        case .awarded: self = .awarded(bounty)
        case .divided: self = .divided(bounty)
        case .shareWaiting: self = .shareWaiting(bounty)
        case .shareOrdered:
            self = .shareOrdered(bounty, payout: try need(payload.payout, "an order needs its payout"))
        case .settled: self = .settled(bounty)
        case .sharePaid:
            self = .sharePaid(bounty, payout: try need(payload.payout, "an acknowledgement needs its payout"))
        case .paid: self = .paid(bounty)
        case .expired: self = .expired(bounty)
        case .cancelled:
            self = .cancelled(bounty, reason: try need(payload.reason, "a cancellation needs a reason"))
        }
    }

    /// The envelope for the stream. Every field but the id and the trace follows from the bounty.
    package func cloudEvent(id: UUID, traceparent: Traceparent?) throws -> CloudEvent {
        CloudEvent(
            id: id, source: Self.source, type: type, subject: bounty.id.wireText, sequence: bounty.version,
            time: bounty.updatedAt, traceparent: traceparent, data: try data())
    }

    /// Where the event is published.
    package var streamSubject: String { Subjects.bountyEvent(sponsor: bounty.sponsor.id, bounty: bounty.id) }
}
