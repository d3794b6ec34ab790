import EmbeddedServers
import Foundation
import Glibc
import Subprocess
import TestSupport
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One service in a process of its own, which stays away when it was killed.
enum LoneService {
    /// Runs it for as long as the body does, which gets its process.
    /// - Parameter log: The path of a file for its output.
    static func with<Result: Sendable>(
        _ arguments: [String], environment: [String: String], log: String,
        _ body: (ServerProcess) async throws -> Result
    ) async throws -> Result {
        let file = try FileDescriptor.open(
            FilePath(log), .writeOnly, options: [.create, .append], permissions: [.ownerReadWrite])
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))]
        let result = try await Subprocess.run(
            .path(FilePath(Executable.path)), arguments: Arguments(arguments),
            environment: .custom(Executable.full(environment)),
            workingDirectory: FilePath(Executable.repository.path()), platformOptions: options, input: .none,
            output: .fileDescriptor(file, closeAfterSpawningProcess: false),
            error: .fileDescriptor(file, closeAfterSpawningProcess: true)
        ) { execution in
            let process = try #require(ServerProcess(id: execution.processIdentifier.value))
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(process)) } catch { outcome = .failure(error) }
            process.send(SIGKILL)
            return try outcome.get()
        }
        return result.closureResult
    }
}
