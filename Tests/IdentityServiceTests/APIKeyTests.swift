import Events
import FoundationEssentials
import IdentityProtocol
import Postgres
import TestWallets
import Testing

@testable import IdentityService

struct APIKeyTests {
    static func exchange(_ key: String, _ fixture: IdentityFixture) async throws -> Session {
        let token = try await fixture.identity.call(ExchangeAPIKey.self, .init(key: key)).token
        return try await LoginTests.session(token, fixture)
    }

    @Test func aKeyBecomesATokenWithItsScopes() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let made = try await fixture.parts.keys.create(name: "treasury", scopes: [.payouts])
            let session = try await Self.exchange(made.key, fixture)
            #expect(session.principal == .program(.init(name: "treasury", scopes: [.payouts])))
            #expect(session.id == made.0.id)
            #expect(session.has(.payouts))
            #expect(!session.has(.read))
            #expect(session.user == nil)
        }
    }

    @Test func onlyItsHashIsKept() async throws {
        try await IdentityFixture.run(replicas: 0) { fixture in
            let made = try await fixture.parts.keys.create(name: "a", scopes: [.read])
            let secret = try #require(made.key.split(separator: "_", maxSplits: 2).last)
            let dump = try await fixture.database.query("SELECT k::text AS row FROM api_keys k")[0].get(
                "row", as: String.self)
            #expect(!dump.contains(secret))
            #expect(secret.utf8.count == 43)
            try await expectEqual(fixture.parts.keys.create(name: "a", scopes: [.read]).key != made.key, true)
        }
    }

    @Test func whatIsRevokedExpiredOrWrongIsRefused() async throws {
        try await IdentityFixture.run { fixture in
            func refusal(_ key: String) async throws -> String? {
                try await fixture.refusal { try await Self.exchange(key, fixture) }
            }
            let keys = fixture.parts.keys
            let made = try await keys.create(name: "a", scopes: [.read], lifetime: .seconds(3_600))
            try await expectEqual(refusal(made.key), nil)
            let other = try await keys.create(name: "b", scopes: [.read])
            let parts = made.key.split(separator: "_", maxSplits: 2)
            let otherSecret = other.key.split(separator: "_", maxSplits: 2)[2]
            for key in [
                "", "bursar", "bursar__", "bursar_x_y", String(made.key.dropLast()), made.key + "A",
                "\(parts[0])_\(parts[1])_\(otherSecret)", "other_\(parts[1])_\(parts[2])",
                "bursar_\(UUID.version7().wireText)_\(parts[2])", String(repeating: "a", count: 200), "a\u{0}_b_c",
            ] {
                try await expectEqual(refusal(key), "unknown-key")
            }
            try await expectEqual(keys.revoke(other.0.id), true)
            try await expectEqual(keys.revoke(other.0.id), false)
            try await expectEqual(refusal(other.key), "unknown-key")
            // The last token does not outlive the key.
            fixture.clock.advance(by: 3_500)
            try await expectEqual(Self.exchange(made.key, fixture).expiresAt, TestClock.start.addingTimeInterval(3_600))
            fixture.clock.advance(by: 100)
            try await expectEqual(refusal(made.key), "unknown-key")
            let listed = try await keys.list()
            #expect(Set(listed.map(\.name)) == ["a", "b"])
            #expect(listed.first { $0.name == "b" }?.revokedAt != nil)
        }
    }

    @Test func aProgramHasNoWallets() async throws {
        try await IdentityFixture.run { fixture in
            let made = try await fixture.parts.keys.create(name: "a", scopes: [.payouts])
            let token = try await fixture.identity.call(ExchangeAPIKey.self, .init(key: made.key)).token
            let refusal = try await fixture.refusal {
                try await fixture.identity.call(
                    CreateLinkChallenge.self, .init(wallet: TestWallet.solana().name, client: nil), session: token)
            }
            #expect(refusal == "not-a-person")
            let renewal = try await fixture.refusal {
                try await fixture.identity.call(RenewSession.self, .init(token: token))
            }
            #expect(renewal == "session-ended")
        }
    }
}
