import FoundationEssentials
import Glibc
import Subprocess

/// The nats-server to run.
struct NATSServerBinary: Sendable {
    /// Long for a look at a file; the machine may be busy.
    private static let commandLimit: Duration = .seconds(20)

    let path: String
    let version: NATSServerVersion

    /// Looks in the tools directory, then in `PATH`.
    init(toolsDirectory: String?) async throws {
        let searchPath = getenv("PATH").map { String(cString: $0) } ?? ""
        let directories = [toolsDirectory].compactMap { $0 } + searchPath.split(separator: ":").map(String.init)
        let candidates = directories.map { $0.absolutePath + "/nats-server" }
        guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw EmbeddedNATSError.notInstalled(looked: directories)
        }
        self.path = path
        let outcome = try await CommandRunner().run(path, ["--version"], limit: Self.commandLimit)
        guard outcome.isSuccess, let version = NATSServerVersion(output: outcome.output) else {
            throw EmbeddedNATSError.unknownVersion(path: path)
        }
        guard version >= .minimum else { throw EmbeddedNATSError.tooOld(version) }
        self.version = version
    }

    /// Has the server read the configuration, and nothing more.
    func check(configuration: String) async throws {
        let outcome = try await CommandRunner().run(path, ["-t", "-c", configuration], limit: Self.commandLimit)
        guard outcome.isSuccess else { throw EmbeddedNATSError.wrongConfiguration(outcome.output) }
    }

    /// Starts the server in a session of its own, so that what ends us, or our terminal, does not end it.
    func launchDetached(configuration: String) async throws {
        let result = try await run(
            .name("setsid"), arguments: ["--fork", path, "-c", configuration], output: .discarded, error: .discarded)
        guard result.terminationStatus == .exited(0) else {
            throw EmbeddedNATSError.cannotLaunch("setsid: \(result.terminationStatus)")
        }
    }
}

package struct NATSServerVersion: Sendable, Comparable, CustomStringConvertible {
    /// `sync_interval: always` and consumers with several filters came with it.
    package static let minimum = NATSServerVersion(major: 2, minor: 10, patch: 0)
    /// What everything here is tested with.
    package static let tested = NATSServerVersion(major: 2, minor: 15, patch: 0)

    let major: Int
    let minor: Int
    let patch: Int

    init(major: Int, minor: Int, patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// `nats-server: v2.15.1`, maybe with a suffix such as `-RC.1`.
    package init?(output: String) {
        guard let word = output.split(whereSeparator: \.isWhitespace).last, word.hasPrefix("v") else { return nil }
        let numbers = word.dropFirst().prefix { $0 != "-" && $0 != "+" }.split(separator: ".").map { Int($0) }
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2] else {
            return nil
        }
        self.init(major: major, minor: minor, patch: patch)
    }

    var warning: String? {
        self < .tested ? "nats-server \(self) is older than \(Self.tested), with which this is tested" : nil
    }

    package var description: String { "\(major).\(minor).\(patch)" }

    package static func < (left: NATSServerVersion, right: NATSServerVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
