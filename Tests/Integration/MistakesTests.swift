import EmbeddedServers
import Events
import Foundation
import NIOHTTP1
import TestSupport
import TestWallets
import Testing

/// Mistakes that an earlier system of this kind made, each by the executable: what it did is in the comment.
///
/// Credentials in code, and a cluster without policies, probes and security contexts, are what `k8s/tests` look for; that no secret
/// is in the log, `IdentityFlowTests`.
struct MistakesTests {
    private static let repository = "acme/rocket-skates"
    private static let issue = "acme/rocket-skates#1"

    /// It scaled amounts with a wrong power of ten, in floating point.
    @Test(.timeLimit(.minutes(5))) func amountsAreExactIntegersOfTheSmallestUnit() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let amounts: [(text: String, units: String)] = [
                    ("$usdc:0.1$", "100000"), ("$usdc:2.675$", "2675000"), ("$sol:1.000000001$", "1000000001"),
                    ("$eth:0.1$", "100000000000000000"), ("$eth:90.071992547409919999$", "90071992547409919999"),
                    ("$wei:9007199254740993$", "9007199254740993"), ("$atom:0.3$", "300000"),
                ]
                let payload = CommentPayload(text: amounts.map(\.text).joined(separator: " and "))
                try await expectEqual(suite.send(.init(body: try payload.body)).status, 202)
                let found = try await suite.bounties(amounts.count)
                #expect(Set(found.map(\.units)) == Set(amounts.map(\.units)))
                for bounty in found { #expect(bounty.asset.contains(":"), "\(bounty.asset)") }
            }
        }
    }

    /// It took integers only, the first match only, and names without hyphens.
    @Test(.timeLimit(.minutes(5))) func decimalsEveryMatchAndGitHubsOwnNamesCount() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", Self.repository, "Brakes", "--body", "$sol:0.5$", "--as", "wile-e-coyote")
            try await suite.sandbox(
                "comment", Self.issue, "First $usdc:1.25$, then $USDC:2$.\n\n- and $sol:3.5$", "--as", "road-runner")
            let found = try await suite.bounties(4)
            #expect(found.map { "\($0.amount) \($0.denomination)" } == ["0.5 SOL", "1.25 USDC", "2 USDC", "3.5 SOL"])
            #expect(found.map(\.sponsor.login) == ["wile-e-coyote", "road-runner", "road-runner", "road-runner"])
            #expect(found.allSatisfy { $0.repository.fullName == Self.repository })
            try await suite.wait(for: "`3.5 SOL`", in: Self.issue)
        }
    }

    /// It keyed bounties by the issue's number, with ids of 32 bits.
    @Test(.timeLimit(.minutes(5))) func issuesOfTheSameNumberAreTwo() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("repository", "acme/anvils")
            for (name, amount) in [(Self.repository, 1), ("acme/anvils", 2)] {
                try await suite.sandbox("open", name, "Brakes", "--body", "$usdc:\(amount)$", "--as", "road-runner")
            }
            let found = try await suite.bounties(2)
            #expect(found.map(\.issue.number) == [1, 1])
            #expect(Set(found.map(\.repository.id)).count == 2)
            #expect(found.allSatisfy { $0.source.id > Int64(UInt32.max) })
            // What is done to one changes the other in nothing.
            try await suite.sandbox("comment", "acme/anvils#1", "/cancel", "--as", "road-runner")
            try await poll(within: .seconds(60)) {
                try await suite.bounties(2).map(\.state) == [.proposed, .cancelled]
            }
            let shown = try await suite.wait(for: "`1 USDC`", in: Self.issue)
            #expect(!shown.contains("`2 USDC`"))
        }
    }

    /// It let any commenter on a closed issue trigger the payout, by a closing keyword of his own.
    @Test(.timeLimit(.minutes(5))) func onlyWhoMayAwardsAndTheRefusalIsVisible() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", Self.repository, "Brakes", "--body", "$usdc:5$", "--as", "road-runner")
            try await suite.wait(for: "sign to activate it", in: Self.issue)
            try await suite.sandbox("sign", Self.issue, "--as", "road-runner")
            try await suite.wait(for: "**active** until", in: Self.issue)
            try await suite.sandbox("close", Self.issue, "--as", "octocat")
            try await suite.wait(for: "The issue was not closed by a merged pull request", in: Self.issue)
            // A repository of his own, where he merges what he likes.
            try await suite.sandbox("repository", "mallory/forge", "--as", "mallory")
            try await suite.sandbox(
                "pull", "mallory/forge", "Mine", "--body", "Closes \(Self.issue)", "--as", "mallory")
            try await suite.sandbox("merge", "mallory/forge#1", "--as", "mallory")
            try await suite.sandbox("comment", Self.issue, "Done! /award @mallory", "--as", "mallory")
            try await suite.sandbox("comment", Self.issue, "/award @mallory", "--as", "mallory")
            let shown = try await suite.wait(for: "Only a bounty's sponsor", in: Self.issue)
            #expect(shown.contains("(confused)"))
            try await expectEqual(suite.bounties().map(\.state), [.active])
            let payouts = try await suite.get("\(suite.gateway)/v1/payouts").json()["payouts"] as? [Any]
            #expect(payouts?.isEmpty == true)
            let refused = try await suite.counter("bursar_bounty_refusals_total", where: "rule=\"no-permission\"")
            #expect(refused > 0)
        }
    }

    /// It let anyone post "signed" for any bounty, with the amount in the form.
    @Test(.timeLimit(.minutes(5))) func onlyTheSponsorsWalletSignsWhatTheServerKeeps() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", Self.repository, "Brakes", "--body", "$usdc:5$", "--as", "road-runner")
            let shown = try await suite.wait(for: "sign to activate it", in: Self.issue)
            let link = try #require(shown.split(separator: "?link=").dropFirst().first).prefix { $0 != ")" }
            let id = try #require(try await suite.bounties(1).first).id.wireText
            let mallory = Browser(gateway: suite.gateway)
            try await mallory.signIn(as: "wile-e-coyote")
            let wallet = TestWallet.solana()
            let body = ["link": String(link), "wallet": wallet.name]
            for (extra, status) in [([:], 403), (["amount": "1"], 400), (["units": "1"], 400)] {
                let answer = try await mallory.send(
                    .POST, "/v1/bounties/\(id)/challenge", body.merging(extra) { $1 })
                #expect(answer.status == status, "\(extra): \(answer.body)")
            }
            // Nor does what a signature is posted for by itself.
            for challenge in [id, "00000000-0000-7000-8000-000000000000"] {
                let answer = try await mallory.send(
                    .POST, "/v1/bounties/\(id)/signature", ["challenge": challenge, "signature": try wallet.sign("x")])
                #expect((400..<500).contains(answer.status), "\(answer.body)")
            }
            try await expectEqual(suite.bounties().map(\.state), [.proposed])
        }
    }

    /// It commented on every opened issue, and again at every redelivery.
    @Test(.timeLimit(.minutes(5))) func oneCommentIsMadeForBountiesAloneHoweverOftenTheyAreDelivered() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", Self.repository, "No bounty here", "--body", "It costs $5 and $HOME:1")
            try await suite.sandbox("comment", Self.issue, "Urgent!", "--as", "road-runner")
            try await suite.sandbox("open", Self.repository, "Brakes", "--body", "$usdc:5$", "--as", "road-runner")
            try await suite.wait(for: "`5 USDC`", in: "acme/rocket-skates#2")
            let handled = try await suite.counter("bursar_deliveries_handled_total")
            let redelivered = try await suite.command(["sandbox", "redeliver"])
            #expect(redelivered.exitCode == 0, "\(redelivered.errors)")
            try await poll(within: .seconds(60)) {
                try await suite.counter("bursar_deliveries_handled_total") >= 2 * handled
            }
            try await suite.sandbox("comment", "acme/rocket-skates#2", "$usdc:6$", "--as", "road-runner")
            let shown = try await suite.wait(for: "`6 USDC`", in: "acme/rocket-skates#2")
            #expect(RunningSuite.statusComments(in: shown) == 1)
            let other = try await suite.sandbox("show", Self.issue)
            #expect(RunningSuite.statusComments(in: other) == 0, "\(other)")
            try await expectEqual(suite.bounties().count, 2)
        }
    }

    /// It handled one message, then exited, and dialled its peer once, at the start.
    @Test(.timeLimit(.minutes(5))) func itGoesOnAfterManyMessagesAndWhenItsPeersComeBack() async throws {
        _ = try await TestNATS.withServer(syncsAlways: true) { broker in
            try await SuiteDirectory.with { directory in
                try await RunningSuite.with(directory, environment: ["NATS_URL": broker.url]) { suite in
                    for id in 1...20 {
                        let payload = CommentPayload(commentID: Int64(id), text: "$usdc:\(id)$")
                        try await expectEqual(suite.send(.init(body: try payload.body)).status, 202)
                    }
                    _ = try await suite.bounties(20)
                    await broker.kill()
                    let late = RunningSuite.Delivery(body: try CommentPayload(commentID: 21, text: "$usdc:21$").body)
                    try await poll(within: .seconds(60)) { try await suite.send(late).status == 503 }
                    try await broker.start()
                    try await poll(within: .seconds(60)) { try await suite.send(late).status == 202 }
                    _ = try await suite.bounties(21)
                    #expect(suite.process.isRunning)
                }
            }
        }
    }
}
