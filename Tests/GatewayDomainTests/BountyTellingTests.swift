import Events
import FoundationEssentials
import Testing

@testable import GatewayDomain

/// The short way from an event to an entry must tell what decoding the record tells.
struct BountyTellingTests {
    private static let awarded: BountyRecord = {
        let title = "Grüße, 世界: \"\\\u{8}\u{1F600}\" {[,]}"
        var bounty = BountyRecord.sample(3, version: 7, state: .settling, title: title)
        let time = Date(timeIntervalSince1970: 1_795_253_400)
        let solvers = [BountyRecord.Account(id: 31, login: "alice"), .init(id: 32, login: "bob")]
        bounty.award = .init(
            ground: .command, by: .init(id: 33, login: "maintainer"), at: time,
            recipients: solvers.map { .init(account: $0, weight: 2) })
        bounty.shares = zip(solvers, [BountyRecord.Share.State.ordered, .awaitingWallet]).map { solver, state in
            .init(recipient: solver, amount: "1.5", units: "123456789012345678901234567890", state: state)
        }
        return bounty
    }()

    private static func data(_ bounty: BountyRecord) throws -> [UInt8] { try BountyEvent.changed(bounty).data() }

    private static func check(_ entry: BountyEntry, tells bounty: BountyRecord) throws {
        let expected = try #require(BountyEntry(bounty, json: nil, isRedacted: false))
        #expect(entry.id == expected.id)
        #expect(entry.version == expected.version)
        #expect(entry.state == expected.state)
        #expect(entry.record == bounty)
        #expect(entry.isRedacted == expected.isRedacted)
        #expect(entry.currency == expected.currency)
        #expect(entry.units == expected.units)
        #expect(entry.repository == expected.repository)
        #expect(entry.issueNumber == expected.issueNumber)
        #expect(entry.sponsor == expected.sponsor)
        #expect(entry.shares == expected.shares)
        #expect(entry.named.sorted() == expected.named.sorted())
        #expect(entry.words == expected.words)
    }

    @Test(arguments: [.sample(1), .sample(2, state: .cancelled, denomination: "ETH"), awarded] as [BountyRecord])
    func theShortWayTellsTheSame(bounty: BountyRecord) throws {
        let data = try Self.data(bounty)
        let entry = try #require(BountyEntry(toldBy: data))
        try Self.check(entry, tells: bounty)
        #expect(Array(try JSONEncoder.wire().encode(bounty)) == entry.json)
    }

    /// Other space, another order, and members that nobody knows.
    @Test func itDependsOnNoLayout() throws {
        let data = try Self.data(Self.awarded)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted]
        let object = try JSONDecoder().decode([String: AnyJSON].self, from: Data(data))
        let more: [String: AnyJSON] = [
            "x": .list([.number(-1), .flag(false), .null, .object(["bounty": .text("]}")])])
        ]
        let other = Array(try encoder.encode(object.merging(more) { $1 }))
        try Self.check(try #require(BountyEntry(toldBy: other)), tells: Self.awarded)
    }

    @Test func whatBreaksOffIsNothing() throws {
        let data = try Self.data(Self.awarded)
        for count in 0..<(data.count - 1) {
            #expect(BountyEntry(toldBy: Array(data[..<count])) == nil)
            #expect(throws: (any Error).self) {
                try BountyTelling(type: "bursar.bounty.changed.v1", data: Array(data[..<count]))
            }
        }
    }

    @Test(arguments: [
        (#""version":7"#, #""version":7.5"#), (#""version":7"#, #""version":"7""#),
        (#""version":7"#, #""version":99999999999999999999"#), (#""version":7"#, #""version":-"#),
        (#""state":"settling""#, #""state":"new""#), (#""decimals":6"#, #""decimals":null"#),
        (#""version":7"#, #""edition":7"#),
    ])
    func whatIsNotAsItShouldBeGoesTheUsualWay(part: String, other: String) throws {
        let text = String(decoding: try Self.data(Self.awarded), as: UTF8.self)
        try #require(text.contains(part))
        let changed = Array(text.replacing(part, with: other).utf8)
        #expect(BountyEntry(toldBy: changed) == nil)
        #expect(throws: (any Error).self) { try BountyTelling(type: "bursar.bounty.changed.v1", data: changed) }
    }

    /// An erasure decodes the record: whatever the short way takes, decoding must take too. Of each member, at any depth, what becomes
    /// of its not being there, and of its being of another kind.
    @Test func theShortWayTakesNothingThatDecodingRefuses() throws {
        var bounty = Self.awarded
        bounty.wallet = "eip155:1:0x00"
        bounty.source.createdAt = bounty.createdAt
        bounty.award?.url = "https://github.com/acme/x/pull/1"
        bounty.shares[0].payout = .numbered(9)
        let whole = try JSONDecoder().decode(AnyJSON.self, from: Data(Self.data(bounty)))
        try #require(BountyEntry(toldBy: Array(JSONEncoder().encode(whole))) != nil)
        let others = whole.changes
        #expect(others.count > 100)
        for other in others {
            let data = Array(try JSONEncoder().encode(other))
            guard let entry = BountyEntry(toldBy: data) else { continue }
            #expect(entry.record != nil, "\(String(decoding: data, as: UTF8.self))")
        }
    }

    @Test func aTypeThatIsNotKnownIsNone() throws {
        #expect(try BountyTelling(type: "bursar.bounty.renewed.v1", data: Self.data(.sample(1))) == nil)
    }

    @Test(arguments: [
        "Fix: the HTTP2-server's \"quote\"", "", "  a  b ", "x\u{7F}y", String(repeating: "a1", count: 80),
    ])
    func wordsOfASCIIAreThoseOfUnicode(text: String) {
        #expect(SearchWords.of(text) == SearchWords.of(text + " \u{436}").dropLast())
    }
}

private enum AnyJSON: Codable {
    case null, flag(Bool), number(Int), text(String), list([AnyJSON]), object([String: AnyJSON])

    /// Each with one member left out, or of another kind.
    var changes: [AnyJSON] {
        var changes: [AnyJSON] = []
        switch self {
        case .object(let members):
            for (name, value) in members {
                changes.append(.object(members.filter { $0.key != name }))
                for other in value.changes + [.null, .number(7), .text("x")] {
                    changes.append(.object(members.merging([name: other]) { $1 }))
                }
            }
        case .list(let values):
            for (index, value) in values.enumerated() {
                for other in value.changes {
                    var list = values
                    list[index] = other
                    changes.append(.list(list))
                }
            }
        case .null, .flag, .number, .text: break
        }
        return changes
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([AnyJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: AnyJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
