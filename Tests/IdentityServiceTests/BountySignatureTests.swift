import Events
import FoundationEssentials
import IdentityProtocol
import TestWallets
import Testing

@testable import IdentityService

struct BountySignatureTests {
    static func challenge(
        _ wallet: TestWallet, _ person: IdentityFixture.Person, _ fixture: IdentityFixture, terms: SignedTerms = .sample
    ) async throws -> IssuedChallenge {
        try await fixture.identity.call(
            CreateBountyChallenge.self, .init(wallet: wallet.name, terms: terms), session: person.token)
    }

    static func accept(
        _ signed: SignedChallenge, _ person: IdentityFixture.Person, _ fixture: IdentityFixture
    ) async throws -> SignatureReceipt {
        try await fixture.identity.call(AcceptBountySignature.self, signed, session: person.token)
    }

    @Test(arguments: [TestWallet.solana(), .ethereum(), .cosmos(), .evmos()])
    func aSponsorsSignatureIsAcceptedAndTheReceiptStays(wallet: TestWallet) async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let link = try await fixture.link(wallet, to: person).link
            let issued = try await Self.challenge(wallet, person, fixture)
            #expect(issued.message.contains("250 USDC (250000000 units of"))
            #expect(issued.message.contains("URI: https://bursar.example/bounties/\(SignedTerms.sample.bounty)"))
            let signed = try fixture.signed(issued, by: wallet)
            let receipt = try await Self.accept(signed, person, fixture)
            #expect(receipt.terms == .sample)
            #expect(receipt.githubID == person.id)
            #expect(receipt.wallet == link.wallet)
            // After a crash of who asked, days later, with the wallet unlinked since.
            fixture.clock.advance(by: 86_400 - 1)
            let again = try await fixture.signIn(person.id)
            _ = try await fixture.unlink(link, of: again)
            try await expectEqual(Self.accept(signed, again, fixture), receipt)
        }
    }

    @Test func whatDoesNotFitIsRefused() async throws {
        try await IdentityFixture.run { fixture in
            let wallet = TestWallet.solana()
            let person = try await fixture.signIn()
            try await expectEqual(
                fixture.refusal { try await Self.challenge(wallet, person, fixture) }, "wallet-not-linked")
            let link = try await fixture.link(wallet, to: person).link
            try await expectEqual(
                fixture.refusal { try await Self.challenge(.solana(), person, fixture) }, "wallet-not-linked")
            let issued = try await Self.challenge(wallet, person, fixture)
            let signed = try fixture.signed(issued, by: wallet)
            let other = try await fixture.signIn()
            try await expectEqual(fixture.refusal { try await Self.accept(signed, other, fixture) }, "other-account")
            // For another purpose, either way.
            try await expectEqual(
                fixture.refusal {
                    try await fixture.identity.call(LinkWallet.self, signed, session: person.token)
                }, "other-purpose")
            let forLink = try fixture.signed(
                try await fixture.challenge(.solana(), person), by: wallet)
            try await expectEqual(fixture.refusal { try await Self.accept(forLink, person, fixture) }, "other-purpose")
            var wrong = signed
            wrong.signature = try wallet.sign(issued.message + " ")
            try await expectEqual(
                fixture.refusal { try await Self.accept(wrong, person, fixture) }, "signature-mismatch")
            // Unlinked before it was signed.
            _ = try await fixture.unlink(link, of: person)
            try await expectEqual(
                fixture.refusal { try await Self.accept(signed, person, fixture) }, "wallet-not-linked")
            try await fixture.link(wallet, to: person)
            _ = try await Self.accept(signed, person, fixture)
            try await expectEqual(fixture.refusal { try await Self.accept(wrong, person, fixture) }, "challenge-used")
            try await expectEqual(fixture.refusal { try await Self.accept(signed, other, fixture) }, "other-account")
        }
    }

    @Test(
        arguments: [
            { $0.bounty = "x" }, { $0.version = 0 }, { $0.amount = "" }, { $0.amount = "1\n2" }, { $0.units = "\"1\"" },
            { $0.repositoryName = "a b" }, { $0.asset = "%" }, { $0.issueNumber = 0 }, { $0.denomination = "<b>" },
            { $0.asset = String(repeating: "a", count: 600) },
        ] as [@Sendable (inout SignedTerms) -> Void])
    func termsThatCannotBeShownAreRefused(change: @Sendable (inout SignedTerms) -> Void) async throws {
        var terms = SignedTerms.sample
        change(&terms)
        let wrong = terms
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let wallet = TestWallet.solana()
            try await fixture.link(wallet, to: person)
            let refusal = try await fixture.refusal {
                try await Self.challenge(wallet, person, fixture, terms: wrong)
            }
            #expect(refusal == "invalid-terms")
        }
    }
}
