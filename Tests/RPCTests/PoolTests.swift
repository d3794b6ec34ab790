import NIOCore
import ServiceRuntime
import Synchronization
import Testing
import Wire
import WireClient
import WireServer

@Suite struct PoolTests {
    @Test func callsGoToAllServers() async throws {
        try await RunningServer.with { first in
            try await RunningServer.with { second in
                try await withClient([first.address, second.address]) { client in
                    while first.log.calls < 20 || second.log.calls < 20 {
                        try await withThrowingTaskGroup { group in
                            for _ in 0..<10 {
                                group.addTask {
                                    try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
                                }
                            }
                            try await group.waitForAll()
                        }
                    }
                }
            }
        }
    }

    @Test func aServerThatIsNotThereYetIsWaitedFor() async throws {
        let address = try await RunningServer.with { $0.address }
        try await withClient([address]) { client in
            let answer = Task { try await client.call(Add.self, Add.Request(40, 2), deadline: .seconds(30)) }
            try await RunningServer.with(port: address.port ?? 0) { _ in
                let sum = try await answer.value.sum
                #expect(sum == 42)
            }
        }
    }

    @Test func aServerThatComesBackIsFound() async throws {
        let address = try await RunningServer.with { server in
            try await withClient([server.address]) { client in
                _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
            }
            return server.address
        }
        var configuration = RPCClientConfiguration()
        configuration.circuitFailures = 1000
        try await withClient([address], configuration: configuration) { client in
            for _ in 0..<3 {
                try await RunningServer.with(port: address.port ?? 0) { _ in
                    let answer = try await client.call(Add.self, Add.Request(40, 2), deadline: .seconds(30))
                    #expect(answer.sum == 42)
                }
            }
        }
    }

    @Test func addressesAreResolvedAgain() async throws {
        try await RunningServer.with { first in
            try await RunningServer.with { second in
                let resolver = ChangingAddresses([first.address])
                var configuration = RPCClientConfiguration()
                configuration.resolveInterval = .milliseconds(20)
                try await withClient([], configuration: configuration, resolver: resolver) { client in
                    _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
                    #expect(first.log.calls == 1)
                    resolver.change(to: [second.address])
                    while second.log.calls == 0 {
                        _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10))
                    }
                    let calls = first.log.calls
                    for _ in 0..<50 { _ = try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(10)) }
                    #expect(first.log.calls == calls)
                    while first.server.connectionCount > 0 { await Task.yield() }
                }
            }
        }
    }

    @Test func namesAreResolved() async throws {
        let addresses = try await HostAddresses(host: "localhost", port: 7).resolve()
        #expect(addresses.contains { $0.ipAddress == "127.0.0.1" && $0.port == 7 })
        await #expect(throws: ResolveError.self) {
            try await HostAddresses(host: "no-such-host.invalid", port: 7).resolve()
        }
    }

    @Test func whatIsIdempotentIsSentAgain() async throws {
        try await withPair { server, client in
            for (isIdempotent, calls) in [(false, 1), (true, 4)] {
                let error = await failure { () async throws(RPCError) in
                    try await client.call(
                        TestMethods.unwell, ByteBuffer(), isIdempotent: isIdempotent, deadline: .seconds(10))
                }
                #expect(error?.reason == "unwell")
                #expect(server.log.calls == calls)
            }
        }
    }

    @Test func theCircuitOpensWhenNobodyAnswersAndClosesWhenSomebodyDoes() async throws {
        let address = try await RunningServer.with { $0.address }
        var configuration = RPCClientConfiguration()
        configuration.circuitFailures = 3
        configuration.circuitBase = .milliseconds(300)
        configuration.reconnectMaximum = .milliseconds(100)
        try await withClient([address], configuration: configuration) { client in
            var reason: String?
            while reason != "circuit-open" {
                reason = await failure { () async throws(RPCError) in
                    try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(0.05))
                }?.reason
            }
            #expect(client.state != .up)
            try await RunningServer.with(port: address.port ?? 0) { _ in
                var sum: UInt64?
                while sum == nil {
                    sum = try? await client.call(Add.self, Add.Request(40, 2), deadline: .seconds(1)).sum
                }
                #expect(sum == 42)
                #expect(client.state == .up)
            }
        }
    }

    @Test func whatIsNotOurProtocolIsNoServer() async throws {
        try await StrangeServer.with(answering: Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)) { address in
            try await withClient([address]) { client in
                let error = await failure { () async throws(RPCError) in
                    try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(0.3))
                }
                #expect(error != nil)
            }
        }
    }

    @Test func aServerThatFallsSilentIsNoticed() async throws {
        // It greets, and then says nothing more.
        var hello: [UInt8] = []
        Hello(lowestVersion: 1, highestVersion: 1, maximumLength: 1 << 20, maximumCalls: 1, idleTimeout: 0)
            .appendFrame(to: &hello)
        var configuration = RPCClientConfiguration()
        configuration.pingInterval = .milliseconds(100)
        configuration.pingTimeout = .milliseconds(100)
        configuration.maximumAttempts = 1
        try await StrangeServer.with(answering: hello) { [configuration] address in
            try await withClient([address], configuration: configuration) { client in
                let error = await failure { () async throws(RPCError) in
                    try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(30))
                }
                #expect(error?.reason == "connection-lost")
            }
        }
    }
}

/// Addresses that a test changes.
final class ChangingAddresses: AddressResolver {
    private let addresses: Mutex<[SocketAddress]>

    init(_ addresses: [SocketAddress]) { self.addresses = Mutex(addresses) }

    func change(to addresses: [SocketAddress]) { self.addresses.withLock { $0 = addresses } }
    func resolve() -> [SocketAddress] { addresses.withLock { $0 } }
}
