import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A program of Protocol/python.
enum PythonProcess {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Protocol/python").standardizedFileURL

    /// Of what a program prints.
    private static let outputLimit = 64 * 1024

    /// Runs a program to its end.
    /// - Returns: What it printed, errors included.
    static func run(_ arguments: String...) async throws -> String {
        let result = try await Subprocess.run(
            .name("python3"), arguments: Arguments(["-B"] + arguments),
            workingDirectory: FilePath(directory.path()), output: .string(limit: outputLimit),
            error: .combinedWithOutput)
        return result.standardOutput
    }

    /// Runs a program, its standard input open; once it has printed something, the operation; and ends it after that.
    /// - Parameter operation: Takes what was printed.
    static func with<Value: Sendable>(
        _ arguments: String..., operation: (String) async throws -> Value
    ) async throws -> Value {
        let result = try await Subprocess.run(
            .name("python3"), arguments: Arguments(["-B"] + arguments),
            workingDirectory: FilePath(directory.path()), input: .inputWriter, output: .sequence,
            error: .discarded
        ) { execution in
            var output = execution.standardOutput.makeAsyncIterator()
            let first = try await output.next().map {
                String(decoding: $0.withUnsafeBytes { Array($0) }, as: UTF8.self)
            }
            let outcome: Result<Value, any Error>
            do { outcome = .success(try await operation(first ?? "")) } catch { outcome = .failure(error) }
            try execution.send(signal: .kill)
            return outcome
        }
        return try result.closureResult.get()
    }
}
