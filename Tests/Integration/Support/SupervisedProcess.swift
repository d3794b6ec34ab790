import EmbeddedServers
import Foundation
import Glibc
import Subprocess
import Synchronization
import TestSupport

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One service of the suite in a process of its own, which is started again whenever it ends, as Kubernetes does.
final class SupervisedProcess: Sendable {
    private struct State {
        var process: ServerProcess?
        var starts = 0
        var isStopping = false
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let log: String
    private let state = Mutex(State())

    /// - Parameter log: The path of a file that its output is added to.
    init(_ arguments: [String], environment: [String: String], log: String) {
        self.arguments = arguments
        self.environment = environment
        self.log = log
    }

    var starts: Int { state.withLock { $0.starts } }

    /// Runs it for as long as the body runs.
    func whileRunning<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        let supervision = Task { try await self.supervise() }
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        let process = state.withLock { state in
            state.isStopping = true
            return state.process
        }
        process?.send(SIGKILL)
        _ = await supervision.result
        return try outcome.get()
    }

    /// Ends the process that runs now as a crash does.
    func kill() { state.withLock { $0.process }?.send(SIGKILL) }

    private func supervise() async throws {
        while !state.withLock({ $0.isStopping }) {
            let file = try FileDescriptor.open(
                FilePath(log), .writeOnly, options: [.create, .append], permissions: [.ownerReadWrite])
            _ = try await Subprocess.run(
                .path(FilePath(Executable.path)), arguments: Arguments(arguments),
                environment: .custom(Executable.full(environment)),
                workingDirectory: FilePath(Executable.repository.path()), input: .none,
                output: .fileDescriptor(file, closeAfterSpawningProcess: false),
                error: .fileDescriptor(file, closeAfterSpawningProcess: true)
            ) { execution in
                let process = ServerProcess(id: execution.processIdentifier.value)
                let isStopping = state.withLock { state in
                    state.process = process
                    state.starts += 1
                    return state.isStopping
                }
                if isStopping { process?.send(SIGKILL) }
                while process?.isRunning == true { try await Task.sleep(for: .milliseconds(20)) }
                state.withLock { $0.process = nil }
            }
        }
    }
}
