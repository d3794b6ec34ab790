import Events
import FoundationEssentials
import IdentityProtocol
import TestSupport
import TestWallets
import Testing

@testable import IdentityService

struct LinkTests {
    static let day: TimeInterval = 86_400
    typealias Make = @Sendable () -> TestWallet
    static let families: [(name: String, make: Make)] = [
        ("solana", { .solana() }), ("ethereum", { .ethereum() }), ("cosmos", { .cosmos() }), ("cosmos", { .evmos() }),
    ]

    @Test(arguments: families.indices)
    func theFirstWalletOfAFamilyCountsAtOnce(index: Int) async throws {
        let (family, make) = Self.families[index]
        try await IdentityFixture.run { fixture in
            let wallet = make()
            let person = try await fixture.signIn(login: "Octo-Cat")
            let outcome = try await fixture.link(wallet, to: person)
            #expect(outcome.github == .init(id: person.id, login: "Octo-Cat"))
            #expect(outcome.link.family == family)
            #expect(outcome.link.state == .active)
            #expect(outcome.link.wallet?.lowercased() == wallet.name.lowercased())
            #expect(outcome.version == 1)
            try await expectEqual(fixture.links(of: person.id), [outcome.link])
            let events = try await fixture.events(of: person.id, count: 1)
            let event = try #require(events.first)
            #expect(event.kind == .linked)
            #expect(event.link == outcome.link)
            #expect(event.identity.links == [outcome.link])
        }
    }

