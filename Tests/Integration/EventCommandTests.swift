import Events
import Foundation
import Postgres
import TestSupport
import Testing

/// Events are the source of truth: what was made of them is brought back by the operator's commands.
struct EventCommandTests {
    private static let issue = "acme/rocket-skates#1"

    @Test(.timeLimit(.minutes(5))) func damagedProjectionsAndALostStreamAreRestored() async throws {
        try await SuiteDirectory.with { directory in
            let (gateway, sandbox) = (try await Browser.freePort(), try await Browser.freePort())
            let arguments = ["--with-github-sandbox", "--github-sandbox-port", String(sandbox)]
            var before: [BountyRecord] = []
            try await RunningSuite.with(directory, arguments: arguments, gatewayPort: gateway) { suite in
                try await suite.sandbox("open", "acme/rocket-skates", "Brakes", "--as", "octo-solver")
                try await suite.sandbox("comment", Self.issue, "$usdc:250$", "--as", "road-runner")
                try await suite.wait(for: "sign to activate it", in: Self.issue)
                try await suite.sandbox("sign", Self.issue, "--as", "road-runner")
                try await suite.sandbox("wallet", "--as", "octo-solver")
                try await suite.sandbox("comment", Self.issue, "/award @octo-solver", "--as", "road-runner")
                try await suite.sandbox("comment", Self.issue, "$sol:1$", "--as", "road-runner")
                try await suite.wait(for: "(payout ordered)", in: Self.issue)
                before = try await suite.bounties(2)
                try await Self.damageAndRebuild(suite)
            }
            // The stream is lost with its files.
            let files = try FileManager.default.subpathsOfDirectory(atPath: directory.file("nats"))
            let lost = files.filter { $0.hasSuffix("/streams/EVENTS") }
            #expect(lost.count == 1)
            for path in lost { try FileManager.default.removeItem(atPath: directory.file("nats/\(path)")) }
            let expected = before
            try await RunningSuite.with(directory, arguments: arguments, gatewayPort: gateway) { suite in
                #expect(suite.terminal.contains("made EVENTS"), "\(suite.terminal)")
                try await expectEqual(suite.bounties().count, 0)
                let published = try await suite.command(["events", "republish"])
                #expect(published.exitCode == 0, "\(published.errors)")
                #expect(published.output.contains("events of bounties are on the stream"))
                let found = try await suite.bounties(2)
                #expect(found == expected)
                let payouts = try await suite.get("\(suite.gateway)/v1/payouts").json()["payouts"] as? [Any]
                #expect(payouts?.count == 1)
                // Accounts come after the bounties.
                try await poll { try await suite.get("\(suite.gateway)/v1/identities/octo-solver").status == 200 }
                // Life goes on.
                try await suite.sandbox("comment", Self.issue, "/cancel", "--as", "road-runner")
                try await suite.wait(for: "| cancelled |", in: Self.issue)
            }
        }
    }

    private static func damageAndRebuild(_ suite: RunningSuite) async throws {
        let intact = try await suite.command(["events", "rebuild", "--check"])
        #expect(intact.output == "2 bounties, 0 differences\n")
        #expect(intact.exitCode == 0)
        try await suite.withBountyDatabase { database in
            try await database.execute("ALTER TABLE payout_orders DISABLE TRIGGER keep_payout_orders")
            try await database.execute("DELETE FROM payout_orders")
            try await database.execute("ALTER TABLE payout_orders ENABLE TRIGGER keep_payout_orders")
            try await database.execute("DELETE FROM bounties WHERE state = 'proposed'")
            try await database.execute(
                "UPDATE bounties SET record = jsonb_set(record, '{amount}', '\"7\"') WHERE state = 'settled'")
        }
        let told = try await suite.command(["events", "rebuild", "--check"])
        #expect(told.exitCode == 1)
        #expect(told.output.contains("is missing; its events say version 1, proposed"))
        #expect(told.output.contains("has other members than its events say"))
        #expect(told.output.contains("payout order "))
        #expect(told.output.hasSuffix("2 bounties, 3 differences\n"))
        let restored = try await suite.command(["events", "rebuild"])
        #expect(restored.exitCode == 0)
        #expect(restored.output.hasSuffix("2 bounties, 3 differences, restored\n"))
        let after = try await suite.command(["events", "rebuild", "--check"])
        #expect(after.output == "2 bounties, 0 differences\n")
        // The order that was restored is the one that was issued: it can be acknowledged, and there is no second one.
        let count = try await suite.withBountyDatabase {
            try await $0.query("SELECT 1 AS one FROM payout_orders").count
        }
        #expect(count == 1)
    }
}
