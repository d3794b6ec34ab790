import Events
import Foundation
import Postgres
import TestSupport
import Testing

/// What cannot be handled, seen and brought back by the operator's commands.
struct DeadLetterCommandTests {
    private static let issue = "acme/rocket-skates#1"
    private static let other = "acme/rocket-skates#2"

    /// Makes tables refuse rows, as a fault of the schema would: orders, and the claim that a `/cancel` makes.
    private static func fault(_ database: PostgresClient) async throws {
        try await database.transaction { transaction in
            try transaction.execute(
                """
                CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'a fault of the test'; END $$
                """)
            try transaction.execute(
                "CREATE TRIGGER fault BEFORE INSERT ON payout_orders FOR EACH ROW EXECUTE FUNCTION fault()")
            try transaction.execute(
                """
                CREATE TRIGGER fault BEFORE INSERT ON claims FOR EACH ROW WHEN (NEW.kind = 'cancel')
                EXECUTE FUNCTION fault()
                """)
        }
    }

    private static func list(_ suite: RunningSuite) async throws -> [String] {
        let listed = try await suite.command(["dlq", "list"])
        #expect(listed.exitCode == 0, "\(listed.errors)")
        return listed.output.split(separator: "\n").map(String.init)
    }

    /// The number of the only dead letter whose line has the text.
    private static func number(_ lines: [String], of text: String) throws -> String {
        let found = lines.filter { $0.contains(text) }
        #expect(found.count == 1, "\(lines)")
        return String(try #require(found.first?.split(separator: " ").first))
    }

    @Test(.timeLimit(.minutes(5))) func aDeliveryAndASettlementAreReplayedOnce() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", "acme/rocket-skates", "Brakes", "--as", "wile-e-coyote")
            try await suite.sandbox("open", "acme/rocket-skates", "Wheels", "--as", "octo-solver")
            try await suite.sandbox("comment", Self.issue, "$usdc:250$", "--as", "road-runner")
            try await suite.sandbox("comment", Self.other, "$sol:1$", "--as", "road-runner")
            try await suite.wait(for: "sign to activate it", in: Self.issue)
            try await suite.sandbox("sign", Self.issue, "--as", "road-runner")
            try await suite.sandbox("wallet", "--as", "octo-solver")
            try await suite.withBountyDatabase { try await Self.fault($0) }
            try await suite.sandbox("comment", Self.issue, "/award @octo-solver", "--as", "road-runner")
            try await suite.sandbox("comment", Self.other, "/cancel", "--as", "road-runner")
            try await poll(within: .seconds(120)) {
                let lines = try await Self.list(suite)
                return lines.contains { $0.contains("bounty.work") }
                    && lines.contains { $0.contains("bounty.webhooks") }
            }
            let id = try #require(try await suite.bounties().first { $0.denomination == "USDC" }).id.wireText
            let lines = try await Self.list(suite)
            #expect(lines.count == 2)
            #expect(lines.allSatisfy { $0.contains("attempts 5  failed: ") && $0.contains("a fault of the test") })
            let settlement = try Self.number(lines, of: "bounty.work  settlement \(id)")
            let delivery = try Self.number(lines, of: "bounty.webhooks  issue_comment ")
            let original = try await suite.command(["dlq", "show", delivery])
            #expect(original.output.contains("/cancel"))
            let shown = try await suite.command(["dlq", "show", settlement])
            for part in ["Bursar-Dead-Attempts: 5", "Bursar-Dead-Reason: failed: ", "Bursar-Work-Kind: settlement", id]
            {
                #expect(shown.output.contains(part), "\(shown.output)")
            }

            try await suite.withBountyDatabase { _ = try await $0.execute("DROP FUNCTION fault CASCADE") }
            let replayed = try await suite.command(["dlq", "replay", "--all"])
            #expect(replayed.exitCode == 0, "\(replayed.errors)")
            #expect(replayed.output.contains("replayed \(settlement)  settlement \(id)"))
            #expect(replayed.output.contains("replayed \(delivery)  issue_comment "))
            try await suite.wait(for: "(payout ordered)", in: Self.issue)
            try await suite.wait(for: "| cancelled |", in: Self.other)
            try await expectEqual(Self.list(suite), ["There are no dead letters."])
            let again = try await suite.command(["dlq", "replay", settlement])
            #expect(again.exitCode != 0)
            #expect(again.errors.contains("there is no dead letter \(settlement)"))
            let payouts = try await suite.get("\(suite.gateway)/v1/payouts").json()["payouts"] as? [Any]
            #expect(payouts?.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5))) func aMalformedDeliveryIsToldWithItsPathAndDropped() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let bad = try CommentPayload().body(setting: "comment.id", to: "77")
                try await expectEqual(suite.send(.init(id: "bad-1", body: bad)).status, 202)
                // Those behind it are not held up.
                try await expectEqual(suite.send(.init(body: try CommentPayload().body)).status, 202)
                _ = try await suite.bounties(1)
                var lines: [String] = []
                try await poll(within: .seconds(60)) {
                    lines = try await Self.list(suite)
                    return lines.contains { $0.contains("bad-1") }
                }
                let reason = "malformed: comment.id must be a whole number of at most 64 bits"
                #expect(lines.allSatisfy { $0.hasSuffix(reason) && $0.contains("attempts 1") }, "\(lines)")
                let number = try Self.number(lines, of: "issue_comment bad-1")
                let shown = try await suite.command(["dlq", "show", number])
                #expect(shown.output.contains(String(decoding: bad, as: UTF8.self)))
                let dropped = try await suite.command(["dlq", "drop", number])
                #expect(dropped.output == "dropped  \(number)  issue_comment bad-1\n")
                try await expectEqual(Self.list(suite), ["There are no dead letters."])
            }
        }
    }
}
