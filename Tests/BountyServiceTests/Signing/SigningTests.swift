import BountyDomain
import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import TestSupport
import TestWallets
import Testing

@testable import BountyService

/// A proposed bounty becomes active by its sponsor's wallet, with the real identity service.
@Suite(.serialized)
struct SigningTests {
    private static func token(_ bounty: BountyRecord, _ fixture: SettlementFixture) throws -> String {
        let url = try links(fixture).url(for: bounty)
        return String(try #require(url.split(separator: "=").last))
    }

    private static func links(_ fixture: SettlementFixture) throws -> SigningLinks {
        SigningLinks(fixture.configuration.linkSecrets, publicURL: fixture.configuration.publicURL)
    }

    private static func challenge(
        _ bounty: BountyRecord, _ wallet: String, _ person: SettlementFixture.Person, _ fixture: SettlementFixture,
        link: String? = nil
    ) async throws -> IssuedChallenge {
        try await fixture.services.call(
            CreateSigningChallenge.self,
            .init(bounty: bounty.id.wireText, link: try link ?? token(bounty, fixture), wallet: wallet),
            session: person.token)
    }

    private static func sign(
        _ bounty: BountyRecord, _ issued: IssuedChallenge, _ wallet: TestWallet, _ person: SettlementFixture.Person,
        _ fixture: SettlementFixture
    ) async throws -> BountyRecord {
        try await fixture.services.call(
            SignBounty.self,
            .init(
                bounty: bounty.id.wireText, challenge: issued.challenge, signature: try wallet.sign(issued.message),
                publicKey: wallet.publicKey), session: person.token)
    }

    @Test(arguments: [("usdc:250", TestWallet.solana()), ("eth:0.5", .ethereum()), ("atom:5", .cosmos())])
    func theSponsorsWalletMakesItActive(money: String, wallet: TestWallet) async throws {
        try await SettlementFixture.run { fixture in
            let sponsor = try await fixture.signIn("sponsor")
            try await fixture.link(wallet, to: sponsor)
            let bounty = try await fixture.propose(money, by: sponsor.account)
            let issued = try await Self.challenge(bounty, wallet.name, sponsor, fixture)
            #expect(issued.message.contains("https://bursar.example/bounties/\(bounty.id.wireText)"))
            let signed = try await Self.sign(bounty, issued, wallet, sponsor, fixture)
            #expect(signed.state == .active)
            #expect(signed.version == 2)
            // Canonical: of Ethereum, with the checksum.
            #expect(signed.wallet?.lowercased() == wallet.name.lowercased())
            // Again, after an answer that was lost.
            try await expectEqual(Self.sign(bounty, issued, wallet, sponsor, fixture), signed)
            try await expectEqual(fixture.steps(of: bounty.id), ["proposed", "signed"])
            let refusal = try await fixture.refusal {
                try await Self.challenge(bounty, wallet.name, sponsor, fixture)
            }
            #expect(refusal == "not-proposed")
        }
    }

    @Test func aBurstOfSignaturesSignsItOnce() async throws {
        try await SettlementFixture.run(replicas: 2) { fixture in
            let (sponsor, wallet) = (try await fixture.signIn("sponsor"), TestWallet.solana())
            try await fixture.link(wallet, to: sponsor)
            let bounty = try await fixture.propose(by: sponsor.account)
            var challenges: [IssuedChallenge] = []
            for _ in 0..<4 { challenges.append(try await Self.challenge(bounty, wallet.name, sponsor, fixture)) }
            let answers = try await withThrowingTaskGroup(of: BountyRecord.self) { group in
                for index in 0..<32 {
                    let issued = challenges[index % challenges.count]
                    group.addTask { try await Self.sign(bounty, issued, wallet, sponsor, fixture) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 32)
            #expect(Set(answers.map(\.version)) == [2])
            try await expectEqual(fixture.steps(of: bounty.id), ["proposed", "signed"])
        }
    }

    @Test func nobodyElseAndNothingElseIsSigned() async throws {
        try await SettlementFixture.run { fixture in
            let (sponsor, mallory) = (try await fixture.signIn("sponsor"), try await fixture.signIn("mallory"))
            let (wallet, foreign) = (TestWallet.solana(), TestWallet.solana())
            try await fixture.link(wallet, to: sponsor)
            try await fixture.link(foreign, to: mallory)
            let bounty = try await fixture.propose(by: sponsor.account)
            func refused(_ body: () async throws -> Void) async throws -> String? { try await fixture.refusal(body) }
            func challenged(
                by person: SettlementFixture.Person, _ wallet: String, link: String? = nil
            ) async throws -> String? {
                try await fixture.refusal { try await Self.challenge(bounty, wallet, person, fixture, link: link) }
            }
            try await expectEqual(challenged(by: mallory, foreign.name), "not-the-sponsor")
            try await expectEqual(challenged(by: sponsor, foreign.name), "wallet-not-linked")
            try await expectEqual(challenged(by: sponsor, wallet.name, link: "x"), "wrong-link")
            try await expectEqual(challenged(by: sponsor, TestWallet.ethereum().name), "wrong-chain")
            let elsewhere = try await fixture.propose(by: sponsor.account)
            try await expectEqual(
                challenged(by: sponsor, wallet.name, link: Self.token(elsewhere, fixture)), "wrong-link")
            // Of an earlier version.
            var old = bounty
            old.version = 2
            try await expectEqual(
                challenged(by: sponsor, wallet.name, link: Self.token(old, fixture)), "bounty-changed")
            var ended = bounty
            ended.expiresAt = Date(timeIntervalSinceNow: -1)
            try await expectEqual(
                challenged(by: sponsor, wallet.name, link: Self.token(ended, fixture)), "bounty-changed")
            // A text of one bounty is no signature of another.
            let issued = try await Self.challenge(bounty, wallet.name, sponsor, fixture)
            try await expectEqual(
                fixture.refusal { try await Self.sign(elsewhere, issued, wallet, sponsor, fixture) }, "other-bounty")
            try await expectEqual(
                fixture.refusal { try await Self.sign(bounty, issued, wallet, mallory, fixture) }, "not-the-sponsor")
            let unsigned = try await Self.challenge(bounty, wallet.name, sponsor, fixture)
            try await expectEqual(
                fixture.refusal { try await Self.sign(bounty, unsigned, foreign, sponsor, fixture) },
                "signature-mismatch")
            // A program is no person, and nobody is nobody.
            let program = SettlementFixture.Person(
                account: sponsor.account, token: try fixture.program([.payouts]))
            try await expectEqual(challenged(by: program, wallet.name), "not-a-person")
            let nobody = SettlementFixture.Person(account: sponsor.account, token: "bs1.x.y.z")
            try await expectEqual(challenged(by: nobody, wallet.name), "session-ended")
            try await expectEqual(fixture.steps(of: bounty.id), ["proposed"])
            try await expectEqual(
                fixture.refusal {
                    var unknown = bounty
                    unknown.id = UUID()
                    _ = try await Self.challenge(unknown, wallet.name, sponsor, fixture)
                }, "not-found")
        }
    }

    @Test func whatChangedSinceTheTextWasMadeIsNotSigned() async throws {
        try await SettlementFixture.run { fixture in
            let (sponsor, wallet) = (try await fixture.signIn("sponsor"), TestWallet.solana())
            try await fixture.link(wallet, to: sponsor)
            let bounty = try await fixture.propose(by: sponsor.account)
            let issued = try await Self.challenge(bounty, wallet.name, sponsor, fixture)
            // The issue moves to another repository, and with it the text.
            let moved = try #require(
                try bounty.move(
                    to: .init(id: 5, fullName: "acme/boots"), issue: bounty.issue, source: bounty.source, at: .now))
            try await fixture.record(moved)
            try await expectEqual(
                fixture.refusal { try await Self.sign(bounty, issued, wallet, sponsor, fixture) }, "bounty-changed")
            let again = try await Self.challenge(moved.bounty, wallet.name, sponsor, fixture)
            let signed = try await Self.sign(moved.bounty, again, wallet, sponsor, fixture)
            #expect(signed.state == .active)
            #expect(signed.version == 3)
            let cancelled = try await fixture.propose(by: sponsor.account)
            let late = try await Self.challenge(cancelled, wallet.name, sponsor, fixture)
            try await fixture.record(try cancelled.cancel(.textDeleted, at: .now))
            try await expectEqual(
                fixture.refusal { try await Self.sign(cancelled, late, wallet, sponsor, fixture) }, "not-proposed")
        }
    }
}
