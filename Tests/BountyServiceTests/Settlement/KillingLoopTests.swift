import BountyProtocol
import EmbeddedServers
import Events
import Foundation
import Glibc
import IdentityProtocol
import JetStream
import Money
import Postgres
import Subprocess
import Synchronization
import TestRandom
import TestSupport
import TestWallets
import Testing

@testable import BountyService

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Processes of the bounty service that die at any moment, two at a time, while bounties are signed, settled and paid.
@Suite(.serialized)
struct KillingLoopTests {
    private static let killCount = 200
    private static let bountyCount = 60
    private static let solverCount = 12

    @Test(.timeLimit(.minutes(10)))
    func killedTwoHundredTimesEveryShareHasOneOrder() async throws {
        try await SettlementFixture.run(replicas: 0) { fixture in
            var solvers: [SettlementFixture.Person] = []
            for index in 0..<Self.solverCount { solvers.append(try await fixture.signIn("solver-\(index)")) }
            let wallets = Self.Wallets()
            for solver in solvers.prefix(Self.solverCount / 2) { try await wallets.link(solver, fixture) }
            let people = solvers
            let (isOver, isFinished) = (Flag(), Flag())
            async let processes: Void = Self.runProcesses(fixture, isOver: isOver, until: isFinished)
            async let treasury: Void = Self.acknowledge(fixture, until: isFinished)
            async let links: Void = Self.linkAndChange(people, wallets, fixture, until: isOver)
            let awarded = try await Self.signAndAward(people, fixture, until: isOver)
            #expect(awarded.count == Self.bountyCount)
            try await links
            for solver in people { try await wallets.link(solver, fixture) }
            try await poll(within: .seconds(240)) {
                let open = try await fixture.database.query("SELECT 1 FROM bounties WHERE state <> 'paid' LIMIT 1")
                let unpublished = try await fixture.count("outbox")
                return isOver.isSet && open.isEmpty && unpublished == 0
            }
            isFinished.set()
            try await processes
            try await treasury
            try await Self.check(awarded, wallets, fixture)
        }
    }

    // MARK: - What goes on meanwhile

    private final class Wallets: Sendable {
        /// All that an account ever linked, by its id; the last one is active.
        private let byAccount = Mutex<[Int64: [TestWallet]]>([:])

        func names(of account: Int64) -> [String] { byAccount.withLock { ($0[account] ?? []).map(\.name) } }

        /// Links a first wallet, unless there is one.
        func link(_ person: SettlementFixture.Person, _ fixture: SettlementFixture) async throws {
            guard names(of: person.account.id).isEmpty else { return }
            try await change(person, fixture)
        }

