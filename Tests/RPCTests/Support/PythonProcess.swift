import Foundation

/// A program of Protocol/python.
struct PythonProcess: Sendable {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Protocol/python").standardizedFileURL

    private let output: FileHandle

    /// Runs a program to its end.
    /// - Returns: What it printed, errors included.
    static func run(_ arguments: String...) async throws -> String {
        let process = make(arguments)
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

    /// Runs a program for as long as the operation takes.
    static func with<Value: Sendable>(
        _ arguments: String..., operation: (PythonProcess) async throws -> Value
    ) async throws -> Value {
        let process = make(arguments)
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        let result: Result<Value, any Error>
        do {
            result = .success(try await operation(PythonProcess(output: output.fileHandleForReading)))
        } catch {
            result = .failure(error)
        }
        // Not SIGTERM: the child inherits a signal mask that holds it back.
        kill(process.processIdentifier, SIGKILL)
        for await _ in ended {}
        return try result.get()
    }

    /// What it printed first.
    func firstOutput() async -> String {
        await withCheckedContinuation { continuation in
            output.readabilityHandler = { handle in
                handle.readabilityHandler = nil
                continuation.resume(returning: String(decoding: handle.availableData, as: UTF8.self))
            }
        }
    }

    private static func make(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B"] + arguments
        process.currentDirectoryURL = directory
        return process
    }
}
