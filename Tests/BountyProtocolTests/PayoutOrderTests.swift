import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import Testing

extension PayoutOrder {
    static func sample(_ key: PayoutSigningKey) throws -> PayoutOrder {
        PayoutOrder(
            id: try #require(UUID(uuidString: "0192f000-0000-7000-8000-00000000000b")),
            bounty: try #require(UUID(uuidString: "0192f000-0000-7000-8000-00000000000A")),
            recipient: 9_007_199_254_740_993,
            account: "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv",
            asset: "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501", units: "250000000",
            issuedAt: try #require(Date(wireText: "2026-11-21T09:30:00.000Z")), keyID: key.id)
    }
}

struct PayoutOrderTests {
    private static func key(_ digit: String = "1") throws -> PayoutSigningKey {
        try #require(PayoutSigningKey(seed: String(repeating: digit, count: 64)))
    }

    @Test func theTextIsCanonicalJSON() throws {
        let key = try Self.key()
        let text = try PayoutOrder.sample(key).canonical
        #expect(
            text
                == #"{"account":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv","#
                + #""asset":"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501","#
                + #""bounty":"0192f000-0000-7000-8000-00000000000a","id":"0192f000-0000-7000-8000-00000000000b","#
                + #""issued_at":"2026-11-21T09:30:00.000Z","key_id":"\#(key.id)","recipient":"9007199254740993","#
                + #""units":"250000000"}"#)
        #expect(try PayoutOrder(canonical: text) == .sample(key))
    }

    @Test(arguments: [
        ("\"units\":\"250000000\"", "\"units\":\"250000000\",\"x\":\"\""), ("0b\"", "0B\""),
        ("{\"account\"", "{ \"account\""), ("\"recipient\":\"9", "\"recipient\":\"+9"), (".000Z", "Z"),
        ("\"units\":\"250000000\"", "\"units\":250000000"),
    ])
    func noOtherTextIsThatOrder(part: String, other: String) throws {
        let text = try PayoutOrder.sample(Self.key()).canonical
        let changed = text.replacing(part, with: other, maxReplacements: 1)
        #expect(changed != text)
        #expect(PayoutOrder(canonical: changed) == nil)
    }

    @Test func anOrderVerifiesWithThePublicKeysAlone() throws {
        let (key, old) = (try Self.key(), try Self.key("2"))
        let order = try PayoutOrder.sample(key)
        let record = try key.sign(order, to: .init(id: order.recipient, login: "alice"))
        let keys = try JSONDecoder().decode(
            [PayoutPublicKey].self, from: JSONEncoder().encode([old.publicKey, key.publicKey]))
        let verifier = PayoutVerifier(keys)
        #expect(verifier.keyCount == 2)
        #expect(try verifier.verify(record) == order)
        // What became of it since is no part of the order.
        var paid = record
        paid.state = .acknowledged
        paid.transaction = "5x"
        paid.recipient.login = "alice-2"
        #expect(try verifier.verify(paid) == order)
        #expect(throws: PayoutError.unknownKey(key.id)) { try PayoutVerifier([old.publicKey]).verify(record) }
        // The seed of a key is secret; the record is what others see of it.
        let seen = try JSONDecoder.wire().decode(PayoutRecord.self, from: JSONEncoder.wire().encode(record))
        #expect(seen == record)
        let text = String(decoding: try JSONEncoder.wire().encode(record), as: UTF8.self)
        #expect(text.contains(#""id":"0192f000-0000-7000-8000-00000000000b""#))
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let apply: @Sendable (inout PayoutRecord) -> Void
        var testDescription: String { name }
    }

    @Test(arguments: [
        Change(name: "account") { $0.account = "eip155:1:0x0" },
        Change(name: "asset") { $0.asset = "eip155:1/slip44:60" },
        Change(name: "units") { $0.units = "2500000000" },
        Change(name: "recipient") { $0.recipient.id = 2 },
        Change(name: "bounty") { $0.bounty = UUID() },
        Change(name: "id") { $0.id = UUID() },
        Change(name: "key_id") { $0.keyID = "0" },
        Change(name: "issued_at") { $0.issuedAt = $0.issuedAt.addingTimeInterval(1) },
    ])
    func membersThatSaySomethingElseAreRefused(change: Change) throws {
        let key = try Self.key()
        let order = try PayoutOrder.sample(key)
        var record = try key.sign(order, to: .init(id: order.recipient, login: "alice"))
        change.apply(&record)
        #expect(Self.refusal(record, [key.publicKey]) == .otherMember(change.name))
    }

    private static func refusal(_ record: PayoutRecord, _ keys: [PayoutPublicKey]) -> PayoutError? {
        do throws(PayoutError) {
            _ = try PayoutVerifier(keys).verify(record)
            return nil
        } catch {
            return error
        }
    }

    @Test func aSignatureOfAnotherTextKeyOrPurposeIsRefused() throws {
        let key = try Self.key()
        let order = try PayoutOrder.sample(key)
        let record = try key.sign(order, to: .init(id: order.recipient, login: "alice"))
        var other = order
        other.units = "1"
        var wrong = record
        wrong.canonical = other.canonical
        #expect(Self.refusal(wrong, [key.publicKey]) == .badSignature)
        wrong.canonical = "{}"
        #expect(Self.refusal(wrong, [key.publicKey]) == .notCanonical)
        wrong = record
        wrong.signature = "AAAA"
        #expect(Self.refusal(wrong, [key.publicKey]) == .badSignature)
        // A key under another's id is none.
        var forged = try Self.key("2").publicKey
        forged.id = key.id
        #expect(Self.refusal(record, [forged]) == .unknownKey(key.id))
        #expect(Self.refusal(record, [key.publicKey]) == nil)
    }

    @Test(arguments: ["", "11", String(repeating: "g", count: 64), String(repeating: "1", count: 63)])
    func whatIsNoSeedMakesNoKey(seed: String) { #expect(PayoutSigningKey(seed: seed) == nil) }
}

struct CanonicalJSONTests {
    /// RFC 8785, section 3.2.3: the order of names by UTF-16 code units.
    @Test func membersAreSortedByCodeUnits() {
        let names = ["\u{20AC}", "\r", "\u{FB33}", "1", "\u{1F600}", "\u{80}", "\u{F6}"]
        let object = CanonicalJSON.object(
            Dictionary(names.enumerated().map { ($1, .text("\($0)")) }) { first, _ in first })
        let expected =
            "{\"\\r\":\"1\",\"1\":\"3\",\"\u{80}\":\"5\",\"\u{F6}\":\"6\",\"\u{20AC}\":\"0\","
            + "\"\u{1F600}\":\"4\",\"\u{FB33}\":\"2\"}"
        #expect(Array(object.serialized.utf8) == Array(expected.utf8))
    }

    /// RFC 8785, section 3.2.2.2.
    @Test func onlyWhatMustBeIsEscaped() {
        let text = CanonicalJSON.text("\u{20AC}$\u{F}\u{A}A'\u{42}\u{22}\u{5C}\\\"/\u{8}\u{C}\u{7F}\u{2028}")
        #expect(
            text.serialized
                == "\"\u{20AC}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\u{7F}\u{2028}\"")
    }

    @Test func objectsMayBeInObjects() {
        let object = CanonicalJSON.object(["b": .object([:]), "a": .object(["c": .text("")])])
        #expect(object.serialized == #"{"a":{"c":""},"b":{}}"#)
    }
}
