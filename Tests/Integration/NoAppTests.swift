import Events
import Foundation
import TestSupport
import Testing

/// Without a GitHub App, nothing is written, and it is said what would be.
struct NoAppTests {
    @Test(.timeLimit(.minutes(5))) func whatWouldBeWrittenIsInTheLog() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let payload = CommentPayload(text: "Please.\n\n$usdc:250$")
                try await expectEqual(suite.send(.init(body: try payload.body)).status, 202)
                try await poll { suite.log.contains("this would be written") }
                #expect(suite.log.contains("`250 USDC`"))
                #expect(suite.log.contains("sign to activate it"))
                try await expectEqual(suite.bounties().map(\.amount), ["250"])
            }
        }
    }

    @Test func whatIsWrongWithAnAppIsSaidAtTheStart() async throws {
        for (flags, name) in [
            (["--github-app-id", "1"], "github.app.private.key.file"),
            (["--github-app-id", "1/2", "--github-app-private-key-file", "x"], "github.app.id"),
            (["--github-app-id", "1", "--github-app-private-key-file", "/nowhere"], "cannot be read"),
            (["--github-app-id", "1", "--github-app-private-key-file", "/etc/hostname"], "is not the PEM"),
            (["--github-api-url", "api.github.com"], "github.api.url"),
            (["--with-github-sandbox", "--github-app-id", "1"], "cannot be given together"),
        ] {
            let outcome = try await Executable.run(["up", "--data-directory", "/nowhere/at/all"] + flags)
            #expect(outcome.exitCode == 64, "\(flags)")
            #expect(outcome.errors.contains(name), "\(outcome.errors)")
        }
    }
}
