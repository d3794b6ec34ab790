import Events
import TestSupport
import Testing

/// What becomes of an issue that is transferred, and of texts that others edit, as people see it.
struct TransferTests {
    private static let old = "acme/rocket-skates#1"
    private static let new = "acme/anvils#1"

    @Test(.timeLimit(.minutes(5))) func aTransferredIssueHasAStatusCommentOfItsOwn() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("repository", "acme/anvils")
            try await suite.sandbox("open", "acme/rocket-skates", "Brakes", "--as", "wile-e-coyote")
            try await suite.sandbox("comment", Self.old, "$usdc:5$", "--as", "road-runner")
            try await suite.wait(for: "`5 USDC`", in: Self.old)
            try await suite.sandbox("transfer", Self.old, "acme/anvils", "--as", "octocat")
            // The copy of the old comment came along; its marker names another issue.
            var shown = ""
            try await poll(within: .seconds(90)) {
                shown = try await suite.sandbox("show", Self.new)
                return RunningSuite.statusComments(in: shown) == 2
            }
            let copy = try #require(shown.split(separator: "--- bursar-sandbox[bot]").dropFirst().first)
            try await suite.sandbox("comment", Self.new, "$usdc:6$", "--as", "road-runner")
            try await poll(within: .seconds(90)) {
                shown = try await suite.sandbox("show", Self.new)
                return shown.contains("**Total** `11 USDC`")
            }
            #expect(RunningSuite.statusComments(in: shown) == 2)
            #expect(shown.contains(copy.prefix { !$0.isNewline }))
            let bounties = try await suite.bounties(2)
            #expect(bounties.allSatisfy { $0.repository.fullName == "acme/anvils" && $0.issue.number == 1 })
        }
    }

    @Test(.timeLimit(.minutes(5))) func anEditBySomebodyElseIsRefusedVisibly() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", "acme/rocket-skates", "Brakes", "--as", "wile-e-coyote")
            try await suite.sandbox("comment", Self.old, "$usdc:5$", "--as", "road-runner")
            try await suite.wait(for: "`5 USDC`", in: Self.old)
            let comment = try #require(try await suite.bounties(1).first).source.id
            try await suite.sandbox("edit", String(comment), "$usdc:500$", "--as", "octocat")
            let shown = try await suite.wait(for: "somebody else than its author", in: Self.old)
            #expect(shown.contains("confused"))
            try await expectEqual(suite.bounties().map(\.amount), ["5"])
        }
    }
}
