import NIOCore
import NIOPosix
import Testing
import Wire
import WireClient
import WireServer

/// Clients that mean harm, in a process of their own, and how one that does not fares beside them.
@Suite(.serialized) struct HostileClientTests {
    /// The p99 of a client beside eight hostile ones is at most this many times that without them.
    private static let factor = 10.0
    /// Milliseconds that a p99 counts as at least: what else runs on the machine disturbs as much by itself.
    private static let leastP99 = 10.0
    /// What else runs can only make it look worse, so the best of some rounds counts.
    private static let rounds = 6

    @Test(arguments: [
        "randomBytes", "randomBytesAtOnce", "halfFrames", "hugeLengths", "wrongVersions", "tenThousandCalls",
        "tenThousandHeavyCalls", "neverReading",
    ])
    func nobodyElseIsHarmed(attack: String) async throws {
        var limits = RPCServerLimits()
        limits.workers = 1
        limits.handshakeTimeout = .milliseconds(500)
        // Two event loops that no other test uses: one for the server, one for the client.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let (serverLoop, clientLoop) = (group.next(), group.next())
        try await RunningServer.with(limits: limits, group: serverLoop) { server in
            try await withClient([server.address], eventLoop: clientLoop) { client in
                _ = try await p99(client)
                let alone = try await p99(client)
                let bound = Self.factor * max(alone, Self.leastP99)
                let attacked = try await PythonProcess.with("attack.py", "\(server.port)", attack) { output in
                    #expect(output.hasPrefix("attacking"))
                    var best = Double.infinity
                    for _ in 0..<Self.rounds where best > bound { best = min(best, try await p99(client)) }
                    return best
                }
                #expect(attacked <= bound, "p99 of \(alone) ms alone, \(attacked) ms beside \(attack)")
            }
        }
        try await group.shutdownGracefully()
    }

    /// Milliseconds, of 200 calls made one after the other on the client's event loop.
    private func p99(_ client: RPCClient) async throws -> Double {
        try await withTaskExecutorPreference(client.executor) {
            var latencies: [Double] = []
            for number in 0..<200 as Range<UInt64> {
                let start = NIODeadline.now()
                let answer = try await client.call(Add.self, Add.Request(number, 1), deadline: .seconds(20))
                #expect(answer.sum == number + 1)
                latencies.append(Double((NIODeadline.now() - start).nanoseconds) / 1e6)
            }
            return latencies.sorted()[198]
        }
    }
}
