import AsyncHTTPClient
import Events
import FoundationEssentials
import GitHubSandbox
import HTTPTypes
import IdentityProtocol
import NIOCore
import NIOHTTP1
import Postgres
import TestSupport
import Testing

@testable import IdentityService

/// Signing in, against a server that behaves as GitHub does.
struct LoginTests {
    /// What GitHub sends a browser back with, for somebody who agrees; without a login, for somebody who does not.
    static func visit(_ url: String, as login: String = "octocat") async throws -> [String: String] {
        let request = HTTPClientRequest(url: url + "&sandbox_login=\(login)")
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
        let outcome: Result<HTTPClientResponse, any Error>
        do { outcome = .success(try await client.execute(request, timeout: .seconds(30))) } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        let location = try #require(try outcome.get().headers.first(name: "location"))
        let parts = location.split(separator: "?", maxSplits: 1)
        #expect(parts.first == "https://bursar.example/login/github/callback")
        let pairs = try #require(parts.dropFirst().first).split(separator: "&").map { pair -> (String, String) in
            let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (words.first ?? "", words.dropFirst().first ?? "")
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    static func begin(_ fixture: IdentityFixture, returnTo: String? = nil) async throws -> BeginLogin.Response {
        try await fixture.identity.call(BeginLogin.self, .init(returnTo: returnTo))
    }

    static func complete(
        _ fixture: IdentityFixture, _ begun: BeginLogin.Response, _ back: [String: String]
    ) async throws -> CompleteLogin.Response {
        try await fixture.identity.call(
            CompleteLogin.self,
            .init(code: back["code"] ?? "", state: back["state"] ?? "", attempt: begun.attempt))
    }

    static func session(_ token: String, _ fixture: IdentityFixture) async throws -> Session {
        let keys = try await fixture.identity.call(PublishedKeys.self, Nothing()).keys
        #expect(keys.count == 2)
        return try SessionVerifier(keys).verify(token, at: fixture.clock.now)
    }

    @Test func whoAgreesAtGitHubIsSignedIn() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let begun = try await Self.begin(fixture, returnTo: "/link?x=1")
            #expect(!begun.attempt.contains("link"))
            let done = try await Self.complete(fixture, begun, try await Self.visit(begun.url))
            #expect(done.returnTo == "/link?x=1")
            #expect(done.session.endsAt == fixture.clock.now.addingTimeInterval(86_400))
            let session = try await Self.session(done.session.token, fixture)
            #expect(session.user?.githubID == 583_231)
            #expect(session.user?.login == "octocat")
            #expect(session.expiresAt == fixture.clock.now.addingTimeInterval(600))
            // Renamed: the id stays, the label follows.
            fixture.sandbox.set(.init(id: 583_231, login: "octo-puss"))
            let again = try await Self.begin(fixture)
            let renamed = try await Self.complete(fixture, again, try await Self.visit(again.url, as: "octo-puss"))
            #expect(renamed.returnTo == "/")
            try await expectEqual(Self.session(renamed.session.token, fixture).user?.login, "octo-puss")
            let rows = try await fixture.database.query("SELECT github_id, login FROM accounts")
            #expect(rows.count == 1)
            #expect(try rows.first?.get("login") == "octo-puss")
        }
    }

    @Test func theWayBackMustBeThatOfThisBrowser() async throws {
        try await IdentityFixture.run { fixture in
            let mine = try await Self.begin(fixture)
            let theirs = try await Self.begin(fixture)
            let back = try await Self.visit(mine.url)
            func refusal(_ begun: BeginLogin.Response, _ change: [String: String] = [:]) async throws -> String? {
                try await fixture.refusal {
                    try await Self.complete(fixture, begun, back.merging(change) { $1 })
                }
            }
            try await expectEqual(refusal(theirs), "wrong-state")
            try await expectEqual(refusal(mine, ["state": ""]), "wrong-state")
            try await expectEqual(refusal(mine, ["state": "\(back["state"] ?? "")x"]), "wrong-state")
            for attempt in ["", "nonsense", String(mine.attempt.dropLast(2)), mine.attempt + "AAAA"] {
                var wrong = mine
                wrong.attempt = attempt
                try await expectEqual(refusal(wrong), "wrong-state")
            }
            try await expectEqual(refusal(mine, ["code": ""]), "login-refused")
            try await expectEqual(refusal(mine, ["code": String(repeating: "a", count: 300)]), "login-refused")
            #expect(fixture.sandbox.requests(to: "/login/oauth/access_token") == 0)
            try await expectEqual(refusal(mine), nil)
            // A code is good once.
            try await expectEqual(refusal(mine), "login-refused")
        }
    }

    @Test func aCodeOfAnotherSignInDoesNotPassPKCE() async throws {
        try await IdentityFixture.run { fixture in
            let mine = try await Self.begin(fixture)
            let theirs = try await Self.begin(fixture)
            var back = try await Self.visit(mine.url)
            back["code"] = try await Self.visit(theirs.url, as: "road-runner")["code"]
            let stolen = back
            let refusal = try await fixture.refusal { try await Self.complete(fixture, mine, stolen) }
            #expect(refusal == "login-refused")
            try await expectEqual(fixture.count("sessions"), 0)
        }
    }

    @Test func aSignInMustBeOverInTenMinutes() async throws {
        try await IdentityFixture.run { fixture in
            let begun = try await Self.begin(fixture)
            let back = try await Self.visit(begun.url)
            fixture.clock.advance(by: 600)
            try await expectEqual(fixture.refusal { try await Self.complete(fixture, begun, back) }, "login-expired")
        }
    }

    @Test func whoDoesNotAgreeComesBackWithAnError() async throws {
        try await IdentityFixture.run { fixture in
            let begun = try await Self.begin(fixture)
            let back = try await Self.visit(begun.url, as: "")
            #expect(back["error"] == "access_denied")
            #expect(back["code"] == nil)
        }
    }

    @Test func whatGitHubDoesWrongIsItsOwnFault() async throws {
        try await IdentityFixture.run { fixture in
            func refusal(_ change: (inout GitHubSandbox.Faults) -> Void) async throws -> String? {
                var faults = GitHubSandbox.Faults()
                change(&faults)
                fixture.sandbox.setFaults(faults)
                let begun = try await Self.begin(fixture)
                let back = try await Self.visit(begun.url)
                return try await fixture.refusal { try await Self.complete(fixture, begun, back) }
            }
            let changes: [(String?, (inout GitHubSandbox.Faults) -> Void)] = [
                ("github-unavailable", { $0.tokenStatus = .internalServerError }),
                ("github-unavailable", { $0.tokenStatus = .tooManyRequests }),
                ("github-unavailable", { $0.tokenStatus = .found }),
                ("github-unavailable", { $0.tokenBody = "not json" }),
                ("github-unavailable", { $0.tokenBody = "{}" }),
                ("github-unavailable", { $0.tokenBody = #"{"error":"incorrect_client_credentials"}"# }),
                ("github-unavailable", { $0.tokenBody = String(repeating: " ", count: 300_000) + "{}" }),
                ("github-unavailable", { $0.tokenBody = #"{"access_token":"wrong"}"# }),
                ("github-unavailable", { $0.userStatus = .serviceUnavailable }),
                ("github-unavailable", { $0.userBody = "<html>" }),
                ("github-unavailable", { $0.userBody = #"{"id":"1","login":"a"}"# }),
                ("login-refused", { $0.userBody = #"{"id":0,"login":"a"}"# }),
                ("login-refused", { $0.userBody = #"{"id":1,"login":"a b"}"# }),
                ("login-refused", { $0.userBody = #"{"id":1,"login":"acme","type":"Organization"}"# }),
                ("login-refused", { $0.userBody = #"{"id":1,"login":"app[bot]","type":"Bot"}"# }),
                ("github-unavailable", { $0.delay = .seconds(20) }),
                (nil, { $0.delay = .milliseconds(300) }),
            ]
            for (reason, change) in changes {
                let found = try await refusal(change)
                #expect(found == reason)
            }
            try await expectEqual(fixture.count("sessions"), 1)
        }
    }

    @Test func withoutAnApplicationNobodyCanSignIn() async throws {
        try await IdentityFixture.run {
            $0.github = nil
        } _: { fixture in
            try await expectEqual(fixture.refusal { try await Self.begin(fixture) }, "login-not-configured")
        }
    }

    @Test func aSessionIsRenewedUntilItEnds() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let person = try await fixture.signIn()
            let before = try await Self.session(person.token, fixture)
            fixture.clock.advance(by: 3_600)
            let renewed = try await fixture.renewed(person)
            let after = try await Self.session(renewed.token, fixture)
            #expect(after.id == before.id)
            #expect(after.user == before.user)
            fixture.clock.advance(by: 86_400 - 3_600 - 10)
            let last = try await fixture.renewed(person)
            try await expectEqual(
                Self.session(last.token, fixture).expiresAt, TestClock.start.addingTimeInterval(86_400))
            fixture.clock.advance(by: 10)
            try await expectEqual(fixture.refusal { try await fixture.renewed(last) }, "session-ended")
        }
    }

    @Test func afterSigningOutNoTokenOfTheSessionIsRenewed() async throws {
        try await IdentityFixture.run(replicas: 2) { fixture in
            let person = try await fixture.signIn()
            let other = try await fixture.signIn(person.id)
            let renewed = try await fixture.renewed(person)
            _ = try await fixture.identity.call(EndSession.self, .init(token: person.token))
            _ = try await fixture.identity.call(EndSession.self, .init(token: person.token))
            for token in [person, renewed] {
                try await expectEqual(fixture.refusal { try await fixture.renewed(token) }, "session-ended")
            }
            _ = try await fixture.renewed(other)
            for token in ["", "nonsense", String(person.token.dropLast(3))] {
                let refusal = try await fixture.refusal {
                    try await fixture.identity.call(RenewSession.self, .init(token: token))
                }
                #expect(refusal == "session-ended")
            }
        }
    }

    @Test func anAccountHasSoManySessionsAtATime() async throws {
        try await IdentityFixture.run { fixture in
            let first = try await fixture.signIn(1)
            for _ in 0..<Sessions.maximumOfAccount {
                fixture.clock.advance(by: 1)
                _ = try await fixture.signIn(1)
            }
            try await expectEqual(fixture.count("sessions"), Sessions.maximumOfAccount)
            try await expectEqual(fixture.refusal { try await fixture.renewed(first) }, "session-ended")
        }
    }

    @Test(arguments: ["/", "/link", "/link?wallet=a&b=c#d", "/a//b", "/@x", "/https://x"])
    func aPathOfOursIsReturnedTo(text: String) { #expect(ReturnPath(text)?.text == text) }

    @Test(arguments: [
        "", "link", "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "javascript:x",
        " /link", "/\t/evil.example", "/\n/evil.example", "/a\\b", "/é", "/a b", "/a\r\nSet-Cookie: x=y",
        "/" + String(repeating: "a", count: 512), "http:/evil", "\u{0}/",
    ])
    func nothingElseIs(text: String) { #expect(ReturnPath(text) == nil) }
}
