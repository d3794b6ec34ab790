import JetStream
import Logging
import ServiceLifecycle
import ServiceRuntime
import TestSupport
import Testing

@Suite("Connection")
struct ConnectionTests {
    @Test func aServerThatComesLaterIsFound() async throws {
        try await TestNATS.withServer { server in
            await server.stop()
            let client = NATSClient(
                configuration: try NATSConfiguration(url: server.url, clientName: "early"), logger: .quiet)
            let run = Task { try await client.run() }
            try await poll { client.state.isDown }
            #expect(client.maximumPayload == nil)
            await #expect(throws: NATSError.disconnected) { try await client.store("s.a", "") }
            try await server.start()
            try await client.waitUntilConnected(timeout: .seconds(20))
            #expect(client.state == .up)
            #expect(client.maximumPayload == 32 << 20)
            run.cancel()
            _ = await run.result
            #expect(client.state == .down(reason: "stopped"))
        }
    }

    @Test func credentialsThatAreWrongForAWhileAreTriedAgain() async throws {
        let right = "authorization { user: bursar, password: \"p@ss:word\" }"
        let wrong = "authorization { user: bursar, password: other }"
        try await TestNATS.withServer(authorization: wrong) { server in
            let url = server.url.replacing("nats://", with: "nats://bursar:p%40ss:word@")
            let client = NATSClient(
                configuration: try NATSConfiguration(url: url, clientName: "stubborn"), logger: .quiet)
            let run = Task { try await client.run() }
            try await poll { client.state.isDown }
            // libnats alone would give up for good at the second refusal.
            try await Task.sleep(for: .milliseconds(500))
            #expect(client.state != .up)
            try await server.restart(authorization: right)
            try await client.waitUntilConnected(timeout: .seconds(20))
            run.cancel()
            _ = await run.result
        }
    }

    @Test func gracefulShutdownWaitsForAnswersAndHandsOverWhatWasPublished() async throws {
        try await withStream { server, observer in
            let client = NATSClient(
                configuration: try NATSConfiguration(url: server.url, clientName: "leaving"), logger: .quiet)
            let group = ServiceGroup(services: [client], logger: .quiet)
            let run = Task { try await group.run() }
            try await client.waitUntilConnected(timeout: .seconds(20))
            async let stored = withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 { group.addTask { try await client.store("s.a", "\(number)") } }
                try await group.waitForAll()
            }
            try await observer.store("s.a", "under way")
            await group.triggerGracefulShutdown()
            // Those that came after the shutdown began are refused; none hangs.
            do { try await stored } catch { #expect(error as? NATSError == .closed) }
            try await run.value
            await #expect(throws: NATSError.closed) { try await client.store("s.a", "") }
        }
    }

    @Test func aServerThatHangsDoesNotHoldUpTheShutdown() async throws {
        try await TestNATS.withServer { server in
            var configuration = try NATSConfiguration(url: server.url, clientName: "leaving")
            configuration.drainTimeout = .milliseconds(200)
            let client = NATSClient(configuration: configuration, logger: .quiet)
            let group = ServiceGroup(services: [client], logger: .quiet)
            let run = Task { try await group.run() }
            try await client.waitUntilConnected(timeout: .seconds(20))
            try await server.whilePaused {
                let waiting = Task { await client.storeError("s.a", timeout: .seconds(600)) }
                await Task.yield()
                let start = ContinuousClock.now
                await group.triggerGracefulShutdown()
                try await run.value
                // Less than what waits for the server itself.
                #expect(ContinuousClock.now - start < .seconds(60))
                #expect(await waiting.value == .closed)
            }
        }
    }

    @Test(arguments: [
        ("nats://localhost", ["nats://localhost:4222"]),
        ("localhost:4223", ["nats://localhost:4223"]),
        ("nats://a:1, nats://b:2/", ["nats://a:1", "nats://b:2"]),
        ("nats://user:secret@a", ["nats://a:4222"]),
        ("tls://[::1]:4224", ["tls://[::1]:4224"]),
    ])
    func urlsAreRead(_ url: String, _ servers: [String]) throws {
        #expect(try NATSConfiguration(url: url, clientName: "c").servers == servers)
    }

    @Test(arguments: [
        "", "http://a", "nats://", "nats://a:0", "nats://a:65536", "nats://a:b", "nats://a,", "nats://a b",
        "nats://:x@a", "nats://u:%zz@a", "nats://a/path", "nats://a,tls://b", "nats://u:1@a,nats://u:2@b",
    ])
    func malformedURLsAreRefusedWithoutTheirSecrets(_ url: String) throws {
        #expect {
            try NATSConfiguration(url: url, clientName: "c")
        } throws: {
            guard case NATSError.invalidConfiguration("url", let reason) = $0 else { return false }
            return !reason.contains("%zz")
        }
    }

    @Test(arguments: ["", "a.*", "a.>", "a b", "a."])
    func anInboxPrefixThatIsNoSubjectIsRefused(_ prefix: String) {
        #expect(throws: NATSError.self) { try NATSConfiguration(url: "a", clientName: "c", inboxPrefix: prefix) }
    }
}
