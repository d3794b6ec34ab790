import Foundation
import NIOCore
import Testing
import Wire
import WireClient
import WireServer
import WireTransport

@Suite struct MutualTLSTests {
    @Test func bothSidesProveWhoTheyAre() async throws {
        try await Certificates.with { certificates in
            try await RunningServer.with(tls: certificates.tls("server")) { server in
                try await withClient([server.address], tls: certificates.tls("client")) { client in
                    let answer = try await client.call(Add.self, Add.Request(40, 2), deadline: .seconds(20))
                    #expect(answer.sum == 42)
                    let large = ByteBuffer(repeating: 7, count: 1_000_000)
                    let echoed = try await client.call(TestMethods.echo, large, deadline: .seconds(20))
                    #expect(echoed == large)
                }
            }
        }
    }

    @Test func aCertificateOfAnotherAuthorityIsRefused() async throws {
        try await Certificates.with { certificates in
            try await Certificates.with { others in
                try await RunningServer.with(tls: certificates.tls("server")) { server in
                    // The client trusts the server, and not the other way round.
                    var stranger = others.tls("client")
                    stranger.authorityFile = certificates.tls("client").authorityFile
                    try await expectNoAnswer(server, stranger)
                    // The server trusts the client, and not the other way round.
                    var distrustful = certificates.tls("client")
                    distrustful.authorityFile = others.tls("client").authorityFile
                    try await expectNoAnswer(server, distrustful)
                }
            }
        }
    }

    @Test func aServerOfAnotherNameIsRefused() async throws {
        try await Certificates.with { certificates in
            try await RunningServer.with(tls: certificates.tls("server")) { server in
                var tls = certificates.tls("client")
                tls.serverName = "other.internal"
                try await expectNoAnswer(server, tls)
            }
        }
    }

    @Test func withoutTLSThereIsNoAnswer() async throws {
        try await Certificates.with { certificates in
            try await RunningServer.with(tls: certificates.tls("server")) { server in
                try await expectNoAnswer(server, nil)
            }
        }
    }

    @Test func filesThatAreMissingAreFoundAtTheStart() throws {
        let tls = MutualTLS(
            certificateChainFile: "/nonexistent/a", privateKeyFile: "/nonexistent/b", authorityFile: "/nonexistent/c",
            serverName: "x")
        #expect(throws: (any Error).self) {
            try RPCClient(name: "test", resolver: FixedAddresses([]), tls: tls, logger: quietLogger)
        }
    }

    private func expectNoAnswer(_ server: RunningServer, _ tls: MutualTLS?) async throws {
        try await withClient([server.address], tls: tls) { client in
            let error = await failure { () async throws(RPCError) in
                try await client.call(Add.self, Add.Request(1, 1), deadline: .seconds(0.5))
            }
            #expect(error != nil)
        }
        #expect(server.log.calls == 0)
    }
}

/// An authority and certificates of it, in a folder that goes away.
struct Certificates: Sendable {
    private let folder: URL

    static func with(_ operation: (Certificates) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bursar-rpc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificates = Certificates(folder: folder)
        try await certificates.make()
        try await operation(certificates)
    }

    /// For `server`, whose certificate names `calculator.internal`, or `client`.
    func tls(_ name: String) -> MutualTLS {
        MutualTLS(
            certificateChainFile: path("\(name).pem"), privateKeyFile: path("\(name).key"),
            authorityFile: path("authority.pem"), serverName: "calculator.internal")
    }

    private func path(_ file: String) -> String { folder.appending(path: file).path }

    private func make() async throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        try await openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=test authority"] + key
                + ["-keyout", path("authority.key"), "-out", path("authority.pem")])
        for (name, extensions) in [
            ("server", "subjectAltName=DNS:calculator.internal"), ("client", "subjectAltName=DNS:gateway.internal"),
        ] {
            try await openssl(
                [
                    "req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-addext", extensions,
                    "-addext", "basicConstraints=critical,CA:FALSE",
                ] + key
                    + [
                        "-CA", path("authority.pem"), "-CAkey", path("authority.key"),
                        "-keyout", path("\(name).key"), "-out", path("\(name).pem"),
                    ])
        }
    }

    private func openssl(_ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardError = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        try #require(status == 0, "openssl \(arguments.joined(separator: " "))")
    }
}
