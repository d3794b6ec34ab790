import Foundation
import Glibc
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The executable that is tested, as a user runs it.
enum Executable {
    /// Beside the test bundle in the build folder.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "bursar").path()

    /// The folder of the repository, as `./scripts/up` runs in it.
    static let repository: URL = {
        var directory = URL(filePath: #filePath)
        repeat {
            directory = directory.deletingLastPathComponent()
        } while !FileManager.default.fileExists(atPath: directory.appending(path: "Package.swift").path())
        return directory
    }()

    static func example(_ name: String) -> String {
        repository.appending(path: "scripts/examples/\(name).json").path()
    }

    struct Outcome {
        var exitCode: Int32
        var output: String
        var errors: String
    }

    /// For a command that answers and ends.
    private static let outputLimit = 1024 * 1024

    /// Runs a command to its end. Nothing of our environment reaches it but what every program needs.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments), environment: .custom(full(environment)),
            workingDirectory: FilePath(repository.path()), input: .string(input), output: .string(limit: outputLimit),
            error: .string(limit: outputLimit))
        return Outcome(
            exitCode: code(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
    }

    static func full(_ environment: [String: String]) -> [Environment.Key: String] {
        var full: [Environment.Key: String] = ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"]
        if let tools = getenv("TOOLS_DIRECTORY") { full["TOOLS_DIRECTORY"] = String(cString: tools) }
        for (name, value) in environment { full[Environment.Key(stringLiteral: name)] = value }
        return full
    }

    /// 128 and the signal where one ended it, as a shell says it.
    static func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): Int32(code)
        case .signaled(let signal): 128 + Int32(signal)
        }
    }
}