        /// Links another wallet, with the last one's agreement.
        func change(_ person: SettlementFixture.Person, _ fixture: SettlementFixture) async throws {
            let previous = byAccount.withLock { $0[person.account.id]?.last }
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: person, agreedBy: previous)
            byAccount.withLock { $0[person.account.id, default: []].append(wallet) }
        }
    }

    /// Bounties are signed by their sponsors, each by a call that nobody may be there to answer, and awarded.
    private static func signAndAward(
        _ people: [SettlementFixture.Person], _ fixture: SettlementFixture, until isOver: Flag
    ) async throws -> [BountyRecord] {
        var generator = SplitMix64(seed: 1)
        var awarded: [BountyRecord] = []
        for index in 0..<bountyCount {
            let sponsor = try await fixture.signIn("sponsor-\(index)")
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: sponsor)
            let bounty = try await fixture.propose("lamport:\(1_000_000 + index * 7)", by: sponsor.account)
            let link = SigningLinks(fixture.configuration.linkSecrets, publicURL: "").url(for: bounty)
            let issued = try await answered(fixture) {
                try await fixture.services.call(
                    CreateSigningChallenge.self,
                    .init(
                        bounty: bounty.id.wireText, link: String(link.split(separator: "=")[1]), wallet: wallet.name),
                    session: sponsor.token, timeout: .seconds(2))
            }
            let signature = try wallet.sign(issued.message)
            let active = try await answered(fixture) {
                try await fixture.services.call(
                    SignBounty.self,
                    .init(
                        bounty: bounty.id.wireText, challenge: issued.challenge, signature: signature, publicKey: nil),
                    session: sponsor.token, timeout: .seconds(2))
            }
            #expect(active.state == .active)
            let recipients = people.shuffled(using: &generator).prefix(1 + index % 4)
            awarded.append(
                try await fixture.award(
                    active, to: recipients.map { ($0.account, Int64.random(in: 1...9, using: &generator)) }))
            if !isOver.isSet { try await Task.sleep(for: .milliseconds(900)) }
        }
        return awarded
    }

    /// The treasury acknowledges what it finds, again where no answer came.
    private static func acknowledge(_ fixture: SettlementFixture, until isOver: Flag) async throws {
        let token = try fixture.program([.payouts])
        while !isOver.isSet {
            let rows = try await fixture.database.query(
                "SELECT id FROM payout_orders WHERE record ->> 'state' = 'issued' LIMIT 4")
            for row in rows {
                let id = try row.get("id", as: UUID.self)
                _ = try await answered(fixture) {
                    try await fixture.services.call(
                        AcknowledgePayout.self, .init(payout: id.wireText, transaction: "tx-\(id.wireText)"),
                        session: token, timeout: .seconds(2))
                }
            }
            if rows.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        }
    }

    /// Asks until somebody answers: nobody is there now and then, or dies with the question.
    private static func answered<Value>(
        _ fixture: SettlementFixture, _ call: () async throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await call()
            } catch let error as NATSError {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// The rest of the solvers link their wallets by and by, and some take another one.
    private static func linkAndChange(
        _ people: [SettlementFixture.Person], _ wallets: Wallets, _ fixture: SettlementFixture, until isOver: Flag
    ) async throws {
        for (index, person) in people.enumerated().reversed() {
            if !isOver.isSet { try await Task.sleep(for: .seconds(4)) }
            if index.isMultiple(of: 2) {
                try await wallets.link(person, fixture)
                try await wallets.change(person, fixture)
            }
        }
    }

    /// Those that are killed, and then one that is not.
    private static func runProcesses(
        _ fixture: SettlementFixture, isOver: Flag, until isFinished: Flag
    ) async throws {
        try await killAll(fixture)
        isOver.set()
        try await fixture.forgetLeases()
        try await process(fixture) { _ in try await poll(within: .seconds(300)) { isFinished.isSet } }
    }

    private final class Tally: Sendable {
        let interrupted = Atomic(0)
    }

    /// Two replicas at a time, each of which dies at a moment that nobody knows.
    private static func killAll(_ fixture: SettlementFixture) async throws {
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<2 {
                group.addTask {
                    var generator = SplitMix64(seed: UInt64(lane) + 7)
                    for _ in 0..<(killCount / 2) {
                        let delay = Duration.milliseconds(Int64.random(in: 200...1_500, using: &generator))
                        let outcome = try await process(fixture) { process in
                            try await Task.sleep(for: delay)
                            process.send(SIGKILL)
                        }
                        #expect(outcome == .signaled(SIGKILL))
                        if try await fixture.forgetLeases() > 0 { tally.interrupted.add(1, ordering: .relaxed) }
                    }
                }
            }
            try await group.waitForAll()
        }
        // Kills that found nothing to cut short prove nothing.
        let interrupted = tally.interrupted.load(ordering: .relaxed)
        let ordered = try await fixture.count("payout_orders")
        print("\(interrupted) of \(killCount) kills cut settlements short; \(ordered) orders were issued between them")
        #expect(interrupted > 0)
        #expect(ordered > 0)
    }

    @discardableResult
    private static func process(
        _ fixture: SettlementFixture, _ body: (ServerProcess) async throws -> Void
    ) async throws -> TerminationStatus {
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "bursar").path()
        let environment = [
            "BOUNTY_HTTP_PORT": "0", "ADMIN_PORT": "0", "HTTP_HOST": "127.0.0.1",
            "PUBLIC_URL": "https://bursar.example", "NATS_URL": fixture.broker.url,
            "BOUNTY_DATABASE_URL": fixture.databaseURL.secretText, "GITHUB_WEBHOOK_SECRETS": "secret",
            "LINK_SECRET": SettlementFixture.linkSecret,
            "PAYOUT_KEYS": SettlementFixture.payoutSeeds.joined(separator: ","),
        ]
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(20))]
        let result = try await Subprocess.run(
            .path(FilePath(executable)), arguments: ["bounty"],
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
            platformOptions: options, input: .none, output: .discarded, error: .discarded
        ) { execution in
            let process = try #require(ServerProcess(id: execution.processIdentifier.value))
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(process)) } catch { outcome = .failure(error) }
            process.send(SIGTERM)
            try outcome.get()
        }
        return result.terminationStatus
    }

    // MARK: - What came of it

    private static func check(
        _ awarded: [BountyRecord], _ wallets: Wallets, _ fixture: SettlementFixture
    ) async throws {
        let verifier = PayoutVerifier(fixture.configuration.payoutKeys.map(\.publicKey))
        var onStream: [UUID: PayoutRecord] = [:]
        var paid: Set<UUID> = []
        var shares = 0
        for event in try await fixture.events() {
            if case .sharePaid(_, let payout) = event { paid.insert(payout.id) }
            guard case .shareOrdered(_, let payout) = event else { continue }
            // Published again after a crash, it is the same one.
            if let known = onStream.updateValue(payout, forKey: payout.id) { #expect(known == payout) }
        }
        for bounty in awarded {
            let settled = try await fixture.bounty(bounty.id)
            let payouts = try await fixture.payouts(of: bounty.id)
            shares += settled.shares.count
            #expect(payouts.count == settled.shares.count)
            #expect(Set(payouts.map(\.recipient.id)) == Set(settled.shares.map(\.recipient.id)))
            #expect(Set(payouts.map(\.id)) == Set(settled.shares.compactMap(\.payout)))
            var total = Amount.zero
            for payout in payouts {
                let order = try verifier.verify(payout)
                total = try #require(total.adding(try Amount(units: order.units)))
                #expect(wallets.names(of: order.recipient).contains(order.account))
                var issued = payout
                issued.state = .issued
                issued.transaction = nil
                #expect(onStream[payout.id] == issued)
                #expect(payout.transaction == "tx-\(payout.id.wireText)")
            }
            #expect(total.units == bounty.units)
        }
        #expect(onStream.count == shares)
        #expect(paid.count == shares)
        let rows = try await fixture.database.query(
            """
            SELECT (SELECT count(*) FROM bounty_events WHERE type = 'bursar.bounty.share-ordered.v1') AS ordered,
                   (SELECT count(*) FROM bounty_events WHERE type = 'bursar.bounty.share-paid.v1') AS paid,
                   (SELECT count(*) FROM bounty_events WHERE type = 'bursar.bounty.signed.v1') AS signed,
                   (SELECT count(*) FROM bounty_events WHERE type = 'bursar.bounty.settled.v1') AS settled
            """)
        #expect(try rows[0].get("ordered", as: Int.self) == shares)
        #expect(try rows[0].get("paid", as: Int.self) == shares)
        #expect(try rows[0].get("signed", as: Int.self) == awarded.count)
        #expect(try rows[0].get("settled", as: Int.self) == awarded.count)
        #expect(try await fixture.client.messageCount(of: StreamName.dead) == 0)
    }
}

extension SettlementFixture {
    /// Leases of processes that died run out in a minute; here, at once, though another may still work on the same.
    /// - Returns: How many there were: settlements that were cut short.
    @discardableResult
    func forgetLeases() async throws -> Int {
        try await database.execute("UPDATE outbox_lease SET expires_at = now()")
        return try await database.execute(
            "UPDATE work SET lease = NULL, next_attempt_at = now() WHERE lease IS NOT NULL")
    }

    /// All that bounties' events on the stream say.
    func events() async throws -> [BountyEvent] {
        let reader = try OrderedReader(client: client, stream: StreamName.events)
        var events: [BountyEvent] = []
        while let batch = try await reader.next() {
            for message in batch.messages {
                let event = try CloudEvent(
                    header: { message.headers[$0] }, data: message.message.withPayload { Array($0) })
                if let event = try BountyEvent(type: event.type, data: event.data) { events.append(event) }
            }
            if batch.remaining == 0 { break }
        }
        return events
    }
}
