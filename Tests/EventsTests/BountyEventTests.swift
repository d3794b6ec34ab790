import Events
import FoundationEssentials
import Testing

struct BountyEventTests {
    static func all() throws -> [BountyEvent] {
        let bounty = try BountyRecord.sample()
        return [
            .proposed(bounty), .changed(bounty), .cancelled(bounty, reason: .textDeleted),
            .cancelled(bounty, reason: .textEdited),
        ]
    }

    /// As it stands on the stream. A change of this text is a change for every reader of it.
    static let golden = """
        {"bounty":{"amount":"250.5","asset":"solana:chain/token:mint","created_at":"2026-11-21T09:30:00.000Z","decimals":6,\
        "denomination":"USDC","expires_at":"2027-11-21T09:30:00.000Z","id":"01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0",\
        "issue":{"id":9223372036854775807,"is_pull_request":true,"number":12,"title":"Skates \\"won't\\" brake \u{1F6FC}",\
        "url":"https://github.com/acme/rocket-skates/pull/12"},\
        "repository":{"full_name":"acme/rocket-skates","id":9007199254740993},"shares":[],\
        "source":{"id":77,"kind":"issue_comment","url":"https://github.com/acme/rocket-skates/pull/12#issuecomment-77"},\
        "sponsor":{"id":501,"login":"wile-e"},"state":"proposed","units":"250500000",\
        "updated_at":"2026-11-21T09:30:01.250Z","version":3},"reason":"text_edited"}
        """

    @Test func theDataOfACancellationIsTheGoldenText() throws {
        let event = BountyEvent.cancelled(try .sample(), reason: .textEdited)
        #expect(String(decoding: try event.data(), as: UTF8.self) == Self.golden)
    }

    @Test func theGoldenTextIsRead() throws {
        let event = try BountyEvent(type: "bursar.bounty.cancelled.v1", data: Array(Self.golden.utf8))
        #expect(event == .cancelled(try .sample(), reason: .textEdited))
    }

    @Test func dataIsReadAsTheEventItWasMadeOf() throws {
        for event in try Self.all() {
            #expect(try BountyEvent(type: event.type, data: try event.data()) == event)
        }
    }

    @Test func onlyACancellationHasAReason() throws {
        for event in try Self.all() {
            let text = String(decoding: try event.data(), as: UTF8.self)
            #expect(text.contains("\"reason\"") == (event.type == "bursar.bounty.cancelled.v1"))
        }
    }

    @Test(arguments: ["", "bursar.bounty.proposed.v2", "bursar.bounty.forgotten.v1", "BURSAR.BOUNTY.PROPOSED.V1"])
    func anUnknownTypeIsNoEventWhateverItsData(type: String) throws {
        #expect(try BountyEvent(type: type, data: Array("nonsense".utf8)) == nil)
    }

    @Test(
        arguments: ["bursar.bounty.proposed.v1", "bursar.bounty.changed.v1", "bursar.bounty.cancelled.v1"],
        ["", "null", "[]", "{}", #"{"bounty":null}"#, #"{"bounty":{}}"#, #"{"bounty":{"id":"x"}}"#, "{"])
    func wrongDataIsAnError(type: String, data: String) {
        #expect(throws: DecodingError.self) { try BountyEvent(type: type, data: Array(data.utf8)) }
    }

    @Test(arguments: [
        "", #","reason":null"#, #","reason":"boredom""#, #","reason":1"#,
    ])
    func aCancellationNeedsAKnownReason(member: String) throws {
        let data = Self.golden.replacing(#","reason":"text_edited""#, with: member)
        #expect(throws: DecodingError.self) {
            try BountyEvent(type: "bursar.bounty.cancelled.v1", data: Array(data.utf8))
        }
    }

    @Test func membersThatALaterVersionAddsArePassedOver() throws {
        let data = Self.golden.replacing(#""version":3"#, with: #""mood":{"a":[1]},"version":3"#)
        #expect(
            try BountyEvent(type: "bursar.bounty.changed.v1", data: Array(data.utf8)) == .changed(try .sample()))
    }

    @Test func walletAndSharesHaveTheirMembersOnceTheyAreKnown() throws {
        let data = Self.golden.replacing(
            #""shares":[]"#,
            with: """
                "shares":[{"amount":"250.5","payout":"01a1fc57-1bfc-73a9-9936-38ad8e7b8ef9",\
                "recipient":{"id":2,"login":"alice"},"state":"ordered","units":"250500000"}]
                """
        ).replacing(#","version":3"#, with: #","version":3,"wallet":"solana:chain:address""#)
        let event = try #require(try BountyEvent(type: "bursar.bounty.cancelled.v1", data: Array(data.utf8)))
        #expect(event.bounty.wallet == "solana:chain:address")
        #expect(event.bounty.shares.map(\.recipient) == [.init(id: 2, login: "alice")])
        #expect(event.bounty.shares.map { $0.payout?.wireText } == ["01a1fc57-1bfc-73a9-9936-38ad8e7b8ef9"])
        #expect(String(decoding: try event.data(), as: UTF8.self) == data)
    }

    @Test(arguments: BountyRecord.State.allCases)
    func everyStateIsReadAsItWasWritten(state: BountyRecord.State) throws {
        var bounty = try BountyRecord.sample()
        bounty.state = state
        let event = BountyEvent.changed(bounty)
        #expect(try BountyEvent(type: event.type, data: try event.data())?.bounty.state == state)
    }

    @Test func theEnvelopeFollowsFromTheBounty() throws {
        let id = UUID.version7()
        let trace = Traceparent.random()
        let event = BountyEvent.changed(try .sample())
        let envelope = try event.cloudEvent(id: id, traceparent: trace)
        #expect(
            envelope
                == CloudEvent(
                    id: id, source: "/bursar/bounty", type: "bursar.bounty.changed.v1",
                    subject: "01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0", sequence: 3, time: event.bounty.updatedAt,
                    traceparent: trace, data: try event.data()))
        #expect(event.streamSubject == "events.bounty.501.01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0")
    }
}
