import Events
import IdentityProtocol
import Postgres
import TestSupport
import TestWallets
import Testing

@testable import IdentityService

/// What many do at the same moment, over two replicas.
struct ConcurrencyTests {
    private static func outcomes(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> String?
    ) async throws -> [String?: Int] {
        try await withThrowingTaskGroup(of: String?.self) { group in
            for index in 0..<count { group.addTask { try await body(index) } }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    @Test func twoHundredAttemptsToUseOneNonceSucceedOnce() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let wallet = TestWallet.solana()
            let person = try await fixture.signIn()
            let signed = try fixture.signed(try await fixture.challenge(wallet, person), by: wallet)
            let outcomes = try await Self.outcomes(200) { _ in
                try await fixture.refusal {
                    try await fixture.identity.call(
                        LinkWallet.self, signed, session: person.token, timeout: .seconds(60))
                }
            }
            #expect(outcomes == [nil: 1, "challenge-used": 199])
            try await expectEqual(fixture.count("links"), 1)
            try await expectEqual(fixture.count("identity_events"), 1)
            try await expectEqual(fixture.events(of: person.id, count: 1).map(\.kind), [.linked])
        }
    }

    /// Past the look at the challenge, where all of them still see it unused.
    @Test func twoHundredTransactionsOfOneNonceSucceedOnce() async throws {
        try await IdentityFixture.run(replicas: 0) { fixture in
            let wallet = TestWallet.ethereum()
            let person = try await fixture.signIn()
            let user = try fixture.parts.sessions.user(person.token)
            let issued = try await fixture.parts.challenges.createForLink(
                .init(wallet: wallet.name, client: nil), user: user)
            let signed = try fixture.signed(issued, by: wallet)
            let outcomes = try await Self.outcomes(200) { _ in
                try await fixture.refusal {
                    try await fixture.parts.linking.link(signed, user: user, traceparent: nil)
                }
            }
            #expect(outcomes == [nil: 1, "challenge-used": 199])
            try await expectEqual(fixture.count("links"), 1)
        }
    }

    @Test func ofTwoAccountsThatLinkOneWalletAtOnceExactlyOneWins() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            for round in 0..<25 {
                let wallet = [TestWallet.solana(), .ethereum(), .cosmos()][round % 3]
                let people = [try await fixture.signIn(), try await fixture.signIn()]
                var attempts: [SignedChallenge] = []
                for person in people {
                    attempts.append(try fixture.signed(try await fixture.challenge(wallet, person), by: wallet))
                }
                let ready = attempts
                let outcomes = try await Self.outcomes(2) { index in
                    try await fixture.refusal {
                        try await fixture.identity.call(
                            LinkWallet.self, ready[index], session: people[index].token, timeout: .seconds(60))
                    }
                }
                #expect(outcomes == [nil: 1, "wallet-taken": 1])
            }
            try await expectEqual(fixture.count("links"), 25)
        }
    }

    @Test func anAccountThatLinksManyAtOnceHasOneOfAFamily() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let person = try await fixture.signIn()
            var attempts: [SignedChallenge] = []
            for _ in 0..<10 {
                let wallet = TestWallet.solana()
                attempts.append(try fixture.signed(try await fixture.challenge(wallet, person), by: wallet))
            }
            let ready = attempts
            let outcomes = try await Self.outcomes(10) { index in
                try await fixture.refusal {
                    try await fixture.identity.call(
                        LinkWallet.self, ready[index], session: person.token, timeout: .seconds(60))
                }
            }
            #expect(outcomes == [nil: 1, "challenge-outdated": 9])
            try await expectEqual(fixture.links(of: person.id).count, 1)
        }
    }

    @Test func aBountysSignatureIsAcceptedOnceAndAnsweredAlways() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let wallet = TestWallet.cosmos()
            let person = try await fixture.signIn()
            try await fixture.link(wallet, to: person)
            let issued = try await fixture.identity.call(
                CreateBountyChallenge.self, .init(wallet: wallet.name, terms: .sample), session: person.token)
            let signed = try fixture.signed(issued, by: wallet)
            let receipts = try await withThrowingTaskGroup(of: SignatureReceipt.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await fixture.identity.call(
                            AcceptBountySignature.self, signed, session: person.token, timeout: .seconds(60))
                    }
                }
                return try await group.reduce(into: [SignatureReceipt]()) { $0.append($1) }
            }
            #expect(receipts.count == 200)
            #expect(receipts.allSatisfy { $0 == receipts.first })
        }
    }

    /// The schema says so, whatever the code does.
    @Test func theSchemaItselfRefusesTwoOfOne() async throws {
        try await IdentityFixture.run { fixture in
            let one = try await fixture.signIn()
            let other = try await fixture.signIn()
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: one)
            func copy(_ githubID: Int64, _ key: SQL, _ state: String) -> SQL {
                """
                INSERT INTO links (id, github_id, family, wallet, wallet_key, state, challenge_id, linked_at, effective_at,
                                   activated_at)
                SELECT gen_random_uuid(), \(githubID), family, wallet, \(key), \(state), gen_random_uuid(), linked_at,
                       effective_at, CASE WHEN \(state) = 'active' THEN linked_at END FROM links LIMIT 1
                """
            }
            for (statement, constraint) in [
                (copy(other.id, "wallet_key", "active"), "links_one_account"),
                (copy(other.id, "wallet_key", "pending"), "links_one_account"),
                (copy(one.id, "'\\x00'::bytea", "active"), "links_one_active"),
            ] {
                let error = await #expect(throws: PostgresError.self) {
                    try await fixture.database.execute(statement)
                }
                #expect(error?.isUniqueViolation(constraint: constraint) == true)
            }
            for statement: SQL in [
                "UPDATE identity_events SET type = 'x'", "UPDATE identity_events SET data = NULL",
                "DELETE FROM identity_events",
            ] {
                await #expect(throws: PostgresError.self) { try await fixture.database.execute(statement) }
            }
        }
    }
}

extension SignedTerms {
    static let sample = SignedTerms(
        bounty: "0192f8a5-7c00-7000-8000-000000000001", version: 2, repositoryID: 1_296_269,
        repositoryName: "octocat/Hello-World", issueNumber: 1_347, isPullRequest: false, amount: "250",
        denomination: "USDC", units: "250000000",
        asset: "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")
}
