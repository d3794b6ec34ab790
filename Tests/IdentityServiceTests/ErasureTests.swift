import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import Postgres
import TestSupport
import TestWallets
import Testing

@testable import IdentityService

struct ErasureTests {
    /// Everything that the database says of an account, as text.
    private static func dump(_ fixture: IdentityFixture) async throws -> String {
        var text = ""
        for table in [
            "accounts", "login_claims", "sessions", "challenges", "links", "identity_events", "rate_limits",
        ] {
            for row in try await fixture.database.query("SELECT t::text AS row FROM \(identifier: table) t") {
                text += try row.get("row", as: String.self) + "\n"
            }
        }
        return text
    }

    @Test func nothingOfAPersonIsLeftAndOthersAreTold() async throws {
        try await IdentityFixture.run { fixture in
            let wallet = TestWallet.solana()
            let person = try await fixture.signIn(login: "very-personal")
            try await fixture.link(wallet, to: person)
            try await fixture.link(.ethereum(), to: person)
            try await fixture.link(.solana(), to: person)
            _ = try await fixture.events(of: person.id, count: 3)
            let clock = fixture.clock
            let erasure = Erasure(database: fixture.database, now: { clock.now })
            try await expectEqual(erasure.erase(person.id), .erased)

            let left = try await Self.dump(fixture)
            #expect(!left.contains("very-personal"))
            #expect(!left.contains(wallet.address))
            #expect(left.contains(String(person.id)))
            try await expectEqual(fixture.refusal { try await fixture.renewed(person) }, "session-ended")
            try await expectEqual(fixture.refusal { try await fixture.challenge(wallet, person) }, "session-ended")
            try await expectEqual(fixture.links(of: person.id).isEmpty, true)

            let event = try #require(try await fixture.events(of: person.id, count: 4).last)
            #expect(event.kind == .erased)
            #expect(event.identity.github == .init(id: person.id, login: nil))
            #expect(event.identity.links.isEmpty)
            // The stream keeps that alone.
            try await poll { try await erasure.isPublished(person.id) }
            let subject = Subjects.identityEvent(account: person.id)
            try await expectEqual(fixture.client.purge(StreamName.events, of: subject, keeping: 1), 3)
            try await expectEqual(fixture.client.purge(StreamName.events, of: subject, keeping: 1), 0)
            try await expectEqual(fixture.events(of: person.id, count: 1), [event])
            try await expectEqual(erasure.unpurged(), [person.id])
            try await erasure.markPurged(person.id)
            try await expectEqual(erasure.unpurged().isEmpty, true)
        }
    }

    @Test func walletsThatPayoutsNameAndWhatSponsorsSignedAreKept() async throws {
        try await IdentityFixture.run { fixture in
            let paid = TestWallet.solana()
            let other = TestWallet.ethereum()
            let person = try await fixture.signIn(login: "very-personal")
            try await fixture.link(paid, to: person)
            _ = try await fixture.identity.call(
                ResolveAccounts.self, .init(accounts: [.init(id: person.id)], forPayout: true))
            try await fixture.link(other, to: person)
            let issued = try await BountySignatureTests.challenge(paid, person, fixture)
            let signed = try fixture.signed(issued, by: paid)
            _ = try await BountySignatureTests.accept(signed, person, fixture)
            try await expectEqual(Erasure(database: fixture.database).erase(person.id), .erased)
            let left = try await Self.dump(fixture)
            #expect(left.contains(paid.address))
            #expect(!left.contains("very-personal"))
            #expect(!left.lowercased().contains(other.address.lowercased()))
            try await expectEqual(fixture.count("challenges"), 1)
        }
    }

    @Test func beingErasedIsNoWayAroundTheCoolingOffPeriod() async throws {
        try await IdentityFixture.run { fixture in
            let wallet = TestWallet.solana()
            let person = try await fixture.signIn(login: "someone")
            try await fixture.link(wallet, to: person)
            let clock = fixture.clock
            let erasure = Erasure(database: fixture.database, now: { clock.now })
            try await expectEqual(erasure.erase(person.id), .erased)
            // Back again: who it was is not known, so nobody can agree, not even the wallet itself.
            let again = try await fixture.signIn(person.id, login: "someone")
            let issued = try await fixture.challenge(.solana(), again)
            #expect(issued.previousWallet == nil)
            try await expectEqual(fixture.link(wallet, to: again).link.state, .pending)
            // The wallet is free for others as soon as it does not wait here.
            try await expectEqual(erasure.erase(person.id), .erased)
            let other = try await fixture.signIn()
            try await expectEqual(fixture.link(wallet, to: other).link.state, .active)
        }
    }

    @Test func whoWasNeverHereCannotBeErased() async throws {
        try await IdentityFixture.run(replicas: 0) { fixture in
            try await expectEqual(Erasure(database: fixture.database).erase(1), .unknown)
        }
    }
}