    @Test func anAccountHasOneWalletOfEachFamily() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            for wallet in [TestWallet.solana(), .ethereum(), .cosmos()] { try await fixture.link(wallet, to: person) }
            try await expectEqual(fixture.links(of: person.id).map(\.family), ["solana", "ethereum", "cosmos"])
        }
    }

    @Test(arguments: families.indices)
    func anotherWaitsAndThenTakesOver(index: Int) async throws {
        let (_, make) = Self.families[index]
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let first = try await fixture.link(make(), to: person)
            let second = try await fixture.link(make(), to: person)
            #expect(second.link.state == .pending)
            #expect(second.link.effectiveAt == fixture.clock.now.addingTimeInterval(Self.day))
            try await expectEqual(fixture.links(of: person.id), [first.link])

            fixture.clock.advance(by: Self.day - 1)
            try await expectEqual(fixture.parts.linking.promoteDue(), 0)
            try await expectEqual(fixture.links(of: person.id), [first.link])
            fixture.clock.advance(by: 1)
            // The service does it by itself.
            try await poll { try await fixture.links(of: person.id).map(\.id) == [second.link.id] }
            let events = try await fixture.events(of: person.id, count: 3)
            #expect(events.map(\.kind) == [.linked, .changeRequested, .changed])
            #expect(events.map(\.identity.version) == [1, 2, 3])
            #expect(events.dropFirst().first?.identity.links.map(\.state) == [.active, .pending])
            #expect(events.last?.identity.links.map(\.id) == [second.link.id])
        }
    }

    @Test(arguments: families.indices)
    func withTheLastWalletsAgreementAnotherCountsAtOnce(index: Int) async throws {
        let (_, make) = Self.families[index]
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let old = make()
            let first = try await fixture.link(old, to: person)
            let new = make()
            let issued = try await fixture.challenge(new, person)
            #expect(issued.previousWallet == first.link.wallet)
            #expect(issued.message.contains("in place of \(first.link.wallet ?? "")"))
            // Another's agreement is none.
            var signed = try fixture.signed(issued, by: new, and: make())
            let refusal = try await fixture.refusal {
                try await fixture.identity.call(LinkWallet.self, signed, session: person.token)
            }
            #expect(["signature-mismatch", "other-public-key"].contains(refusal))
            signed = try fixture.signed(issued, by: new, and: old)
            let second = try await fixture.identity.call(LinkWallet.self, signed, session: person.token)
            #expect(second.link.state == .active)
            try await expectEqual(fixture.links(of: person.id), [second.link])
        }
    }

    @Test func anUnlinkHasAReceiptAndTheNextWalletIsAChange() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let old = TestWallet.solana()
            let first = try await fixture.link(old, to: person)
            fixture.clock.advance(by: 10)
            let receipt = try await fixture.unlink(first.link, of: person)
            #expect(receipt.link.state == .revoked)
            #expect(receipt.link.revokedAt == fixture.clock.now)
            #expect(receipt.link.wallet == first.link.wallet)
            try await expectEqual(fixture.unlink(first.link, of: person), receipt)
            try await expectEqual(fixture.links(of: person.id).isEmpty, true)

            let waiting = try await fixture.link(.solana(), to: person)
            #expect(waiting.link.state == .pending)
            let stopped = try await fixture.unlink(waiting.link, of: person)
            #expect(stopped.link.state == .revoked)
            fixture.clock.advance(by: 2 * Self.day)
            try await expectEqual(fixture.parts.linking.promoteDue(), 0)
            let again = try await fixture.signIn(person.id)
            let agreed = try await fixture.link(.solana(), to: again, agreedBy: old)
            #expect(agreed.link.state == .active)
            let kinds = try await fixture.events(of: person.id, count: 5).map(\.kind)
            #expect(kinds == [.linked, .unlinked, .changeRequested, .changeStopped, .linked])
        }
    }

    @Test func theLastWalletComesBackAtOnce() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let wallet = TestWallet.ethereum()
            let first = try await fixture.link(wallet, to: person)
            _ = try await fixture.unlink(first.link, of: person)
            let second = try await fixture.link(wallet, to: person)
            #expect(second.link.state == .active)
            #expect(second.link.id != first.link.id)
        }
    }

    @Test func aWalletHasOneAccountAlsoWhileItWaits() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let other = try await fixture.signIn()
            let secret = TestWallet.randomSecret()
            try await fixture.link(.ethereum(), to: person)
            let waiting = try await fixture.link(.ethereum(secret), to: person)
            // The same key on another chain is the same wallet.
            for wallet in [TestWallet.ethereum(secret), .ethereum(secret, chain: 8453)] {
                try await expectEqual(fixture.refusal { try await fixture.link(wallet, to: other) }, "wallet-taken")
            }
            _ = try await fixture.unlink(waiting.link, of: person)
            try await fixture.link(.ethereum(secret), to: other)
        }
    }

    @Test func oneChangeWaitsAtATime() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            try await fixture.link(.solana(), to: person)
            try await fixture.link(.solana(), to: person)
            try await expectEqual(fixture.refusal { try await fixture.link(.solana(), to: person) }, "change-pending")
        }
    }

    @Test func anothersLinkCannotBeTakenBack() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let outcome = try await fixture.link(.solana(), to: person)
            let other = try await fixture.signIn()
            try await expectEqual(fixture.refusal { try await fixture.unlink(outcome.link, of: other) }, "unknown-link")
            for id in ["", "nonsense", UUID.version7().wireText] {
                let refusal = try await fixture.refusal {
                    try await fixture.identity.call(UnlinkWallet.self, .init(link: id), session: person.token)
                }
                #expect(refusal == "unknown-link")
            }
        }
    }

    @Test func nobodyLinksWithoutASession() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn()
            let issued = try await fixture.challenge(.solana(), person)
            for (token, reason) in [
                (nil, "not-signed-in"), ("nonsense", "session-ended"),
                (String(person.token.dropLast()), "session-ended"),
            ] {
                let refusal = try await fixture.refusal {
                    try await fixture.identity.call(
                        LinkWallet.self, .init(challenge: issued.challenge, signature: "x"), session: token)
                }
                #expect(refusal == reason)
            }
            fixture.clock.advance(by: 600)
            try await expectEqual(fixture.refusal { try await fixture.challenge(.solana(), person) }, "session-ended")
        }
    }
}
