package import FoundationEssentials

/// What can happen to a bounty. Each case carries the bounty as it is afterwards, so that a reader needs no other event.
///
/// The data of the event is `{"bounty": …}` and, for a cancellation, `"reason"`.
package enum BountyEvent: Sendable, Equatable {
    case proposed(BountyRecord)
    case changed(BountyRecord)
    case cancelled(BountyRecord, reason: CancellationReason)

    package enum CancellationReason: String, Codable, Sendable {
        /// The text it stood in was deleted.
        case textDeleted = "text_deleted"
        /// Its author took it out of the text.
        case textEdited = "text_edited"
    }

    package static let source = "/bursar/bounty"

    package var bounty: BountyRecord {
        switch self {
        case .proposed(let bounty), .changed(let bounty), .cancelled(let bounty, _): bounty
        }
    }

    package var type: String {
        switch self {
        case .proposed: "bursar.bounty.proposed.v1"
        case .changed: "bursar.bounty.changed.v1"
        case .cancelled: "bursar.bounty.cancelled.v1"
        }
    }

    private struct Payload: Codable {
        var bounty: BountyRecord
        var reason: CancellationReason?
    }

    /// The event's data: JSON in UTF-8.
    package func data() throws -> [UInt8] {
        var payload = Payload(bounty: bounty)
        if case .cancelled(_, let reason) = self { payload.reason = reason }
        return Array(try JSONEncoder.wire().encode(payload))
    }

    /// Nil for a type that this version of the program does not know: a reader passes over it.
    /// - Throws: `DecodingError` for data that is not what the type says.
    package init?(type: String, data: [UInt8]) throws {
        func payload() throws -> Payload { try JSONDecoder.wire().decode(Payload.self, from: Data(data)) }
        switch type {
        case "bursar.bounty.proposed.v1": self = .proposed(try payload().bounty)
        case "bursar.bounty.changed.v1": self = .changed(try payload().bounty)
        case "bursar.bounty.cancelled.v1":
            let payload = try payload()
            guard let reason = payload.reason else {
                throw DecodingError.valueNotFound(
                    CancellationReason.self, .init(codingPath: [], debugDescription: "a cancellation needs a reason"))
            }
            self = .cancelled(payload.bounty, reason: reason)
        default: return nil
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
