import Encodings
import Events
import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import Postgres
import TestSupport
import TestWallets
import Testing

@testable import IdentityService

struct ChallengeTests {
    @Test(arguments: [TestWallet.solana(), .ethereum(), .cosmos(), .evmos()])
    func aChallengeSaysWhatItIsForAndIsKept(wallet: TestWallet) async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn(583_231, login: "octocat")
            let issued = try await fixture.challenge(wallet, person)
            let row = try #require(try await fixture.database.query("SELECT * FROM challenges").first)
            #expect(try row.get("message") == issued.message)
            #expect(try row.get("github_id") == 583_231)
            let nonce = try row.get("nonce", as: String.self)
            let address = try Wallet(wallet.name, cosmosChains: TestWallet.cosmosChains ?? .standard).address
            for part in [
                "bursar.example wants you", address, "octocat (id 583231)", "URI: https://bursar.example/link",
                "Nonce: \(nonce)", "Expiration Time: \(issued.expiresAt.wireText)", "Request ID: \(issued.challenge)",
            ] { #expect(issued.message.contains(part), "\(part)") }
            #expect(issued.expiresAt == fixture.clock.now.addingTimeInterval(300))
            #expect(issued.previousWallet == nil)
        }
    }

    @Test(arguments: [
        ("solana:x:y", "unsupported-chain"), ("nonsense", "invalid-wallet"), ("eip155:1:0x00", "invalid-address"),
        ("eip155:1:0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "wrong-checksum"),
        ("cosmos:cosmoshub-4:osmo1qqqq", "invalid-address"), ("bip122:1:x", "unsupported-chain"),
    ])
    func aWalletThatIsNoneIsRefused(name: String, reason: String) async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let found = try await fixture.refusal {
                try await fixture.identity.call(
                    CreateLinkChallenge.self, .init(wallet: name, client: nil), session: person.token)
            }
            #expect(found == reason)
        }
    }

    /// What is signed must be what was made: here, now, for this, by this account, and once.
    @Test func whatDoesNotFitIsRefused() async throws {
        try await IdentityFixture.run { fixture in
            let wallet = TestWallet.ethereum()
            let person = try await fixture.signIn()
            let other = try await fixture.signIn()
            func refusal(_ signed: SignedChallenge, as who: IdentityFixture.Person = person) async throws -> String? {
                try await fixture.refusal {
                    try await fixture.identity.call(LinkWallet.self, signed, session: who.token)
                }
            }
            let issued = try await fixture.challenge(wallet, person)
            let signed = try fixture.signed(issued, by: wallet)
            func with(_ signature: String) -> SignedChallenge {
                SignedChallenge(challenge: issued.challenge, signature: signature)
            }

            try await expectEqual(refusal(signed, as: other), "other-account")
            var unknown = signed
            unknown.challenge = UUID.version7().wireText
            try await expectEqual(refusal(unknown), "unknown-challenge")
            unknown.challenge = "nonsense"
            try await expectEqual(refusal(unknown), "unknown-challenge")
            // The text of another challenge, another service, another chain, another key.
            let second = try await fixture.challenge(wallet, person)
            try await expectEqual(refusal(with(try wallet.sign(second.message))), "signature-mismatch")
            let phished = issued.message.replacing("bursar.example", with: "bursar.examp1e")
            try await expectEqual(refusal(with(try wallet.sign(phished))), "signature-mismatch")
            let otherChain = issued.message.replacing("Chain ID: 1", with: "Chain ID: 10")
            try await expectEqual(refusal(with(try wallet.sign(otherChain))), "signature-mismatch")
            try await expectEqual(refusal(with(try TestWallet.ethereum().sign(issued.message))), "signature-mismatch")
            try await expectEqual(refusal(with(try TestWallet.solana().sign(issued.message))), "malformed-signature")
            try await expectEqual(refusal(with("0x" + String(repeating: "0", count: 132))), "contract-wallet")
            try await expectEqual(refusal(with(String(signed.signature.dropLast(2)))), "malformed-signature")
            var keyed = signed
            keyed.publicKey = TestWallet.cosmos().publicKey
            try await expectEqual(refusal(keyed), "malformed-public-key")
            var agreed = signed
            agreed.previousSignature = signed.signature
            try await expectEqual(refusal(agreed), "no-previous-wallet")

            // What is stored is compared too.
            try await fixture.database.execute("UPDATE challenges SET domain = 'elsewhere.example'")
            try await expectEqual(refusal(signed), "other-domain")
            try await fixture.database.execute("UPDATE challenges SET domain = 'bursar.example'")
            try await fixture.database.execute("UPDATE challenges SET purpose = 'bounty', terms = '{}'")
            try await expectEqual(refusal(signed), "other-purpose")
            try await fixture.database.execute("UPDATE challenges SET purpose = 'link', terms = NULL")

            fixture.clock.advance(by: -31)
            try await expectEqual(refusal(signed), "session-ended")
            fixture.clock.advance(by: 31 + 300)
            try await expectEqual(refusal(signed), "challenge-expired")
            fixture.clock.advance(by: -1)
            try await expectEqual(refusal(signed), nil)
            try await expectEqual(refusal(signed), "challenge-used")
        }
    }

    @Test func aChallengeOfAReplicaWhoseClockIsAheadIsNotValidYet() async throws {
        try await IdentityFixture.run { fixture in
            let wallet = TestWallet.solana()
            let person = try await fixture.signIn()
            fixture.clock.advance(by: 60)
            let issued = try await fixture.challenge(wallet, person)
            fixture.clock.advance(by: -60)
            let signed = try fixture.signed(issued, by: wallet)
            let found = try await fixture.refusal {
                try await fixture.identity.call(LinkWallet.self, signed, session: person.token)
            }
            #expect(found == "not-yet-valid")
        }
    }

    @Test func tenAreOpenAtMostHoweverManyAskAtOnce() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let person = try await fixture.signIn()
            let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<25 {
                    group.addTask {
                        try await fixture.refusal { try await fixture.challenge(.solana(), person) }
                    }
                }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == nil }.count == 10)
            #expect(outcomes.filter { $0 == "too-many-open-challenges" }.count == 15)
            // They go by themselves.
            fixture.clock.advance(by: 300)
            _ = try await fixture.challenge(.solana(), person)
        }
    }

    @Test func expiredOnesAreRemoved() async throws {
        try await IdentityFixture.run(replicas: 0) { fixture in
            let person = try await fixture.signIn()
            let user = try fixture.parts.sessions.user(person.token)
            for _ in 0..<3 {
                _ = try await fixture.parts.challenges.createForLink(
                    .init(wallet: TestWallet.solana().name, client: nil), user: user)
            }
            let clock = fixture.clock
            let upkeep = Upkeep(
                database: fixture.database, linking: fixture.parts.linking, logger: .quiet, now: { clock.now })
            try await upkeep.prune()
            try await expectEqual(fixture.count("challenges"), 3)
            clock.advance(by: 300)
            try await upkeep.prune()
            try await expectEqual(fixture.count("challenges"), 0)
        }
    }

    @Test func eachAccountWalletAndAddressHasALimit() async throws {
        try await IdentityFixture.run { fixture in
            func refusal(_ wallet: TestWallet, _ person: IdentityFixture.Person, _ client: String?) async throws
                -> String?
            {
                try await fixture.refusal {
                    try await fixture.identity.call(
                        CreateLinkChallenge.self, .init(wallet: wallet.name, client: client), session: person.token)
                }
            }
            func close() async throws { try await fixture.database.execute("DELETE FROM challenges") }
            let person = try await fixture.signIn()
            for _ in 0..<RateLimits.account.count {
                try await expectEqual(refusal(.solana(), person, "192.0.2.1"), nil)
                try await close()
            }
            try await expectEqual(refusal(.solana(), person, nil), "too-many-challenges")
            fixture.clock.advance(by: 599)
            try await expectEqual(refusal(.solana(), person, nil), "too-many-challenges")
            fixture.clock.advance(by: 1)
            let again = try await fixture.signIn(person.id)
            try await expectEqual(refusal(.solana(), again, nil), nil)

            // Used up by many, for one wallet and for one address.
            let wallet = TestWallet.solana()
            let key = Hexadecimal.encode(
                try Wallet(wallet.name, cosmosChains: .standard).key)
            try await fixture.database.execute(
                """
                INSERT INTO rate_limits (subject, window_start, used)
                VALUES (\("wallet/solana/\(key)"), \(fixture.clock.now), \(RateLimits.wallet.count)),
                       ('client/192.0.2.2', \(fixture.clock.now), \(RateLimits.client.count))
                """)
            let another = try await fixture.signIn()
            try await expectEqual(refusal(wallet, another, nil), "too-many-challenges")
            try await expectEqual(refusal(.solana(), another, "192.0.2.2"), "too-many-challenges")
            try await expectEqual(refusal(.solana(), another, "192.0.2.3"), nil)
        }
    }

    @Test func theSchemaItselfRefusesALongLife() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            _ = try await fixture.challenge(.solana(), person)
            await #expect(throws: (any Error).self) {
                try await fixture.database.execute(
                    "UPDATE challenges SET expires_at = issued_at + interval '301 seconds'")
            }
        }
    }
}
