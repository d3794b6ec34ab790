import EmbeddedServers
import FoundationEssentials
import JetStream
import TestSupport
import Testing

@Suite("Embedded NATS")
struct EmbeddedNATSTests {
    @Test func aRunningServerIsTakenOver() async throws {
        try await TestNATS.withServer { server in
            let second = try await server.configuration.start()
            #expect(second.wasRunning)
            #expect(second.process == server.process)
            #expect(second.url == server.url)
        }
    }

    @Test func aSecondStartKeepsPortAndData() async throws {
        try await withStream { server, client in
            try await client.store("s.a", "kept")
            let (url, process) = (server.url, server.process)
            await server.stop()
            #expect(!process.isRunning)
            try await server.start()
            #expect(server.url == url)
            #expect(server.process != process)
            try await client.waitUntilConnected(timeout: .seconds(20))
            let reader = try OrderedReader(client: client, stream: "S")
            #expect(try await reader.next()?.messages.map(\.message.payloadText) == ["kept"])
        }
    }

    @Test func aChangedConfigurationRestartsTheServer() async throws {
        try await TestNATS.withServer { server in
            let process = server.process
            try await server.restart(authorization: "authorization { user: a, password: b }")
            #expect(!process.isRunning)
            try await server.withClient(user: "a", password: "b") { #expect($0.maximumPayload == 32 << 20) }
        }
    }

    @Test func aWrongConfigurationFailsWithTheServersWords() async throws {
        await #expect {
            try await TestNATS.withServer(authorization: "nonsense { ") { _ in }
        } throws: {
            guard case EmbeddedNATSError.wrongConfiguration(let text) = $0 else { return false }
            return text.contains("Parse error")
        }
    }

    @Test func aPortThatSomebodyElseHasIsReplaced() async throws {
        try await TestNATS.withServer { first in
            try await TestNATS.withServer { second in
                await second.stop()
                let port = try #require(first.url.split(separator: ":").last)
                try String(port).write(
                    toFile: second.configuration.directory + "/port", atomically: true, encoding: .utf8)
                try await second.start()
                #expect(second.url != first.url)
                try await second.withClient { #expect($0.maximumPayload != nil) }
            }
        }
    }

    @Test func aStoreThatCannotBeUsedFailsWithTheEndOfTheLog() async throws {
        try await TestNATS.withServer { server in
            await server.stop()
            let store = server.configuration.directory + "/store"
            try FileManager.default.removeItem(atPath: store)
            try "a file".write(toFile: store, atomically: true, encoding: .utf8)
            await #expect {
                try await server.start()
            } throws: {
                guard case EmbeddedNATSError.didNotStart(let log) = $0 else { return false }
                return log.contains("[FTL]")
            }
        }
    }

    @Test func secretsAreReadableByTheOwnerOnly() async throws {
        try await TestNATS.withServer(authorization: "authorization { user: a, password: b }") { server in
            for file in ["nats-server.conf", ""] {
                let path = server.configuration.directory + "/" + file
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode.map { $0 & 0o077 } == 0)
            }
        }
    }

    @Test func aMissingBinaryNamesWhereItWasLookedFor() async throws {
        let embedded = EmbeddedNATS(
            directory: "/nonexistent/data", toolsDirectory: "/nonexistent/tools", logger: .quiet)
        await #expect {
            try await embedded.start()
        } throws: {
            guard case EmbeddedNATSError.notInstalled(let looked) = $0 else { return false }
            return looked.first == "/nonexistent/tools"
        }
    }

    @Test(arguments: [
        ("nats-server: v2.15.1", "2.15.1"), ("nats-server: v2.11.0-RC.1\n", "2.11.0"), ("nats-server: dev", nil),
        ("", nil), ("nats-server: v2.15", nil),
    ])
    func versionsAreRead(_ output: String, _ expected: String?) {
        #expect(NATSServerVersion(output: output)?.description == expected)
    }
}
