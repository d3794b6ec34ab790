import BountyService
import FoundationEssentials
import Testing

struct PayloadErrorTests {
    static func error(_ event: String, _ body: Data) -> PayloadError? {
        #expect(throws: PayloadError.self) { try DeliveryContent(event: event, body: body) }
    }

    @Test(
        arguments: [
            ("issue_comment", "created", "action"), ("issue_comment", "created", "comment"),
            ("issue_comment", "created", "issue"), ("issue_comment", "created", "repository"),
            ("issue_comment", "created", "sender"), ("issue_comment", "edited", "comment.id"),
            ("issue_comment", "edited", "comment.html_url"), ("issue_comment", "edited", "comment.updated_at"),
            ("issue_comment", "created", "comment.user.id"), ("issue_comment", "created", "comment.user.login"),
            ("issue_comment", "created", "comment.user.type"), ("issue_comment", "created", "issue.number"),
            ("issue_comment", "created", "issue.title"), ("issue_comment", "created", "repository.full_name"),
            ("issue_comment", "deleted", "comment.id"), ("issues", "opened", "issue"), ("issues", "edited", "issue.id"),
            ("issues", "opened", "issue.user.id"), ("issues", "deleted", "issue.updated_at"),
            ("issues", "opened", "repository.id"), ("issues", "opened", "sender.id"),
            ("pull_request", "opened", "pull_request"), ("pull_request", "edited", "pull_request.html_url"),
            ("pull_request", "opened", "pull_request.user.login"), ("pull_request", "opened", "sender.type"),
        ])
    func aMissingMemberIsNamed(event: String, action: String, path: String) throws {
        let error = Self.error(event, try Payload.of(event, action).setting(path, to: nil).data)
        #expect(error?.path == path)
        #expect(error?.description == "\(path) must be present")
    }

    @Test(
        arguments: [
            ("comment.id", .null, "a whole number of at most 64 bits, not null"),
            ("comment.id", .text("77"), "a whole number of at most 64 bits"),
            ("comment.user.id", .raw("true"), "a whole number of at most 64 bits"),
            ("issue.number", .raw("{}"), "a whole number of at most 64 bits"),
            ("sender.id", .raw("[1]"), "a whole number of at most 64 bits"),
            ("issue.title", .null, "a string, not null"), ("issue.title", .number(1), "a string"),
            ("comment.body", .number(1), "a string"),
            ("comment.updated_at", .number(1), "a string"), ("action", .number(1), "a string"),
            ("action", .null, "a string, not null"), ("comment", .raw("[]"), "an object"),
            ("comment", .null, "an object, not null"), ("comment.user", .text("ghost"), "an object"),
            ("changes", .raw("[]"), "an object"),
            ("changes", .raw(#"{"body":"x"}"#), "an object"),
        ] as [(String, Payload, String)])
    func aMemberOfAnotherTypeIsNamed(path: String, value: Payload, expectation: String) throws {
        let error = Self.error("issue_comment", try Payload.comment("created").setting(path, to: value).data)
        #expect(error?.path == (value == .raw(#"{"body":"x"}"#) ? "changes.body" : path))
        #expect(error?.expectation == expectation)
    }

    /// The name of the event is not signed: a comment that was deleted must not pass for its issue.
    @Test(arguments: [
        ("issues", "edited", "comment"), ("issues", "deleted", "comment"), ("pull_request", "edited", "comment"),
        ("pull_request", "edited", "review"),
    ])
    func aBodyOfAnotherEventIsRefused(event: String, action: String, member: String) throws {
        let payload = try Payload.of(event, action)
        let error = Self.error(event, try payload.setting(member, to: .object(["id": .number(1)])).data)
        #expect(error?.description == "\(member) must be left out: it belongs to another event")
        #expect(throws: Never.self) { try DeliveryContent(event: event, body: payload.setting(member, to: .null).data) }
    }

    @Test(arguments: [.text("yesterday"), .text(""), .text("2026-11-21"), .null] as [Payload])
    func aMalformedTimeIsNamed(time: Payload) throws {
        let error = Self.error(
            "issue_comment", try Payload.comment("created").setting("comment.updated_at", to: time).data)
        #expect(error?.path == "comment.updated_at")
        #expect(
            error?.description.hasPrefix("comment.updated_at must be an RFC 3339 time") == true,
            "\(error?.description ?? "")")
    }

    /// The decoder does not say where such a number stands, only that it cannot be read.
    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "1.5", "1e400", "99999999999999999999999999"])
    func aNumberThatIsNoIDIsNotTakenForJSONThatIsCutOff(number: String) throws {
        let error = Self.error(
            "issue_comment", try Payload.comment("created").setting("comment.id", to: .raw(number)).data)
        #expect(error?.path == "")
        #expect(error?.expectation != "complete JSON")
    }

    @Test(arguments: [
        "", " ", "null", "[]", "[[]]", "1", "\"text\"", "true", "{", "nonsense", "<html>", "{'action':'created'}",
    ])
    func aBodyThatIsNoObjectIsRefusedAsAWhole(body: String) {
        #expect(Self.error("issues", Data(body.utf8))?.path == "")
    }

    @Test(arguments: ["issue_comment", "issues", "pull_request"])
    func aBodyThatIsCutOffAnywhereIsRefused(event: String) throws {
        let body = try Payload.of(event, "edited").data
        for length in 0..<body.count {
            let error = Self.error(event, body.prefix(length))
            #expect(error?.path == "", "cut off after \(length) bytes")
        }
    }

    @Test(
        arguments: [[0x7B, 0xFF, 0x7D], [0x00], [0xFE, 0xFF, 0x00, 0x7B], Array(repeating: 0x00, count: 1000)]
            as [[UInt8]])
    func bytesThatAreNoTextAreRefused(bytes: [UInt8]) {
        #expect(Self.error("issues", Data(bytes))?.path == "")
    }

    @Test(arguments: ["[", "{\"a\":"], ["unknown", "action"])
    func nestingOfTenThousandLevelsIsRefused(open: String, member: String) throws {
        let close = open == "[" ? "]" : "}"
        let inner = open == "[" ? "" : "1"
        let nested = String(repeating: open, count: 10_000) + inner + String(repeating: close, count: 10_000)
        let payload = try Payload.issues("opened").setting(member, to: .raw(nested))
        _ = Self.error("issues", payload.data)
        _ = Self.error("issues", Data(String(repeating: open, count: 10_000).utf8))
    }

    @Test func itReadsAsASentence() throws {
        #expect(Self.error("issues", Data("{".utf8))?.description.hasPrefix("the body must be ") == true)
        let body = try Payload.comment("created").setting("comment.id", to: nil).data
        #expect(Self.error("issue_comment", body)?.description == "comment.id must be present")
    }
}
