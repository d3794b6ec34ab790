import Events
import FoundationEssentials
import Testing

struct CloudEventHeadersTests {
    static let valid = [
        "ce-specversion": "1.0", "ce-id": "01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0", "ce-source": "/bursar/bounty",
        "ce-type": "bursar.bounty.proposed.v1", "ce-subject": "01a1fc57-1bfc-73a9-9936-38ad8e7b8ef1",
        "ce-sequence": "7",
        "ce-time": "2026-11-21T09:30:00.250Z", "content-type": "application/json",
        "ce-traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ]

    static func event(_ headers: [String: String]) throws(CloudEventError) -> CloudEvent {
        try CloudEvent(header: { headers[$0] }, data: Array("{}".utf8))
    }

    static func event(subject: String) -> CloudEvent {
        CloudEvent(
            id: .version7(), source: "/bursar/bounty", type: "a.v1", subject: subject, sequence: 1,
            time: Date(timeIntervalSince1970: 0), data: [])
    }

    static func header(_ name: String, of event: CloudEvent) -> String? {
        event.headers.first { $0.name == name }?.value
    }

    @Test func headersAreReadAsTheEventTheyWereMadeOf() throws {
        let event = try Self.event(Self.valid)
        #expect(event.sequence == 7)
        #expect(event.time == Date(timeIntervalSince1970: 1_795_253_400.25))
        #expect(event.traceparent?.parentID == "00f067aa0ba902b7")
        #expect(event.data == Array("{}".utf8))
        #expect(Dictionary(uniqueKeysWithValues: event.headers.map { ($0.name, $0.value) }) == Self.valid)
        #expect(try Self.event(Dictionary(uniqueKeysWithValues: event.headers.map { ($0.name, $0.value) })) == event)
    }

    @Test func headersHaveAFixedOrderAndLowerCaseNames() {
        let event = Self.event(subject: "a")
        #expect(
            event.headers.map(\.name) == [
                "ce-specversion", "ce-id", "ce-source", "ce-type", "ce-subject", "ce-sequence", "ce-time",
                "content-type",
            ])
    }

    @Test(arguments: valid.keys.filter { $0 != "ce-traceparent" }.sorted())
    func aMissingHeaderIsNamed(name: String) {
        var headers = Self.valid
        headers[name] = nil
        let error = #expect(throws: CloudEventError.self) { try Self.event(headers) }
        #expect(error?.header == name)
        #expect(error?.description.hasPrefix("header \(name) must be ") == true)
    }

    @Test(
        arguments: [
            ("ce-specversion", "0.3"), ("ce-specversion", ""), ("ce-specversion", "1.0 "),
            ("ce-id", ""), ("ce-id", "7"), ("ce-id", "01a1fc57-1bfc-73a9-9936-38ad8e7b8ef"),
            ("ce-source", "%"), ("ce-type", "%2"), ("ce-subject", "%GG"), ("ce-subject", "%+5"),
            ("ce-subject", "a%FFb"),
            ("ce-sequence", ""), ("ce-sequence", "0"), ("ce-sequence", "-1"), ("ce-sequence", "1.0"),
            ("ce-sequence", "9223372036854775808"), ("ce-time", ""), ("ce-time", "2026-11-21"),
            ("ce-time", "yesterday"),
            ("content-type", ""), ("content-type", "text/plain"), ("content-type", "application/jsonlines"),
        ] as [(String, String)])
    func aMalformedHeaderIsNamed(name: String, value: String) {
        var headers = Self.valid
        headers[name] = value
        let error = #expect(throws: CloudEventError.self) { try Self.event(headers) }
        #expect(error?.header == name)
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"])
    func theContentTypeMayHaveParameters(value: String) throws {
        var headers = Self.valid
        headers["content-type"] = value
        _ = try Self.event(headers)
    }

    @Test(arguments: [nil, "", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"] as [String?])
    func anEventNeedsNoTrace(value: String?) throws {
        var headers = Self.valid
        headers["ce-traceparent"] = value
        #expect(try Self.event(headers).traceparent == nil)
    }

    /// The NATS protocol binding for CloudEvents, section 3.1.3.1: what is encoded, in UTF-8 and upper-case digits.
    @Test(
        arguments: [
            ("plain-text_1.2~/:@!$&'()*+,;=", "plain-text_1.2~/:@!$&'()*+,;="), ("", ""), ("a b", "a%20b"),
            ("\"quoted\"", "%22quoted%22"), ("100%", "100%25"), ("%20", "%2520"), ("\u{20AC}", "%E2%82%AC"),
            ("Euro \u{20AC} \u{1F600}", "Euro%20%E2%82%AC%20%F0%9F%98%80"), ("e\u{301}", "e%CC%81"),
            ("line\r\nend\u{0}\u{7F}\t", "line%0D%0Aend%00%7F%09"),
        ] as [(String, String)])
    func textIsPercentEncodedAndBack(text: String, encoded: String) throws {
        let event = Self.event(subject: text)
        #expect(Self.header("ce-subject", of: event) == encoded)
        var headers = Self.valid
        headers["ce-subject"] = encoded
        #expect(Array(try Self.event(headers).subject.unicodeScalars) == Array(text.unicodeScalars))
    }

    /// The binding says what a sender encodes; a receiver decodes what it finds.
    @Test(arguments: [("%e2%82%ac", "\u{20AC}"), ("%41", "A"), ("a b", "a b"), ("\"", "\"")] as [(String, String)])
    func otherSpellingsAreDecoded(encoded: String, text: String) throws {
        var headers = Self.valid
        headers["ce-subject"] = encoded
        #expect(try Self.event(headers).subject == text)
    }
}
