import Events
import IdentityProtocol
import TestWallets
import Testing

@testable import IdentityService

struct ResolutionTests {
    @Test func accountsAreFoundByIdAndByLogin() async throws {
        try await IdentityFixture.run { fixture in
            let alice = try await fixture.signIn(login: "Alice")
            let link = try await fixture.link(.solana(), to: alice).link
            _ = try await fixture.signIn(login: "bob")
            let found = try await fixture.identity.call(
                ResolveAccounts.self,
                .init(accounts: [
                    .init(id: alice.id), .init(login: "ALICE"), .init(login: "bob"), .init(id: 7),
                    .init(login: "nobody"),
                ])
            ).accounts
            #expect(found.map { $0?.github.id } == [alice.id, alice.id, nil, nil, nil])
            let second = try #require(found.dropFirst().first)
            #expect(second?.links == [link])
            #expect(second?.github.login == "Alice")
        }
    }

    @Test func aLoginMeansWhoLinkedUnderItWhoeverHasItNow() async throws {
        try await IdentityFixture.run { fixture in
            let first = try await fixture.signIn(login: "alice")
            try await fixture.link(.solana(), to: first)
            // Renamed at GitHub, and the login taken by somebody else, who links too.
            _ = try await fixture.signIn(first.id, login: "alice-smith")
            let second = try await fixture.signIn(login: "Alice")
            try await fixture.link(.solana(), to: second)
            let byLogin = try await fixture.identity.call(
                ResolveAccounts.self, .init(accounts: [.init(login: "alice"), .init(id: second.id)])
            ).accounts
            #expect(byLogin[0]?.github == .init(id: first.id, login: "alice-smith"))
            #expect(byLogin[1]?.github == .init(id: second.id, login: "Alice"))
            let shown = try await fixture.identity.call(ShowIdentity.self, .init(account: "alice"))
            #expect(shown.github.id == first.id)
        }
    }

    @Test func oneIsShownByIdByLoginAndWithAtSign() async throws {
        try await IdentityFixture.run { fixture in
            let person = try await fixture.signIn(501, login: "777")
            let link = try await fixture.link(.solana(), to: person).link
            let waiting = try await fixture.link(.solana(), to: person).link
            func show(_ account: String, as token: String? = nil) async throws -> IdentityRecord {
                try await fixture.identity.call(ShowIdentity.self, .init(account: account), session: token)
            }
            try await expectEqual(show("501").links, [link])
            try await expectEqual(show("@777").links, [link])
            // Its own session sees what waits; another's does not.
            try await expectEqual(show("501", as: person.token).links, [link, waiting])
            let other = try await fixture.signIn()
            try await expectEqual(show("501", as: other.token).links, [link])
            for account in ["777", "502", "nobody", "@", "", "99999999999999999999", "a\u{0}b"] {
                try await expectEqual(fixture.refusal { try await show(account) }, "unknown-account", "\(account)")
            }
            // Who has not linked yet is shown to themselves alone.
            try await expectEqual(show(String(other.id), as: other.token).links.isEmpty, true)
            try await expectEqual(fixture.refusal { try await show(String(other.id)) }, "unknown-account")
        }
    }

    @Test func malformedRequestsAreRefused() async throws {
        try await IdentityFixture.run { fixture in
            var both = ResolveAccounts.Request.Query(id: 1)
            both.login = "a"
            var neither = ResolveAccounts.Request.Query(id: 1)
            neither.id = nil
            for query in [both, neither] {
                let refusal = try await fixture.refusal {
                    try await fixture.identity.call(ResolveAccounts.self, .init(accounts: [query]))
                }
                #expect(refusal == "malformed-request")
            }
            let many = [ResolveAccounts.Request.Query](repeating: .init(id: 1), count: 101)
            let refusal = try await fixture.refusal {
                try await fixture.identity.call(ResolveAccounts.self, .init(accounts: many))
            }
            #expect(refusal == "too-many-accounts")
        }
    }
}
