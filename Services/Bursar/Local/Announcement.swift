import BountyService
import Events
import FoundationEssentials
import HTTP
import IdentityService
import NIOCore
import ServiceLifecycle
import ServiceRuntime

/// A port that was bound.
enum Binding: Sendable {
    case gateway(HTTPAddress)
    case bounty(HTTPAddress)
    case calculator(SocketAddress)
    case admin(HTTPAddress)
}

/// Says where everything answers and what to try, once all of it is ready, and leaves that for commands beside it.
struct Announcement: Service {
    /// After which it is said what is still missing.
    private static let patience = Duration.seconds(60)
    private static let pollInterval = Duration.milliseconds(10)

    let bindings: AsyncStream<Binding>
    let health: ProcessHealth
    let settings: Settings
    let directory: DataDirectory
    let terminal: Terminal
    let hasSandbox: Bool
    let start: ContinuousClock.Instant

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            guard let suite = try await boundSuite() else { return }
            try suite.write(to: directory)
            let isReady = await waitUntilReady()
            guard !Task.isCancelled else { return }
            announce(suite, isReady: isReady)
        }
        try? await gracefulShutdown()
    }

    /// Nil where the process stops before all ports are bound.
    private func boundSuite() async throws -> RunningSuite? {
        var gateway: HTTPAddress?
        var bounty: HTTPAddress?
        var calculator: String?
        var admin: HTTPAddress?
        for await binding in bindings {
            switch binding {
            case .gateway(let address): gateway = address
            case .bounty(let address): bounty = address
            case .calculator(let address): calculator = address.hostAndPort
            case .admin(let address): admin = address
            }
            guard let gateway, let bounty, let calculator, let admin else { continue }
            return RunningSuite(
                gateway: gateway.url, bounty: bounty.url, admin: admin.url,
                sandbox: hasSandbox ? try settings.require(SharedSettings.githubURL) : nil,
                settings: try RunningSuite.settings(from: settings, calculator: calculator))
        }
        return nil
    }

    private func waitUntilReady() async -> Bool {
        let deadline = ContinuousClock.now + Self.patience
        while health.report.status != .ready {
            guard ContinuousClock.now < deadline, !Task.isCancelled else { return false }
            try? await Task.sleep(for: Self.pollInterval)
        }
        return true
    }

    private func announce(_ suite: RunningSuite, isReady: Bool) {
        terminal.part(
            "services",
            "gateway \(suite.gateway), bounty \(suite.bounty), calculator \(suite.calculator), admin \(suite.admin)",
            since: start)
        let state = isReady ? "Ready." : "Not ready yet; \(suite.admin)/readyz says why."
        terminal.say(
            """

            \(state) Ctrl-C stops everything.

              API             \(suite.gateway)/v1/bounties
              GitHub webhook  \(suite.bounty)/webhooks/github
              Health          \(suite.admin)/readyz
              Metrics         \(suite.admin)/metrics
              Sign in         \(signIn(suite))
              Webhook secret  \(suite.settings[BountyConfiguration.webhookSecrets.description.key] ?? "")

            Try, in another terminal:

              \(Self.executable) webhook send issue_comment \(Self.example)\(dataDirectoryFlag)
              curl -s '\(suite.gateway)/v1/bounties'
              curl -s '\(suite.admin)/readyz'

            """)
    }

    private func signIn(_ suite: RunningSuite) -> String {
        if hasSandbox { return "\(suite.gateway)/login/github, with the GitHub sandbox" }
        guard settings.isGiven(IdentityConfiguration.clientID) else {
            return "needs github.client.id, or --with-github-sandbox to try it"
        }
        return "\(suite.gateway)/login/github"
    }

    /// The commands can be pasted in whatever folder the other terminal is in.
    private var dataDirectoryFlag: String { " --data-directory \(Self.quoted(directory.path))" }

    private static var executable: String { quoted(CommandLine.path) }

    private static var example: String {
        let path = FileManager.default.currentDirectoryPath + "/scripts/examples/comment-created.json"
        return FileManager.default.fileExists(atPath: path) ? quoted(path) : "comment.json"
    }

    /// For a shell.
    private static func quoted(_ path: String) -> String {
        let plain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return plain ? path : "'" + path.replacing("'", with: #"'\''"#) + "'"
    }
}

extension CommandLine {
    /// Of the executable that runs.
    fileprivate static var path: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? arguments[0]
    }
}
