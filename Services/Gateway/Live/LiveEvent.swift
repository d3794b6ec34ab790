import Encodings
import Events
import FoundationEssentials
import GatewayDomain
import NIOCore

/// An event as clients see it: made once for all of them.
struct LiveEvent: Sendable {
    /// Of the stream; the event's id.
    let sequence: UInt64
    /// Of CloudEvents.
    let type: String
    /// What filters ask for; nil for an event of an account.
    let bounty: Facts?
    /// As server-sent events have it (HTML, section 9.2): `id`, `event`, and the CloudEvents envelope in JSON as `data`.
    let frame: ByteBuffer

    struct Facts: Sendable {
        let id: UUID
        let repository: BountyRecord.Repository
        var sponsor: BountyRecord.Account
    }
}

extension LiveEvent {
    /// Nil for what is nobody else's business, or cannot be read.
    init?(_ event: StreamEvent, redactedBy snapshot: BountySnapshot) {
        guard case .success((let envelope, let content)) = event.content else { return nil }
        var data = envelope.data
        switch content {
        case .bounty(let telling):
            var facts = Facts(
                id: telling.entry.id, repository: telling.entry.repository, sponsor: telling.entry.sponsor)
            if snapshot.hasErasures {
                guard let told = try? BountyEvent(type: envelope.type, data: data) else { return nil }
                if let redacted = snapshot.redacting(told) {
                    guard let encoded = try? redacted.data() else { return nil }
                    data = encoded
                    facts.sponsor = redacted.bounty.sponsor
                }
            }
            bounty = facts
        case .identity(let told):
            guard let encoded = told.publicData(isErased: snapshot.isErased(told.identity.github.id)) else {
                return nil
            }
            data = encoded
            bounty = nil
        case .unknown: return nil
        }
        sequence = event.sequence
        type = envelope.type
        frame = Self.frame(envelope, data, sequence)
    }

    /// CloudEvents 1.0.2, JSON format, section 3. `sequence` is its extension: a text, the version of the aggregate.
    private static func frame(_ envelope: CloudEvent, _ data: [UInt8], _ sequence: UInt64) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.reserveCapacity(data.count + 400)
        frame.writeString("id: \(sequence)\nevent: \(envelope.type)\ndata: {\"specversion\":\"1.0\",\"id\":\"")
        frame.writeString(envelope.id.wireText)
        frame.writeString("\",\"source\":\"\(envelope.source.jsonEscaped)\",\"type\":\"\(envelope.type.jsonEscaped)\"")
        frame.writeString(",\"subject\":\"\(envelope.subject.jsonEscaped)\",\"time\":\"\(envelope.time.wireText)\"")
        frame.writeString(",\"sequence\":\"\(envelope.sequence)\",\"datacontenttype\":\"application/json\"")
        if let trace = envelope.traceparent { frame.writeString(",\"traceparent\":\"\(trace)\"") }
        frame.writeString(",\"data\":")
        // A line break in JSON is space between its parts, and would end the field here.
        frame.writeBytes(data.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        frame.writeString("}\n\n")
        return frame
    }
}

extension IdentityEvent {
    /// The types that are told; a change that waits for its time is its account's own business.
    static let publicKinds: [Kind] = [.linked, .changed, .unlinked, .erased]

    /// The event's data with active wallets alone, and for an account that was erased since, without its label and wallets; nil
    /// for what is not told.
    fileprivate func publicData(isErased: Bool) -> [UInt8]? {
        guard Self.publicKinds.contains(kind) else { return nil }
        var identity = identity.publicPart
        var link = link
        if isErased {
            identity.github.login = nil
            identity.links = []
            link?.wallet = nil
        }
        return try? IdentityEvent(kind, identity: identity, link: link).data()
    }
}
