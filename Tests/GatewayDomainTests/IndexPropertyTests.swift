import BigInt
import Events
import FoundationEssentials
import TestRandom
import Testing

@testable import GatewayDomain

/// Whatever happens, what the indexes answer is what a look at every bounty would.
struct IndexPropertyTests {
    private static let words = [
        "Brakes", "missing", "anvil", "\u{C9}clair", "rocket", "Rock", "br", "7", "Stra\u{DF}e",
    ]
    private static let repositories = ["acme/rocket", "acme/anvil-2", "octo/Brakes"]
    private static let logins = ["wile-e", "Road-Runner", "7", "octocat"]

    /// A world of bounties as random events make it, with a plain copy beside it.
    private struct World {
        var generator: SplitMix64
        var snapshot = BountySnapshot()
        var plain: [UUID: BountyRecord] = [:]
        var erased: Set<Int64> = []
        var sequence: UInt64 = 0

        mutating func pick<Value>(_ values: [Value]) -> Value {
            values[Int.random(in: 0..<values.count, using: &generator)]
        }

        mutating func account() -> BountyRecord.Account {
            let index = Int.random(in: 0..<IndexPropertyTests.logins.count, using: &generator)
            return .init(id: Int64(index + 1), login: IndexPropertyTests.logins[index])
        }

        mutating func step() {
            sequence += 1
            if Int.random(in: 0..<40, using: &generator) == 0 { return erase() }
            let number = Int.random(in: 1...60, using: &generator)
            var bounty = plain[.numbered(number)] ?? .sample(number, version: 0)
            bounty.version += Int.random(in: 0...2, using: &generator)
            bounty.state = pick(BountyRecord.State.allCases)
            bounty.denomination = pick(["USDC", "ETH", "SOL"])
            bounty.units = String(Int.random(in: 1...5, using: &generator))
            let index = Int.random(in: 0..<IndexPropertyTests.repositories.count, using: &generator)
            bounty.repository = .init(id: Int64(100 + index), fullName: IndexPropertyTests.repositories[index])
            bounty.issue.number = Int64.random(in: 1...3, using: &generator)
            bounty.issue.title = (0..<3).map { _ in pick(IndexPropertyTests.words) }.joined(separator: " ")
            bounty.sponsor = account()
            bounty.shares = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                .init(
                    recipient: account(), amount: "1", units: String(Int.random(in: 1...3, using: &generator)),
                    state: pick(BountyRecord.Share.State.allCases))
            }
            snapshot.apply(.changed(bounty), sequence: sequence)
            if let known = plain[bounty.id], bounty.version <= known.version { return }
            plain[bounty.id] = redacted(bounty)
        }

        private mutating func erase() {
            let account = account().id
            let identity = IdentityRecord(
                github: .init(id: account, login: nil), version: Int(sequence), links: [],
                updatedAt: Date(timeIntervalSince1970: 0))
            snapshot.apply(IdentityEvent(.erased, identity: identity, link: nil), sequence: sequence)
            erased.insert(account)
            for (id, bounty) in plain { plain[id] = redacted(bounty) }
        }

