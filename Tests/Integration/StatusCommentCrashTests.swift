import Events
import Foundation
import GitHubSandbox
import HTTP
import Hummingbird
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

/// One status comment for each issue, whenever the process is killed: the stand-in for GitHub outlives it.
struct StatusCommentCrashTests {
    private static let repository = "acme/rocket-skates"
    private static let issues = 12
    private static let kills = 10

    @Test(.timeLimit(.minutes(10))) func killedWhileItWritesThereIsOneCommentForEachIssue() async throws {
        let key = try SandboxAppKey()
        let sandbox = GitHubSandbox(app: .init(publicKeyPEM: key.publicPEM))
        sandbox.configureAPI { $0.hourlyLimit = 100_000 }
        try sandbox.perform(.makeRepository(fullName: Self.repository, by: "octocat"))
        for number in 1...Self.issues {
            try sandbox.perform(
                .openIssue(repository: Self.repository, title: "Issue \(number)", body: "", by: "octocat"))
        }
        let router = Router.standard(publicURL: "")
        sandbox.addRoutes(to: router)
        let target = Mutex<WebhookSender.Target?>(nil)
        let sender = WebhookSender(sandbox, logger: .quiet) { target.withLock { $0 } }
        try await withListener(router) { address in
            try await SuiteDirectory.with { directory in
                try key.privatePEM.write(toFile: directory.file("app.pem"), atomically: true, encoding: .utf8)
                let sending = Task { try await sender.run() }
                let arguments = [
                    "--github-api-url", address.url, "--github-app-id", "700001", "--github-app-private-key-file",
                    directory.file("app.pem"), "--github-write-interval", "20", "--github-redelivery-interval", "1",
                ]
                for kill in 0..<Self.kills {
                    let outcome = try await RunningSuite.with(directory, arguments: arguments) { suite in
                        Self.aim(target, suite, sandbox)
                        for number in 1...Self.issues {
                            try sandbox.perform(
                                .comment(
                                    repository: Self.repository, number: Int64(number), body: "$usdc:\(kill + 1)$",
                                    by: "road-runner"))
                        }
                        // At another moment each time: from before the first write to after most of them.
                        let writes = kill * Self.issues / Self.kills
                        let before = Self.writes(sandbox)
                        try await poll(within: .seconds(120)) { Self.writes(sandbox) >= before + writes }
                        await suite.kill()
                        target.withLock { $0 = nil }
                    }
                    #expect(outcome.exitCode == 128 + 9)
                }
                try await RunningSuite.with(directory, arguments: arguments) { suite in
                    Self.aim(target, suite, sandbox)
                    do {
                        try await poll(within: .seconds(240)) { try Self.isComplete(sandbox) }
                    } catch {
                        Issue.record("\(suite.log.suffix(4_000))\n\(sandbox.deliveries.filter { $0.status != 202 })")
                    }
                    let bounties = try await suite.bounties()
                    #expect(bounties.count == Self.issues * Self.kills)
                }
                sending.cancel()
                _ = await sending.result
            }
        }
        for number in 1...Self.issues {
            let comments = try Self.ours(sandbox, number)
            #expect(comments.count == 1, "issue \(number)")
            #expect(comments.first?.body.contains("(55 proposed)") == true, "\(comments.first?.body ?? "")")
        }
    }

    private static func aim(
        _ target: borrowing Mutex<WebhookSender.Target?>, _ suite: RunningSuite, _ sandbox: GitHubSandbox
    ) {
        target.withLock { $0 = .init(url: suite.bounty + "/webhooks/github", secret: suite.webhookSecret) }
        sandbox.wakeSender()
    }

    private static func ours(_ sandbox: GitHubSandbox, _ number: Int) throws -> [SandboxIssueView.Text] {
        try sandbox.view(repository: repository, number: Int64(number)).comments
            .filter { $0.author == "bursar-sandbox[bot]" }
    }

    /// 1 + 2 + … + 10 in each.
    private static func isComplete(_ sandbox: GitHubSandbox) throws -> Bool {
        try (1...issues).allSatisfy { try ours(sandbox, $0).contains { $0.body.contains("(55 proposed)") } }
    }

    private static func writes(_ sandbox: GitHubSandbox) -> Int {
        sandbox.apiRequests.count { $0.method == "PATCH" || ($0.method == "POST" && $0.path.hasSuffix("/comments")) }
    }
}
