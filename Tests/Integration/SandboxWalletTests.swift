import Events
import TestSupport
import Testing

/// People of the stand-in for GitHub sign and are paid with wallets of every family.
struct SandboxWalletTests {
    private static let issue = "acme/rocket-skates#1"

    @Test(.timeLimit(.minutes(5))) func bountiesOfEveryFamilyAreSignedAndSettled() async throws {
        try await IdentityFlowTests.withSuite { suite in
            try await suite.sandbox("open", "acme/rocket-skates", "Brakes", "--as", "octo-solver")
            try await suite.sandbox("comment", Self.issue, "$sol:1$ $eth:0.5$ $atom:2$", "--as", "road-runner")
            try await suite.wait(for: "`2 ATOM`", in: Self.issue)
            let signed = try await suite.sandbox("sign", Self.issue, "--as", "road-runner")
            for chain in ["solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:", "eip155:1:0x", "cosmos:cosmoshub-4:cosmos1"] {
                #expect(signed.contains("signed by road-runner with \(chain)"), "\(signed)")
            }
            for family in ["solana", "ethereum", "cosmos"] {
                try await suite.sandbox("wallet", "--as", "octo-solver", "--family", family)
            }
            try await suite.sandbox("comment", Self.issue, "/award @octo-solver", "--as", "road-runner")
            try await poll(within: .seconds(90)) {
                try await suite.bounties().map(\.state) == [.settled, .settled, .settled]
            }
        }
    }
}
