package import FoundationEssentials

/// What can happen to an account's wallets. Each event carries the account as it is afterwards.
///
/// The data is `{"identity": …}` and, unless the account was erased, `"link"`: the one that the event is about.
package struct IdentityEvent: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The first wallet of a family, or one that was agreed by the last: in effect.
        case linked = "bursar.identity.linked.v1"
        /// Another wallet was proven, and waits for its cooling-off period.
        case changeRequested = "bursar.identity.change-requested.v1"
        /// The period is over: in effect, in place of the one before.
        case changed = "bursar.identity.changed.v1"
        /// The owner stopped it while it waited.
        case changeStopped = "bursar.identity.change-stopped.v1"
        case unlinked = "bursar.identity.unlinked.v1"
        /// The operator erased the account's personal data. Whoever keeps any forgets it.
        case erased = "bursar.identity.erased.v1"
    }

    package static let source = "/bursar/identity"

    package let kind: Kind
    package let identity: IdentityRecord
    package let link: LinkRecord?

    /// - Parameter link: What it is about; nil of an erasure alone.
    package init(_ kind: Kind, identity: IdentityRecord, link: LinkRecord?) {
        precondition((kind == .erased) == (link == nil), "every event but an erasure is about a link")
        self.kind = kind
        self.identity = identity
        self.link = link
    }

    private struct Payload: Codable {
        var identity: IdentityRecord
        var link: LinkRecord?
    }

    /// Nil for a type that this version of the program does not know: a reader passes over it.
    /// - Throws: `DecodingError` for data that is not what the type says.
    package init?(type: String, data: [UInt8]) throws {
        guard let kind = Kind(rawValue: type) else { return nil }
        let payload = try JSONDecoder.wire().decode(Payload.self, from: Data(data))
        guard (kind == .erased) == (payload.link == nil) else {
            throw DecodingError.valueNotFound(
                LinkRecord.self, .init(codingPath: [], debugDescription: "the event has no link, or must have none"))
        }
        self.init(kind, identity: payload.identity, link: payload.link)
    }

    /// The event's data: JSON in UTF-8.
    package func data() throws -> [UInt8] {
        Array(try JSONEncoder.wire().encode(Payload(identity: identity, link: link)))
    }

    /// The envelope for the stream. Every field but the id and the trace follows from the account.
    package func cloudEvent(id: UUID, traceparent: Traceparent?) throws -> CloudEvent {
        CloudEvent(
            id: id, source: Self.source, type: kind.rawValue, subject: String(identity.github.id),
            sequence: identity.version, time: identity.updatedAt, traceparent: traceparent, data: try data())
    }

    /// Where the event is published.
    package var streamSubject: String { Subjects.identityEvent(account: identity.github.id) }
}
