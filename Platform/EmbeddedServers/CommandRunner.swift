import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs commands to their end, perhaps as another user, never longer than a limit.
struct CommandRunner: Sendable {
    struct Outcome: Sendable {
        var isSuccess: Bool
        /// Standard output and standard error together.
        var output: String
    }

    /// The user that commands run as; nil for our own.
    var user: SystemUser?

    /// Output past this, in bytes, is an error: commands here say little.
    private static let outputLimit = 256 * 1024
    /// How long a command that was told to end may take for it, before it is killed.
    private static let teardownLimit = Duration.seconds(2)

    init(user: SystemUser? = nil) { self.user = user }

    /// Runs the executable in `/` with nothing but a plain environment. Throws ``SubprocessError`` where it cannot be
    /// started, and `CommandTimedOut` where it was ended by the limit.
    func run(_ executable: String, _ arguments: [String], limit: Duration) async throws -> Outcome {
        let command =
            user.map { Self.command(executable, arguments, as: $0) } ?? (executable: executable, arguments: arguments)
        return try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                var options = PlatformOptions()
                options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.teardownLimit)]
                let result = try await Subprocess.run(
                    .path(FilePath(command.executable)), arguments: Arguments(command.arguments),
                    environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/"]),
                    workingDirectory: "/", platformOptions: options, output: .string(limit: Self.outputLimit),
                    error: .combinedWithOutput)
                return Outcome(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let outcome = first else {
                throw CommandTimedOut(executable: executable, limit: limit)
            }
            return outcome
        }
    }

    /// Not by the library's own `userID`: between fork and exec of a process with many threads, glibc's setuid and
    /// setgroups can wait for ever, for a lock that another thread held at the fork.
    private static func command(
        _ executable: String, _ arguments: [String], as user: SystemUser
    ) -> (executable: String, arguments: [String]) {
        let identity = ["--reuid=\(user.id)", "--regid=\(user.groupID)", "--clear-groups", "--no-new-privs", "--"]
        return ("/usr/bin/setpriv", identity + [executable] + arguments)
    }
}

struct CommandTimedOut: Error, CustomStringConvertible {
    let executable: String
    let limit: Duration

    var description: String { "\(executable) did not end within \(limit)" }
}
