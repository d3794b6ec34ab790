import AsyncHTTPClient
import Events
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// The whole story by the commands that README tells it with: comment, sign, merge, order, the comment edited.
struct SandboxStoryTests {
    private static let issue = "acme/rocket-skates#1"

    private static func sandbox(_ suite: RunningSuite, _ arguments: String...) async throws -> Executable.Outcome {
        try await Executable.run(["sandbox"] + arguments + ["--data-directory", suite.directory.path])
    }

    private static func show(_ suite: RunningSuite, _ issue: String = issue) async throws -> String {
        let shown = try await sandbox(suite, "show", issue)
        #expect(shown.exitCode == 0, "\(shown.errors)")
        return shown.output
    }

    /// What the app's one comment says, once it says it.
    private static func wait(_ suite: RunningSuite, for text: String, _ issue: String = issue) async throws -> String {
        var shown = ""
        do {
            try await poll(within: .seconds(60)) {
                shown = try await show(suite, issue)
                return shown.contains(text)
            }
        } catch {
            Issue.record("\(text) is not in:\n\(shown)\n\(suite.terminal)\n\(suite.log.suffix(8_000))")
            throw error
        }
        #expect(shown.split(separator: "bursar-sandbox[bot]").count == 2, "\(shown)")
        return shown
    }

    @Test(.timeLimit(.minutes(5))) func fromACommentToAPayoutOrder() async throws {
        try await IdentityFlowTests.withSuite { suite in
            func run(_ arguments: String...) async throws {
                let outcome = try await Executable.run(
                    ["sandbox"] + arguments + ["--data-directory", suite.directory.path])
                #expect(outcome.exitCode == 0, "\(arguments) \(outcome.output) \(outcome.errors)")
            }
            try await run("open", "acme/rocket-skates", "Brakes are missing", "--as", "wile-e-coyote")
            // An issue without a bounty is left alone.
            try await run("comment", Self.issue, "This is urgent.", "--as", "road-runner")
            try await run("comment", Self.issue, "Please. $usdc:250$ and $usdc:0$ @octocat", "--as", "road-runner")
            var shown = try await Self.wait(suite, for: "sign to activate it")
            #expect(shown.contains("`250 USDC`"))
            #expect(shown.contains("- `$usdc:0$` of [road-runner]"))

            // Only the sponsor can sign.
            let foreign = try await Self.sandbox(suite, "sign", Self.issue, "--as", "wile-e-coyote")
            #expect(foreign.exitCode == 1, "\(foreign.output)")
            let signed = try await Self.sandbox(suite, "sign", Self.issue, "--as", "road-runner")
            #expect(signed.exitCode == 0, "\(signed.errors)")
            #expect(signed.output.contains("250"))
            shown = try await Self.wait(suite, for: "**active** until")

            // By hand nobody gets anything; a merged pull request of the solver's closes it for good.
            try await run("pull", "acme/rocket-skates", "Add brakes", "--body", "Closes #1", "--as", "octo-solver")
            try await run("merge", "acme/rocket-skates#2", "--as", "octocat")
            shown = try await Self.wait(suite, for: "who first has to [link a wallet]")
            #expect(shown.contains("@octo-solver"))
            try await run("wallet", "--as", "octo-solver")
            _ = try await Self.wait(suite, for: "(payout ordered)")

            try await poll { try await suite.bounties().first?.state == .settled }
            let bounties = try await suite.bounties()
            let bounty = try #require(bounties.first)
            #expect(bounty.shares.map(\.recipient.login) == ["octo-solver"])
            let payout = try #require(bounty.shares.first?.payout)
            let made = try await Executable.run([
                "keys", "create", "treasury", "--scopes", "payouts", "--data-directory", suite.directory.path,
            ])
            let key = made.output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            var request = HTTPClientRequest(url: "\(suite.gateway)/v1/payouts/\(payout.wireText)/acknowledgement")
            request.method = .POST
            request.headers = ["Authorization": "Bearer \(key)", "Content-Type": "application/json"]
            request.body = .bytes(ByteBuffer(string: #"{"transaction":"5h7k"}"#))
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
            let body = String(buffer: try await response.body.collect(upTo: 1 << 20))
            #expect((200..<300).contains(response.status.code), "\(response.status) \(body)")
            _ = try await Self.wait(suite, for: "**paid**")

            // Reopened, closed again and delivered twice: no second order, no second comment.
            try await run("reopen", Self.issue, "--as", "octocat")
            try await run("close", Self.issue, "--as", "octocat")
            try await run("comment", Self.issue, "$usdc:5$", "--as", "road-runner")
            shown = try await Self.wait(suite, for: "`5 USDC`")
            #expect(shown.contains("**paid**"))
            let address = try #require(shown.split(whereSeparator: \.isNewline).dropFirst().first)
            let page = try await suite.get(String(address))
            #expect(page.status == 200)
            #expect(page.body.contains("<table>"))
        }
    }

    @Test(.timeLimit(.minutes(5))) func aBountyOnAPullRequestAndACommandThatIsRefused() async throws {
        try await IdentityFlowTests.withSuite { suite in
            func run(_ arguments: String...) async throws {
                let outcome = try await Executable.run(
                    ["sandbox"] + arguments + ["--data-directory", suite.directory.path])
                #expect(outcome.exitCode == 0, "\(arguments) \(outcome.output) \(outcome.errors)")
            }
            try await run("pull", "acme/rocket-skates", "Faster", "--as", "octo-solver")
            try await run("wallet", "--as", "octo-solver")
            try await run("comment", Self.issue, "$sol:1.5$", "--as", "road-runner")
            _ = try await Self.wait(suite, for: "sign to activate it")
            try await run("sign", Self.issue, "--as", "road-runner")
            _ = try await Self.wait(suite, for: "**active** until")
            // Somebody else may not award it.
            try await run("comment", Self.issue, "/award @wile-e-coyote", "--as", "wile-e-coyote")
            _ = try await Self.wait(suite, for: "Only a bounty's sponsor")
            try await run("comment", Self.issue, "/help", "--as", "wile-e-coyote")
            _ = try await Self.wait(suite, for: "How it works")
            try await run("merge", Self.issue, "--as", "octocat")
            let shown = try await Self.wait(suite, for: "(payout ordered)")
            #expect(shown.contains("`1.5 SOL` to [octo-solver]"))
        }
    }

    @Test(.timeLimit(.minutes(5))) func theSandboxGoesOnAfterARestart() async throws {
        try await SuiteDirectory.with { directory in
            let gateway = try await Browser.freePort()
            let sandbox = try await Browser.freePort()
            let arguments = ["--with-github-sandbox", "--github-sandbox-port", String(sandbox)]
            try await RunningSuite.with(directory, arguments: arguments, gatewayPort: gateway) { suite in
                _ = try await Self.sandbox(suite, "open", "acme/rocket-skates", "Brakes", "--as", "octocat")
                _ = try await Self.sandbox(suite, "comment", Self.issue, "$usdc:1$", "--as", "road-runner")
                _ = try await Self.wait(suite, for: "`1 USDC`")
                await suite.kill()
            }
            try await RunningSuite.with(directory, arguments: arguments, gatewayPort: gateway) { suite in
                _ = try await Self.sandbox(suite, "comment", Self.issue, "$usdc:2$", "--as", "road-runner")
                let shown = try await Self.wait(suite, for: "`2 USDC`")
                #expect(shown.contains("`1 USDC`"))
            }
        }
    }
}
