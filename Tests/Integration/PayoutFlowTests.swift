import Foundation
import NIOHTTP1
import TestSupport
import TestWallets
import Testing

/// From a comment to an order that is paid, as sponsor, solver and treasury see it, against the executable with its stand-in for
/// GitHub.
struct PayoutFlowTests {
    private static let issue = "acme/rocket-skates#1"

    /// As somebody at the stand-in for GitHub.
    private static func sandbox(_ suite: RunningSuite, _ arguments: String...) async throws -> String {
        let outcome = try await Executable.run(
            ["sandbox"] + arguments + ["--data-directory", suite.directory.path])
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.errors)")
        return outcome.output
    }

    private static func link(_ wallet: TestWallet, _ browser: Browser) async throws {
        let issued = try await browser.send(.POST, "/v1/identities/challenges", ["wallet": wallet.name]).json()
        let linked = try await browser.send(.POST, "/v1/identities/links", try signed(issued, wallet))
        #expect(linked.status == 201, "\(linked.body)")
    }

    private static func signed(_ issued: [String: Any], _ wallet: TestWallet) throws -> [String: String] {
        [
            "challenge": try #require(issued["challenge"] as? String),
            "signature": try wallet.sign(try #require(issued["message"] as? String)),
        ]
    }

    /// The bounty, when it is in the state.
    private static func bounty(_ suite: RunningSuite, in state: String) async throws -> [String: Any] {
        var found: [String: Any]?
        try await poll(within: .seconds(60)) {
            let page = try await suite.get("\(suite.gateway)/v1/bounties?state=\(state)").json()
            found = (page["bounties"] as? [[String: Any]])?.first
            return found != nil
        }
        return try #require(found)
    }

    @Test(.timeLimit(.minutes(5))) func fromTheCommentToThePaidOrder() async throws {
        try await IdentityFlowTests.withSuite { suite in
            _ = try await Self.sandbox(suite, "open", "acme/rocket-skates", "Brakes are missing")
            _ = try await Self.sandbox(suite, "comment", Self.issue, "$usdc:250$", "--as", "road-runner")
            let id = try #require(try await Self.bounty(suite, in: "proposed")["id"] as? String)
            try await Self.sign(id, suite)
            _ = try await Self.sandbox(suite, "pull", "acme/rocket-skates", "Brakes", "--body", "Closes #1")
            _ = try await Self.sandbox(suite, "merge", "acme/rocket-skates#2")

            // The solver has no wallet yet: the share waits until there is one.
            try await poll(within: .seconds(60)) {
                let bounty = try await suite.get("\(suite.gateway)/v1/bounties/\(id)").json()
                return (bounty["shares"] as? [[String: Any]])?.first?["state"] as? String == "awaiting_wallet"
            }
            let solver = Browser(gateway: suite.gateway)
            try await solver.signIn(as: "wile-e-coyote")
            let wallet = TestWallet.solana()
            try await Self.link(wallet, solver)
            let settled = try await Self.bounty(suite, in: "settled")
            #expect(settled["id"] as? String == id)
            let payout = try await Self.order(of: id, to: wallet, suite)
            try await Self.pay(payout, of: id, suite)

            let history = try await suite.get("\(suite.gateway)/v1/bounties/\(id)/history").json()
            let types = (history["events"] as? [[String: Any]])?.compactMap { $0["type"] as? String } ?? []
            #expect(
                types.map { String($0.split(separator: ".")[2]) } == [
                    "proposed", "signed", "awarded", "divided", "share-waiting", "share-ordered", "settled",
                    "share-paid", "paid",
                ])
        }
    }

    /// The sponsor signs by the link in the comment, and nobody else.
    private static func sign(_ id: String, _ suite: RunningSuite) async throws {
        var link = ""
        try await poll(within: .seconds(60)) {
            let shown = try await sandbox(suite, "show", issue)
            guard let range = shown.firstRange(of: "?link=") else { return false }
            link = String(shown[range.upperBound...].prefix { $0.isLetter || $0.isNumber || "._-".contains($0) })
            return true
        }
        let (sponsor, other) = (Browser(gateway: suite.gateway), Browser(gateway: suite.gateway))
        try await sponsor.signIn(as: "road-runner")
        try await other.signIn(as: "octocat")
        let wallet = TestWallet.solana()
        try await Self.link(wallet, sponsor)
        let body = ["link": link, "wallet": wallet.name]
        let refused = try await other.send(.POST, "/v1/bounties/\(id)/challenge", body)
        #expect(refused.status == 403)
        #expect(try refused.json()["title"] as? String == "Not the sponsor")
        let wrong = try await sponsor.send(
            .POST, "/v1/bounties/\(id)/challenge", ["link": link, "wallet": wallet.name, "amount": "1"])
        #expect(wrong.status == 400)
        let issued = try await sponsor.send(.POST, "/v1/bounties/\(id)/challenge", body)
        #expect(issued.status == 200, "\(issued.body)")
        let answer = try await sponsor.send(
            .POST, "/v1/bounties/\(id)/signature", try signed(try issued.json(), wallet))
        #expect(answer.status == 200, "\(answer.body)")
        #expect(try answer.json()["state"] as? String == "active")
        let version = try #require(answer.headers.first(name: "Bursar-Version"))
        #expect(version == "bounty/\(id)@2")
        // Whoever has that answer sees the bounty active, on any replica.
        let read = try await sponsor.send(.GET, "/v1/bounties/\(id)") { $0.add(name: "Bursar-Version", value: version) }
        #expect(try read.json()["state"] as? String == "active")
    }

    /// The order as the treasury gets it, which verifies without any network.
    private static func order(of id: String, to wallet: TestWallet, _ suite: RunningSuite) async throws -> String {
        let page = try await suite.get("\(suite.gateway)/v1/payouts?bounty=\(id)&state=issued")
        let orders = try #require(try page.json()["payouts"] as? [[String: Any]])
        #expect(orders.count == 1)
        let order = try #require(orders.first)
        #expect(order["account"] as? String == wallet.name)
        #expect(order["units"] as? String == "250000000")
        let payout = try #require(order["id"] as? String)
        let keys = try await suite.get("\(suite.gateway)/v1/payout-keys")
        let (keysFile, orderFile) = (suite.directory.file("keys.json"), suite.directory.file("order.json"))
        try keys.body.write(toFile: keysFile, atomically: true, encoding: .utf8)
        let one = try await suite.get("\(suite.gateway)/v1/payouts/\(payout)")
        try one.body.write(toFile: orderFile, atomically: true, encoding: .utf8)
        for arguments in [[orderFile], []] {
            let good = try await Executable.run(
                ["payouts", "verify", "--keys", keysFile] + arguments, input: arguments.isEmpty ? page.body : "")
            #expect(good.exitCode == 0, "\(good.errors)")
            #expect(good.output.hasPrefix("valid    \(payout)"))
        }
        let forged = one.body.replacing(wallet.address, with: TestWallet.solana().address)
        let bad = try await Executable.run(["payouts", "verify", "--keys", keysFile], input: forged)
        #expect(bad.exitCode == 1)
        #expect(bad.output.hasPrefix("INVALID  \(payout)"))
        let nothing = try await Executable.run(["payouts", "verify", "--keys", orderFile, orderFile])
        #expect(nothing.exitCode == 1)
        return payout
    }

    private static func pay(_ payout: String, of id: String, _ suite: RunningSuite) async throws {
        let made = try await Executable.run(
            ["keys", "create", "treasury", "--scopes", "payouts", "--data-directory", suite.directory.path])
        let key = made.output.split(separator: "\n").first.map(String.init) ?? ""
        let treasury = Browser(gateway: suite.gateway)
        func acknowledge(_ transaction: String, key: String?) async throws -> RunningSuite.Answer {
            try await treasury.send(
                .POST, "/v1/payouts/\(payout)/acknowledgement", ["transaction": transaction]
            ) { headers in
                if let key { headers.add(name: "Authorization", value: "Bearer \(key)") }
            }
        }
        try await expectEqual(acknowledge("5vJ", key: nil).status, 401)
        try await expectEqual(acknowledge("5vJ", key: "guessed").status, 401)
        let answer = try await acknowledge("5vJ", key: key)
        #expect(answer.status == 200, "\(answer.body)")
        #expect(try answer.json()["transaction"] as? String == "5vJ")
        let version = try #require(answer.headers.first(name: "Bursar-Version"))
        let read = try await treasury.send(.GET, "/v1/payouts/\(payout)") {
            $0.add(name: "Bursar-Version", value: version)
        }
        #expect(try read.json()["state"] as? String == "acknowledged")
        let paid = try await treasury.send(.GET, "/v1/bounties/\(id)") {
            $0.add(name: "Bursar-Version", value: version)
        }
        #expect(try paid.json()["state"] as? String == "paid")
        try await expectEqual(acknowledge("5vJ", key: key).status, 200)
        try await expectEqual(acknowledge("6wK", key: key).status, 409)
    }
}
