import EmbeddedServers
import Events
import Foundation
import Glibc
import TestSupport
import Testing

/// Starting, stopping, being killed, and being in the way.
struct StartStopTests {
    @Test func whatWasThereIsThereAfterAnOrderlyStop() async throws {
        try await SuiteDirectory.with { directory in
            let first = try await RunningSuite.with(directory) { suite in
                #expect(suite.terminal.contains("PostgreSQL"))
                #expect(suite.terminal.contains("webhook send issue_comment"))
                #expect(suite.terminal.contains(suite.webhookSecret))
                #expect(try await suite.send(.init(body: try CommentPayload().body)).status == 202)
                try await poll { try await suite.bounties().count == 1 }
                return (secret: suite.webhookSecret, bounties: try await suite.bounties())
            }
            #expect(first.exitCode == 0)
            #expect(directory.text(of: "terminal.txt").hasSuffix("Stopped.\n"))
            #expect(directory.nats.runningProcess() == nil)
            let log = directory.text(of: "log.txt")
            #expect(!log.contains(#""level":"error""#) && !log.contains(#""level":"warning""#), "\(log)")

            let second = try await RunningSuite.with(directory) { suite in
                #expect(suite.webhookSecret == first.result.secret)
                let bounties = try await suite.bounties()
                #expect(bounties == first.result.bounties)
                #expect(suite.terminal.contains("started"))
                suite.process.send(SIGINT)
                #expect(await suite.process.waitUntilGone(within: .seconds(30)))
            }
            #expect(second.exitCode == 0)
        }
    }

    @Test func serversOfAKilledSuiteAreTakenOver() async throws {
        try await SuiteDirectory.with { directory in
            let killed = try await RunningSuite.with(directory) { suite in
                let answer = try await suite.send(.init(body: try CommentPayload().body))
                #expect(answer.status == 202)
                await suite.kill()
            }
            #expect(killed.exitCode == 128 + SIGKILL)
            let broker = try #require(directory.nats.runningProcess())
            try await RunningSuite.with(directory) { suite in
                #expect(suite.terminal.split(separator: "\n").filter { $0.contains("was running") }.count == 2)
                #expect(directory.nats.runningProcess() == broker)
                // Answered 202 just before the kill, so it comes to be, even if nobody had handled it yet.
                // What the killed process had in hand comes again after 15 s, and its outbox is taken over after 30.
                try await poll(within: .seconds(120)) { try await suite.bounties().count == 1 }
            }
            #expect(directory.nats.runningProcess() == nil)
        }
    }

    @Test func aStopWhileStartingLeavesNothingRunning() async throws {
        try await SuiteDirectory.with { directory in
            let outcome = try await RunningSuite.launch(directory) { process in
                try await poll { directory.text(of: "terminal.txt").contains("Bursar") || !process.isRunning }
                process.send(SIGINT)
                #expect(await process.waitUntilGone(within: .seconds(60)))
            }
            #expect(outcome.exitCode == 0, "\(directory.text(of: "log.txt"))")
            #expect(directory.nats.runningProcess() == nil)
            // And the next start is as good as the first.
            try await RunningSuite.with(directory) { suite in
                let answer = try await suite.get(suite.admin + "/readyz")
                #expect(answer.status == 200)
            }
        }
    }

    @Test func aSecondSuiteInTheSameFolderIsRefused() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let second = try await Executable.run(
                    [
                        "up", "--data-directory", directory.path, "--gateway-http-port", "0", "--bounty-http-port", "0",
                        "--calculator-rpc-port", "0", "--admin-port", "0",
                    ])
                #expect(second.exitCode == 1)
                #expect(second.errors.contains("another bursar up runs with"))
                #expect(try await suite.get(suite.admin + "/readyz").status == 200)
            }
        }
    }

    @Test func aPortInUseIsNamedBeforeAnythingStarts() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let port = try #require(suite.gateway.split(separator: ":").last)
                let other = directory.file("other")
                let outcome = try await Executable.run(
                    ["up", "--data-directory", other, "--gateway-http-port", String(port), "--bounty-http-port", "0"])
                #expect(outcome.exitCode == 1)
                #expect(outcome.errors.contains("gateway.http.port: 127.0.0.1:\(port) is in use"))
                #expect(!FileManager.default.fileExists(atPath: other))
            }
        }
    }
}
