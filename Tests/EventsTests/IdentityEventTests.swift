import Events
import FoundationEssentials
import Testing

struct IdentityEventTests {
    static let time = Date(timeIntervalSince1970: 1_795_253_400)

    static func link(_ state: LinkRecord.State = .active) throws -> LinkRecord {
        LinkRecord(
            id: try #require(UUID(uuidString: "01A1FC57-1BFC-73A9-9936-38AD8E7B8EF0")), wallet: "eip155:1:0x00",
            family: "ethereum", state: state, linkedAt: time, effectiveAt: time)
    }

    static func event(_ kind: IdentityEvent.Kind) throws -> IdentityEvent {
        let isErased = kind == .erased
        return IdentityEvent(
            kind,
            identity: IdentityRecord(
                github: .init(id: 583_231, login: isErased ? nil : "octocat"), version: 3,
                links: isErased ? [] : [try link()], updatedAt: time),
            link: isErased ? nil : try link())
    }

    /// As it stands on the stream. A change of this text is a change for every reader of it.
    static let golden = """
        {"identity":{"github":{"id":583231,"login":"octocat"},"links":[{"effective_at":"2026-11-21T09:30:00.000Z",\
        "family":"ethereum","id":"01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0","linked_at":"2026-11-21T09:30:00.000Z",\
        "state":"active","wallet":"eip155:1:0x00"}],"updated_at":"2026-11-21T09:30:00.000Z","version":3},\
        "link":{"effective_at":"2026-11-21T09:30:00.000Z","family":"ethereum",\
        "id":"01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0","linked_at":"2026-11-21T09:30:00.000Z","state":"active",\
        "wallet":"eip155:1:0x00"}}
        """

    @Test func theDataIsTheGoldenText() throws {
        let text = String(decoding: try Self.event(.linked).data(), as: UTF8.self)
        #expect(text == Self.golden)
        let read = try IdentityEvent(type: "bursar.identity.linked.v1", data: Array(Self.golden.utf8))
        let event = try Self.event(.linked)
        #expect(read == event)
    }

    @Test func anErasureNamesNobody() throws {
        let text = String(decoding: try Self.event(.erased).data(), as: UTF8.self)
        #expect(
            text
                == #"{"identity":{"github":{"id":583231},"links":[],"updated_at":"2026-11-21T09:30:00.000Z","version":3}}"#
        )
    }

    @Test(arguments: IdentityEvent.Kind.allCases) func dataIsReadAsTheEventItWasMadeOf(kind: IdentityEvent.Kind) throws
    {
        let event = try Self.event(kind)
        let read = try IdentityEvent(type: kind.rawValue, data: try event.data())
        #expect(read == event)
        let envelope = try event.cloudEvent(id: .version7(), traceparent: nil)
        #expect(envelope.subject == "583231")
        #expect(envelope.sequence == 3)
        #expect(envelope.source == "/bursar/identity")
        #expect(event.streamSubject == "events.identity.583231")
    }

    @Test(arguments: ["", "bursar.identity.linked.v2", "bursar.bounty.proposed.v1"])
    func anUnknownTypeIsNoEventWhateverItsData(type: String) throws {
        let event = try IdentityEvent(type: type, data: Array("nonsense".utf8))
        #expect(event == nil)
    }

    @Test(arguments: ["", "{}", #"{"identity":{}}"#, "null"]) func wrongDataIsAnError(data: String) throws {
        #expect(throws: DecodingError.self) {
            try IdentityEvent(type: "bursar.identity.linked.v1", data: Array(data.utf8))
        }
        let erased = try Self.event(.erased).data()
        #expect(throws: DecodingError.self) { try IdentityEvent(type: "bursar.identity.linked.v1", data: erased) }
    }
}