        private func redacted(_ bounty: BountyRecord) -> BountyRecord {
            var bounty = bounty
            bounty.changeLogins { erased.contains($0.id) ? "ghost" : $0.login }
            return bounty
        }
    }

    private static func world(seed: UInt64, steps: Int = 400) -> World {
        var world = World(generator: SplitMix64(seed: seed))
        for _ in 0..<steps { world.step() }
        return world
    }

    /// By its definition, not by an index.
    private static func matches(_ filter: BountyFilter, _ bounty: BountyRecord) -> Bool {
        if let state = filter.state, bounty.state != state { return false }
        if let denomination = filter.denomination, bounty.denomination.lowercased() != denomination { return false }
        if let issue = filter.issue, bounty.issue.number != issue { return false }
        if let repository = filter.repository,
            !repository.matches(id: bounty.repository.id, name: bounty.repository.fullName)
        {
            return false
        }
        if let sponsor = filter.sponsor, !sponsor.matches(id: bounty.sponsor.id, name: bounty.sponsor.login) {
            return false
        }
        guard let text = filter.text else { return true }
        let words = SearchWords.of(bounty.repository.fullName, bounty.issue.title, bounty.sponsor.login)
        let wanted = SearchWords.of(text)
        guard let last = wanted.last else { return false }
        return wanted.dropLast().allSatisfy(words.contains) && words.contains { $0.hasPrefix(last) }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func everyPageOfEveryFilterIsWhatAScanFinds(seed: UInt64) {
        var world = Self.world(seed: seed)
        for _ in 0..<300 {
            var filter = BountyFilter()
            if Bool.random(using: &world.generator) { filter.state = world.pick(BountyRecord.State.allCases) }
            if Bool.random(using: &world.generator) { filter.denomination = world.pick(["usdc", "eth", "none"]) }
            if Bool.random(using: &world.generator) {
                filter.repository = .init(world.pick(["100", "ACME/rocket", "octo/brakes", "9"]))
            }
            if Bool.random(using: &world.generator) {
                filter.sponsor = .init(world.pick(["1", "7", "Wile-E", "ghost"]))
            }
            if Bool.random(using: &world.generator) { filter.issue = 2 }
            if Bool.random(using: &world.generator) {
                filter.text = world.pick([
                    "b", "bra", "brakes", "rock", "rocket anv", "eclair miss", "strasse", "wile", "!",
                ])
            }
            let expected = world.plain.values.filter { Self.matches(filter, $0) }
                .sorted { $0.id.uuidString > $1.id.uuidString }
            let limit = Int.random(in: 1...7, using: &world.generator)
            var found: [BountyRecord] = []
            var cursor: UUID?
            repeat {
                let page = world.snapshot.page(matching: filter, before: cursor, limit: limit)
                found += page.bounties
                cursor = page.next
            } while cursor != nil && found.count <= expected.count
            #expect(found == expected, "\(filter)")
        }
    }

    @Test(arguments: 11...14 as ClosedRange<UInt64>)
    func totalsOfARepositoryAreTheSumsOfItsBounties(seed: UInt64) {
        let world = Self.world(seed: seed)
        for (index, name) in Self.repositories.enumerated() {
            let bounties = world.plain.values.filter { $0.repository.id == Int64(100 + index) }
            let overview = world.snapshot.repository(named: name.uppercased())
            #expect((overview == nil) == bounties.isEmpty)
            for (denomination, ofIt) in Dictionary(grouping: bounties, by: \.denomination) {
                let states = overview?.denominations.first { $0.denomination == denomination }?.states
                let byState = Dictionary(grouping: ofIt, by: \.state)
                #expect(states.map { Set($0.keys) } == Set(byState.keys))
                for (state, ofState) in byState {
                    #expect(states?[state]?.count == ofState.count)
                    #expect(states?[state]?.units == String(ofState.reduce(0) { $0 + (Int($1.units) ?? 0) }))
                }
            }
        }
    }

    @Test(arguments: 21...24 as ClosedRange<UInt64>, Leaderboards.Kind.allCases)
    func leaderboardsAreTheSumsInOrder(seed: UInt64, kind: Leaderboards.Kind) {
        let world = Self.world(seed: seed)
        var sums: [String: [Int64: Int]] = [:]
        for bounty in world.plain.values {
            switch kind {
            case .sponsors:
                guard [.active, .awarded, .settling, .settled, .paid].contains(bounty.state) else { continue }
                sums[bounty.denomination, default: [:]][bounty.sponsor.id, default: 0] += Int(bounty.units) ?? 0
            case .solvers:
                for share in bounty.shares where [.ordered, .paid].contains(share.state) {
                    sums[bounty.denomination, default: [:]][share.recipient.id, default: 0] += Int(share.units) ?? 0
                }
            }
        }
        let boards = world.snapshot.leaderboards(kind, denomination: nil, after: nil, limit: 1)
        #expect(boards.map(\.denomination) == sums.keys.sorted())
        for board in boards {
            var leaders = board.leaders
            var next = board.next
            while let cursor = next.flatMap({ Leaderboards.Cursor($0.text) }), leaders.count < 100 {
                let more = world.snapshot.leaderboards(kind, denomination: nil, after: cursor, limit: 1)
                #expect(more.map(\.denomination) == [board.denomination])
                leaders += more.flatMap(\.leaders)
                next = more.first?.next
            }
            let expected = (sums[board.denomination] ?? [:]).sorted {
                ($0.value, $1.key) > ($1.value, $0.key)
            }
            #expect(leaders.map(\.account.id) == expected.map(\.key))
            #expect(leaders.map(\.total.units) == expected.map { String($0.value) })
            #expect(leaders.allSatisfy { (!world.erased.contains($0.account.id)) || $0.account.login == "ghost" })
        }
    }
}
