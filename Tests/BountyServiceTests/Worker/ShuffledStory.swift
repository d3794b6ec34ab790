import Events
import FoundationEssentials
import GitHub
import TestRandom

@testable import BountyService

/// Many issues, and what happens there: comments with bounties that are edited and deleted, commands, closings. Nothing in it
/// depends on who comes first, but for what is deleted. Bounties of comments whose id ends in 0 are signed as soon as they are
/// there; nobody edits or deletes them.
struct ShuffledStory {
    static let issues = 50
    static let deliveriesPerIssue = 40

    struct Delivery: Sendable {
        var id: String
        var event: String
        var body: Data
    }

    private(set) var deliveries: [Delivery] = []
    private(set) var facts = StubFacts()
    private var random: SplitMix64
    private var second = 0

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        for number in 1...Int64(Self.issues) { try tell(number) }
    }

    private mutating func tell(_ number: Int64) throws {
        let base = number * 1000
        var left = Self.deliveriesPerIssue
        // Two sponsors, a bounty of each that is signed, and one of each that is not.
        for (index, sponsor) in [Self.first, Self.other].enumerated() {
            try comment(number, base + Int64(index * 10), "created", "$usdc:\(100 + index)$", by: sponsor)
            try comment(number, base + Int64(index * 10 + 1), "created", "$sol:\(1 + index)$ and $nope:1$", by: sponsor)
            left -= 2
        }
        switch number % 5 {
        case 0:
            try close(number, .pullRequest(number: 1, author: StubFacts.solver))
            left -= 1
        case 1:
            try close(number, .other)
            left -= 1
        case 2:
            try comment(number, base + 500, "created", "/award @alice 70 @bob 30", by: TextKind.maintainer)
            left -= 1
        case 3:
            try comment(number, base + 500, "created", "/award @bob", by: Self.other)
            try comment(number, base + 501, "created", "Sorry.\n/cancel", by: Self.first)
            left -= 2
        default:
            try comment(number, base + 500, "created", "/award @mallory", by: Self.stranger)
            try comment(number, base + 501, "created", "/cancel", by: Self.stranger)
            try comment(number, base + 502, "created", "/award @alice", by: Self.stranger)
            left -= 3
        }
        // Later bounties, which no claim covers, and texts that change.
        try comment(number, base + 600, "created", "$usdc:7$", by: Self.first)
        left -= 1
        var text: Int64 = 0
        while left > 0 {
            text += 1
            let id = base + 600 + text * 10 + 1
            try comment(number, id, "created", "$eth:1$", by: Self.first)
            left -= 1
            let edits = Int.random(in: 0...4, using: &random)
            for edit in 0..<min(edits, left) {
                let bodies = ["$eth:\(edit + 2)$", "nothing", "$eth:0$", "$eth:1$ $atom:\(edit + 1)$"]
                try comment(number, id, "edited", bodies[Int.random(in: 0...3, using: &random)], by: Self.first)
                left -= 1
            }
            if left > 0, text.isMultiple(of: 3) {
                try comment(number, id, "deleted", "", by: Self.first)
                left -= 1
            }
        }
    }

    private static let first = Payload.account(601, "sponsor-one")
    private static let other = Payload.account(602, "sponsor-two")
    private static let stranger = Payload.account(603, "stranger")

    private mutating func comment(
        _ number: Int64, _ id: Int64, _ action: String, _ body: String, by author: Payload
    ) throws {
        let created = "2026-11-21T0\(Self.time(creation[id] ?? next()))Z"
        if action == "created" { creation[id] = second }
        let updated = action == "created" ? created : "2026-11-21T0\(Self.time(next()))Z"
        let payload = try Payload.comment(action).setting("comment.id", to: .number(id))
            .setting("comment.body", to: .text(body)).setting("comment.user", to: author)
            .setting("comment.created_at", to: .text(created)).setting("comment.updated_at", to: .text(updated))
            .setting("sender", to: author).setting("issue.id", to: .number(3_000_000_000 + number))
            .setting("issue.number", to: .number(number)).setting("installation", to: .raw(#"{"id":9}"#))
        add("issue_comment", payload)
    }

    private mutating func close(_ number: Int64, _ closer: GitHubClosing.Closer) throws {
        let text = "2026-11-21T0\(Self.time(next()))Z"
        let payload = try Payload.issues("closed").setting("issue.id", to: .number(3_000_000_000 + number))
            .setting("issue.number", to: .number(number)).setting("issue.state_reason", to: .text("completed"))
            .setting("issue.closed_at", to: .text(text)).setting("issue.updated_at", to: .text(text))
            .setting("installation", to: .raw(#"{"id":9}"#))
        if let time = Date(wireText: text) { facts.closings[number] = StubFacts.closing(at: time, by: closer) }
        add("issues", payload)
    }

    private var creation: [Int64: Int] = [:]

    private mutating func next() -> Int {
        second += 1
        return second
    }

    private mutating func add(_ event: String, _ payload: Payload) {
        deliveries.append(Delivery(id: "d-\(deliveries.count)", event: event, body: payload.data))
    }

    /// Seconds from the day's start, below ten hours.
    private static func time(_ second: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(second / 3600):\(two(second / 60 % 60)):\(two(second % 60))"
    }
}
