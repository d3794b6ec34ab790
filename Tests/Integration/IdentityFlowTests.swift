import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import TestWallets
import Testing

/// Signing in and linking wallets as people do, against the executable with its stand-in for GitHub.
struct IdentityFlowTests {
    static func withSuite(_ body: (RunningSuite) async throws -> Void) async throws {
        try await SuiteDirectory.with { directory in
            let gateway = try await Browser.freePort()
            let sandbox = try await Browser.freePort()
            let run = try await RunningSuite.with(
                directory, arguments: ["--with-github-sandbox", "--github-sandbox-port", String(sandbox)],
                gatewayPort: gateway, body)
            #expect(run.exitCode == 0)
        }
    }

    private static func link(
        _ wallet: TestWallet, _ browser: Browser, agreedBy previous: TestWallet? = nil
    ) async throws -> RunningSuite.Answer {
        let challenge = try await browser.send(.POST, "/v1/identities/challenges", ["wallet": wallet.name])
        #expect(challenge.status == 200, "\(challenge.body)")
        let issued = try challenge.json()
        let message = try #require(issued["message"] as? String)
        var body = [
            "challenge": try #require(issued["challenge"] as? String), "signature": try wallet.sign(message),
        ]
        body["public_key"] = wallet.publicKey
        body["previous_signature"] = try previous?.sign(message)
        body["previous_public_key"] = previous?.publicKey
        return try await browser.send(.POST, "/v1/identities/links", body)
    }

