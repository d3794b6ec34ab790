import BountyService
import FoundationEssentials
import GitHub
import GitHubSandbox
import HTTP
import Hummingbird
import IdentityService
import Logging
import ServiceLifecycle
import ServiceRuntime
import Synchronization

/// The stand-in for GitHub that `bursar up --with-github-sandbox` runs, and the settings that make the suite use it: people
/// sign in there, an app of its own is installed in its repositories, and its webhooks come to the suite.
struct LocalSandbox {
    static let port = Setting<Int>.integer(
        "github.sandbox.port", "Port of the stand-in for GitHub, with --with-github-sandbox.", in: 1...65535,
        expectation: "a port from 1 to 65535", default: 8082)
    private static let clientID = "bursar-sandbox"
    /// No secret: whoever reaches the sandbox is let in anyway.
    private static let clientSecret = "bursar-sandbox"
    private static let appID: Int64 = 700_001
    private static let keyFile = "github-sandbox-app.pem"
    private static let worldFile = "github-sandbox.json"
    /// There from the first start.
    static let firstRepository = "acme/rocket-skates"
    private static let firstOwner = "octocat"
    /// Milliseconds between two writes, and seconds between two looks for failed deliveries: nobody's limits are spared here.
    private static let writeInterval = 100
    private static let redeliveryInterval = 10

    /// Settings that the suite takes from the sandbox.
    /// - Throws: ``ConfigurationError`` where another GitHub is configured.
    static func adding(to settings: Settings) throws(ConfigurationError) -> Settings {
        let others = [
            SharedSettings.githubURL, SharedSettings.githubAPIURL, IdentityConfiguration.clientID,
            GitHubConfiguration.appID, GitHubConfiguration.privateKeyFile,
        ]
        for setting in others where settings.isGiven(setting) {
            throw ConfigurationError(
                setting.description, problem: .unusable("cannot be given together with --with-github-sandbox"))
        }
        let url = "http://127.0.0.1:\(try settings.require(port))"
        return settings.adding(made: [
            SharedSettings.githubURL.description.key: url, SharedSettings.githubAPIURL.description.key: url,
            IdentityConfiguration.clientID.description.key: clientID,
            IdentityConfiguration.clientSecret.description.key: clientSecret,
            BountyConfiguration.writeInterval.description.key: String(writeInterval),
            BountyConfiguration.redeliveryInterval.description.key: String(redeliveryInterval),
        ])
    }

    /// The app's, once its key is there.
    let settings: [String: String]
    private let sandbox: GitHubSandbox
    private let webhook: Mutexed<WebhookSender.Target?>

    /// Goes on with what the directory holds of an earlier run.
    init(_ settings: Settings, in directory: DataDirectory) throws {
        let key: SandboxAppKey
        if let known = try directory.read(Self.keyFile) {
            key = try SandboxAppKey(privatePEM: String(decoding: known, as: UTF8.self))
        } else {
            key = try SandboxAppKey()
            try directory.write(Data(key.privatePEM.utf8), to: Self.keyFile)
        }
        self.settings = [
            GitHubConfiguration.appID.description.key: String(Self.appID),
            GitHubConfiguration.privateKeyFile.description.key: directory.file(Self.keyFile),
        ]
        let saved = try directory.read(Self.worldFile)
        let logger = Logger(label: "github-sandbox")
        sandbox = GitHubSandbox(
            applications: [
                .init(
                    clientID: Self.clientID, clientSecret: Self.clientSecret,
                    redirectURL: try settings.require(SharedSettings.publicURL) + "/login/github/callback")
            ], app: .init(id: Self.appID, publicKeyPEM: key.publicPEM),
            baseURL: try settings.require(SharedSettings.githubURL), saved: saved
        ) { world in
            do { try directory.write(world, to: Self.worldFile) } catch {
                logger.error("the sandbox is not saved", metadata: ["error": "\(error)"])
            }
        }
        webhook = Mutexed(nil)
        if saved == nil {
            try sandbox.perform(.makeRepository(fullName: Self.firstRepository, by: Self.firstOwner))
        }
    }

    /// Where webhooks go: known once the bounty service listens.
    func sendWebhooks(to bounty: HTTPAddress, secret: String) {
        webhook.set(.init(url: bounty.url + "/webhooks/github", secret: secret))
        sandbox.wakeSender()
    }

    func services(_ settings: Settings, host: String) throws(ConfigurationError) -> [any Service] {
        let logger = Logger(label: "github-sandbox")
        let router = Router.standard(publicURL: "")
        sandbox.addRoutes(to: router)
        router.refuseOtherMethods()
        let listener = HTTPListener(
            name: Self.port.description.key, host: host, port: try settings.require(Self.port), router: router,
            logger: logger)
        return [listener, WebhookSender(sandbox, logger: logger) { webhook.value }]
    }
}

/// A value that is set once it is known.
final class Mutexed<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    func set(_ value: Value) { state.withLock { $0 = value } }
}
