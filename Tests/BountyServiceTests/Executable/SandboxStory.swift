import FoundationEssentials
import GitHubSandbox
import TestRandom

/// Many issues of the stand-in for GitHub, and what happens there: comments with bounties that are edited and deleted, commands,
/// closings, merges. Nothing in it depends on which delivery comes first, but for what is deleted.
struct SandboxStory {
    static let issues = 50
    static let deliveryCount = 2_000
    static let first = GitHubSandbox.Account(id: 601, login: "sponsor-one")
    static let other = GitHubSandbox.Account(id: 602, login: "sponsor-two")
    static let stranger = GitHubSandbox.Account(id: 603, login: "stranger")
    static let alice = GitHubSandbox.Account(id: 700, login: "alice")
    static let bob = GitHubSandbox.Account(id: 701, login: "bob")
    static let accounts = [first, other, stranger, alice, bob]

    /// As GitHub would send them, in the order in which things happened.
    private(set) var deliveries: [SandboxDelivery] = []
    /// Comments whose bounties are signed as soon as they are there.
    private(set) var signed: [Int64] = []

    private let sandbox: GitHubSandbox
    private var random: SplitMix64
    private var time = Date.now.addingTimeInterval(-86_400)

    /// Plays it in the sandbox.
    init(_ sandbox: GitHubSandbox, seed: UInt64) throws {
        self.sandbox = sandbox
        random = SplitMix64(seed: seed)
        _ = sandbox.takeDeliveries()
        for number in 1...Self.issues { try open("Issue \(number)") }
        // The merges take numbers of their own, after those of the issues.
        for number in 1...Int64(Self.issues) { try tell(number) }
        while deliveries.count < Self.deliveryCount { try talk(1 + Int64(deliveries.count % Self.issues)) }
        deliveries.removeLast(deliveries.count - Self.deliveryCount)
    }

    private mutating func open(_ title: String) throws {
        try perform(.openIssue(repository: GitHubWorld.repository, title: title, body: "", by: Self.stranger.login))
    }

    /// Two sponsors, a bounty of each that is signed, and one of each that is not; then what its number says.
    private mutating func tell(_ number: Int64) throws {
        for (index, sponsor) in [Self.first, Self.other].enumerated() {
            signed.append(try comment(number, "$usdc:\(100 + index)$", by: sponsor))
            try comment(number, "$sol:\(1 + index)$ and $nope:1$", by: sponsor)
        }
        switch number % 5 {
        case 0:
            let pull = try perform(
                .openPullRequest(
                    repository: GitHubWorld.repository, title: "Mend", body: "Closes #\(number)",
                    by: Self.alice.login))
            try perform(
                .mergePullRequest(
                    repository: GitHubWorld.repository, number: pull.number ?? 0, by: GitHubWorld.maintainer.login))
        case 1:
            try perform(
                .closeIssue(
                    repository: GitHubWorld.repository, number: number, reason: "completed", commit: nil,
                    by: Self.stranger.login))
        case 2: try comment(number, "/award @alice 70 @bob 30", by: GitHubWorld.maintainer)
        case 3:
            try comment(number, "/award @bob", by: Self.other)
            try comment(number, "Sorry.\n/cancel", by: Self.first)
        default:
            try comment(number, "/award @mallory", by: Self.stranger)
            try comment(number, "/cancel", by: Self.stranger)
            try comment(number, "/award @alice", by: Self.stranger)
        }
        // A later bounty, which nothing of that covers.
        try comment(number, "$usdc:7$", by: Self.first)
    }

    /// A text that changes, and is perhaps deleted.
    private mutating func talk(_ number: Int64) throws {
        let id = try comment(number, "$eth:1$", by: Self.first)
        for edit in 0..<Int.random(in: 0...4, using: &random) {
            let bodies = ["$eth:\(edit + 2)$", "nothing", "$eth:0$", "$eth:1$ $atom:\(edit + 1)$"]
            let body = bodies[Int.random(in: 0...3, using: &random)]
            try perform(.editComment(id: id, body: body, by: Self.first.login))
        }
        if Int.random(in: 0...2, using: &random) == 0 {
            try perform(.deleteComment(id: id, by: Self.first.login))
        }
    }

    @discardableResult
    private mutating func comment(
        _ number: Int64, _ body: String, by author: GitHubSandbox.Account
    ) throws -> Int64 {
        let outcome = try perform(
            .comment(repository: GitHubWorld.repository, number: number, body: body, by: author.login))
        return outcome.comment ?? 0
    }

    /// A second after what happened last.
    @discardableResult
    private mutating func perform(_ command: SandboxCommand) throws -> SandboxOutcome {
        time = time.addingTimeInterval(1)
        let outcome = try sandbox.perform(command, at: time)
        deliveries += sandbox.takeDeliveries()
        return outcome
    }
}