    @Test(.timeLimit(.minutes(5))) func somebodySignsInLinksWalletsAndSignsOut() async throws {
        try await Self.withSuite { suite in
            let browser = Browser(gateway: suite.gateway)
            try await expectEqual(browser.get("/v1/session").status, 401)
            try await expectEqual(browser.signIn(as: "octocat", returnTo: "/link"), "/link")
            let session = try await browser.get("/v1/session").json()
            #expect((session["github"] as? [String: Any])?["id"] as? Int == 583_231)
            let cookie = try #require(browser.setCookies.first { $0.hasPrefix("bursar_session=bs1.") })
            for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/;", "; Max-Age=604"] {
                #expect(cookie.contains(attribute), "\(attribute)")
            }
            #expect(!cookie.contains("Secure"))

            let solana = TestWallet.solana()
            for wallet in [solana, .ethereum(), .cosmos()] {
                let linked = try await Self.link(wallet, browser)
                #expect(linked.status == 201, "\(linked.body)")
                #expect(try linked.json()["state"] as? String == "active")
            }
            // Others see it as the events come.
            func shown() async throws -> [String: Any] {
                try await suite.get(suite.gateway + "/v1/identities/octocat").json()
            }
            try await poll { (try await shown()["links"] as? [Any])?.count == 3 }
            let shown = try await shown()
            #expect((shown["github"] as? [String: Any])?["login"] as? String == "octocat")

            // Another wallet waits, is shown to its owner alone, and is stopped.
            let waiting = try await Self.link(.solana(), browser).json()
            #expect(waiting["state"] as? String == "pending")
            let own = try await browser.get("/v1/identities/583231").json()
            #expect((own["links"] as? [Any])?.count == 4)
            let others = try await suite.get(suite.gateway + "/v1/identities/583231").json()
            #expect((others["links"] as? [Any])?.count == 3)
            let id = try #require(waiting["id"] as? String)
            let stopped = try await browser.send(.DELETE, "/v1/identities/links/\(id)")
            #expect(stopped.status == 200)
            #expect(try stopped.json()["state"] as? String == "revoked")
            // Agreed by the last one, it counts at once.
            let changed = try await Self.link(.solana(), browser, agreedBy: solana)
            #expect(try changed.json()["state"] as? String == "active", "\(changed.body)")

            // The wallet of one is not another's.
            let other = Browser(gateway: suite.gateway)
            try await other.signIn(as: "road-runner")
            let ethereum = TestWallet.ethereum()
            try await expectEqual(Self.link(ethereum, other).status, 201)
            let third = Browser(gateway: suite.gateway)
            try await third.signIn(as: "wile-e-coyote")
            let taken = try await Self.link(ethereum, third)
            #expect(taken.status == 409)
            #expect(taken.body.contains("problems/wallet-taken"))

            try await expectEqual(browser.send(.POST, "/logout").status, 204)
            #expect(browser.cookies.isEmpty)
            try await expectEqual(browser.get("/v1/session").status, 401)
        }
    }

    @Test(.timeLimit(.minutes(5))) func onlyPagesOfOursActForWhoIsSignedIn() async throws {
        try await Self.withSuite { suite in
            let browser = Browser(gateway: suite.gateway)
            try await browser.signIn(as: "octocat")
            let body = ["wallet": TestWallet.solana().name]
            let changes: [(String, @Sendable (inout HTTPHeaders) -> Void)] = [
                ("wrong-csrf-token", { $0.remove(name: "X-CSRF-Token") }),
                ("wrong-csrf-token", { $0.replaceOrAdd(name: "X-CSRF-Token", value: "guessed") }),
                ("wrong-origin", { $0.replaceOrAdd(name: "Origin", value: "https://evil.example") }),
                ("wrong-origin", { $0.replaceOrAdd(name: "Origin", value: "null") }),
                ("wrong-origin", { $0.replaceOrAdd(name: "Sec-Fetch-Site", value: "cross-site") }),
                ("wrong-origin", { $0.replaceOrAdd(name: "Sec-Fetch-Site", value: "same-site") }),
            ]
            for (code, change) in changes {
                for (method, path) in [
                    (HTTPMethod.POST, "/v1/identities/challenges"), (.POST, "/v1/identities/links"),
                    (.DELETE, "/v1/identities/links/x"), (.POST, "/logout"),
                ] {
                    let answer = try await browser.send(method, path, body, change: change)
                    #expect(answer.status == 403, "\(method) \(path)")
                    #expect(answer.body.contains("problems/\(code)"), "\(answer.body)")
                }
            }
            // Another session's token is not this one's.
            let other = Browser(gateway: suite.gateway)
            try await other.signIn(as: "octocat")
            let token = try #require(try await other.get("/v1/session").json()["csrf_token"] as? String)
            let crossed = try await browser.send(.POST, "/v1/identities/challenges", body) {
                $0.replaceOrAdd(name: "X-CSRF-Token", value: token)
            }
            #expect(crossed.status == 403)
            try await expectEqual(browser.send(.POST, "/v1/identities/challenges", body).status, 200)
            // Without a cookie there is nobody to act for.
            let nobody = Browser(gateway: suite.gateway)
            let refused = try await nobody.send(.POST, "/v1/identities/challenges", body)
            #expect(refused.status == 401)
            #expect(refused.body.contains("problems/not-signed-in"))
        }
    }

    @Test(.timeLimit(.minutes(5))) func aSignInEndsInTheBrowserItWasBegunIn() async throws {
        try await Self.withSuite { suite in
            let browser = Browser(gateway: suite.gateway)
            let begun = try await browser.get("/login/github?return_to=//evil.example")
            let page = try #require(begun.headers.first(name: "location"))
            let agreed = try await browser.get(page + "&sandbox_login=octocat")
            let back = try #require(agreed.headers.first(name: "location")).dropFirst(suite.gateway.count)
            // Another browser that was sent the link.
            let victim = Browser(gateway: suite.gateway)
            try await expectEqual(victim.get(String(back)).status, 403)
            _ = try await victim.get("/login/github")
            try await expectEqual(victim.get(String(back)).status, 403)
            #expect(victim.cookies["bursar_session"] == nil)
            // And never to another site.
            let done = try await browser.get(String(back))
            #expect(done.headers.first(name: "location") == "/")
            let denied = try await browser.get("/login/github/callback?error=access_denied&state=x")
            #expect(denied.status == 403)
            #expect(denied.body.contains("login-denied"))
        }
    }

    @Test(.timeLimit(.minutes(5))) func theOperatorMakesAndRevokesKeysAndErasesAccounts() async throws {
        try await Self.withSuite { suite in
            let directory = ["--data-directory", suite.directory.path]
            let made = try await Executable.run(["keys", "create", "treasury", "--scopes", "payouts"] + directory)
            #expect(made.exitCode == 0, "\(made.errors)")
            let key = made.output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            func session(_ authorization: String) async throws -> RunningSuite.Answer {
                var request = HTTPClientRequest(url: suite.gateway + "/v1/session")
                request.headers = ["Authorization": authorization]
                let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
                let body = try await response.body.collect(upTo: 64 * 1024)
                return .init(status: Int(response.status.code), headers: response.headers, body: String(buffer: body))
            }
            let known = try await session("Bearer \(key)")
            #expect(known.status == 200)
            #expect(try known.json()["program"] as? String == "treasury")
            for wrong in ["Bearer x", "Bearer", "Basic \(key)", key, "Bearer \(key)x"] {
                try await expectEqual(session(wrong).status, 401)
            }
            let second = try await Executable.run(
                ["keys", "create", "other", "--scopes", "payouts,read", "--days", "1"] + directory)
            let other = second.output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            let id = String(other.split(separator: "_")[1])
            try await expectEqual(Executable.run(["keys", "revoke", id] + directory).exitCode, 0)
            try await expectEqual(Executable.run(["keys", "revoke", id] + directory).exitCode, 1)
            try await expectEqual(session("Bearer \(other)").status, 401)
            let list = try await Executable.run(["keys", "list"] + directory).output
            #expect(list.contains("treasury") && list.contains("revoked"))
            #expect(!list.contains(key.split(separator: "_", maxSplits: 2)[2]))
            try await expectEqual(Executable.run(["keys", "create", "x", "--scopes", "all"] + directory).exitCode, 64)

            let browser = Browser(gateway: suite.gateway)
            try await browser.signIn(as: "octocat")
            let wallet = TestWallet.solana()
            try await expectEqual(Self.link(wallet, browser).status, 201)
            try await expectEqual(Executable.run(["erase", "583231"] + directory).exitCode, 64)
            let erased = try await Executable.run(["erase", "583231", "--yes"] + directory)
            #expect(erased.exitCode == 0, "\(erased.errors)")
            #expect(erased.output.contains("purged    1 events of events.identity.583231"), "\(erased.output)")
            try await expectEqual(browser.get("/v1/identities/octocat").status, 404)
            let refused = try await browser.send(.POST, "/v1/identities/challenges", ["wallet": wallet.name])
            #expect(refused.status == 401)
            try await expectEqual(Executable.run(["erase", "7", "--yes"] + directory).exitCode, 1)

            // Neither tokens, signatures nor keys are in the log.
            let log = suite.log + suite.terminal
            for secret in ["bs1.", "gho_", key] + browser.cookies.values { #expect(!log.contains(secret)) }
        }
    }
}
