import EmbeddedServers
import Foundation
import Glibc
import JetStream
import Suite
import TestSupport
import Testing

/// A data directory for `bursar up`, gone afterwards with the servers that run in it.
struct SuiteDirectory: Sendable {
    let path: String

    @discardableResult
    static func with<Result>(_ body: (SuiteDirectory) async throws -> Result) async throws -> Result {
        let parent = getenv("BURSAR_TEST_DIRECTORY").map { String(cString: $0) } ?? "/tmp"
        let directory = SuiteDirectory(path: "\(parent)/suite-\(getpid())-\(UInt32.random(in: .min ... .max))")
        try FileManager.default.createDirectory(
            atPath: directory.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o711])
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(directory)) } catch { outcome = .failure(error) }
        try await Task { try await directory.remove() }.value
        return try outcome.get()
    }

    private func remove() async throws {
        await nats.stop()
        try await postgres.stop()
        try FileManager.default.removeItem(atPath: path)
    }

    var nats: EmbeddedNATS { EmbeddedNATS(directory: file("nats"), toolsDirectory: nil, logger: .quiet) }
    var postgres: EmbeddedPostgres { EmbeddedPostgres(directory: file("postgres"), logger: .quiet) }

    func file(_ name: String) -> String { path + "/" + name }

    func text(of name: String) -> String { (try? String(contentsOfFile: file(name), encoding: .utf8)) ?? "" }

    func json(_ name: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text(of: name).utf8)) as? [String: Any])
    }

    /// A connection to the running broker as one of the suite's users.
    func withBroker<Result: Sendable>(
        as user: String, _ body: (NATSClient) async throws -> Result
    ) async throws -> Result {
        let password = try #require(json("secrets.json")["\(user).nats.password"] as? String)
        let configuration = try NATSConfiguration(
            url: "nats://127.0.0.1:\(text(of: "nats/port"))", user: user, password: password, clientName: "test",
            inboxPrefix: NATSConfiguration.inboxPrefix(of: user))
        return try await NATSClient.withConnection(configuration, logger: .quiet, body)
    }

    /// How many messages a stream holds.
    func messageCount(of stream: String) async throws -> Int {
        try await withBroker(as: "provision") { client in
            let answer = try await client.request(NATSOutgoingMessage(subject: "$JS.API.STREAM.INFO.\(stream)"))
            let info = try JSONDecoder().decode(StreamInfo.self, from: answer.withPayload { Data($0) })
            return info.state.messages
        }
    }

    private struct StreamInfo: Decodable {
        struct State: Decodable { var messages: Int }
        var state: State
    }
}
