import Foundation
import Testing
import WireServer

/// A client that was written from the specification alone.
@Suite struct PythonClientTests {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Protocol/python").standardizedFileURL

    @Test func itsBytesAreGolden() async throws {
        let output = try await run("golden", "../golden.txt")
        #expect(output == "ok\n")
    }

    @Test func theServerAnswersIt() async throws {
        try await RunningServer.with { server in
            let output = try await run("server", "127.0.0.1", "\(server.port)")
            #expect(output == "ok\n")
            await server.log.wait { $0.running == 0 }
        }
    }

    /// - Returns: What it printed, errors included.
    private func run(_ arguments: String...) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", "check.py"] + arguments
        process.currentDirectoryURL = Self.directory
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { _ in
                let output = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
                continuation.resume(returning: String(decoding: output, as: UTF8.self))
            }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
