import EmbeddedServers
import Foundation
import Glibc
import HTTP
import NIOCore
import NIOPosix
import Postgres
import Subprocess
import TestSupport
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A replica of the bounty service, as the executable runs it.
struct BountyProcess: Sendable {
    let process: ServerProcess
    /// Of its webhook endpoint.
    let address: HTTPAddress

    /// Starts it, and tells it to stop after the body, if it still runs.
    ///
    /// - Parameters:
    ///   - port: Of its webhook endpoint.
    ///   - environment: Beside what every replica of the fixture has.
    @discardableResult
    static func run(
        _ fixture: SettlementFixture, port: Int, _ environment: [String: String],
        _ body: (BountyProcess) async throws -> Void
    ) async throws -> TerminationStatus {
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "bursar").path()
        let common = [
            "BOUNTY_HTTP_PORT": String(port), "ADMIN_PORT": "0", "HTTP_HOST": "127.0.0.1", "LOG_LEVEL": "warning",
            "PUBLIC_URL": "https://bursar.example", "NATS_URL": fixture.broker.url,
            "BOUNTY_DATABASE_URL": fixture.databaseURL.secretText, "GITHUB_WEBHOOK_SECRETS": DeliveryRequest.secret,
            "LINK_SECRET": SettlementFixture.linkSecret,
            "PAYOUT_KEYS": SettlementFixture.payoutSeeds.joined(separator: ","),
        ]
        let all = common.merging(environment) { $1 }
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(20))]
        let result = try await Subprocess.run(
            .path(FilePath(executable)), arguments: ["bounty"],
            environment: .custom(
                Dictionary(uniqueKeysWithValues: all.map { (Environment.Key(stringLiteral: $0), $1) })),
            platformOptions: options, input: .none, output: .discarded, error: .discarded
        ) { execution in
            let process = try #require(ServerProcess(id: execution.processIdentifier.value))
            let replica = BountyProcess(process: process, address: HTTPAddress(host: "127.0.0.1", port: port))
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(replica)) } catch { outcome = .failure(error) }
            process.send(SIGTERM)
            try outcome.get()
        }
        return result.terminationStatus
    }

    /// Waits until it takes deliveries.
    func waitUntilItListens() async throws {
        try await poll(within: .seconds(60)) {
            (try? await exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", with: address)) != nil
        }
    }

    /// A port that nothing listens on, out of the range that the system takes ports from by itself.
    static func freePort() async throws -> Int {
        while true {
            let port = Int.random(in: 20_000..<30_000)
            let bound = try? await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: port).get()
            guard let bound else { continue }
            try await bound.close()
            return port
        }
    }
}
