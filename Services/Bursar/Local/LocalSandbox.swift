import GitHubSandbox
import HTTP
import Hummingbird
import IdentityService
import Logging
import ServiceRuntime

/// The stand-in for GitHub that `bursar up --with-github-sandbox` runs, and the settings that make the suite use it.
enum LocalSandbox {
    static let port = Setting<Int>.integer(
        "github.sandbox.port", "Port of the stand-in for GitHub, with --with-github-sandbox.", in: 1...65535,
        expectation: "a port from 1 to 65535", default: 8082)
    private static let clientID = "bursar-sandbox"
    /// No secret: whoever reaches the sandbox is let in anyway.
    private static let clientSecret = "bursar-sandbox"

    /// - Throws: ``ConfigurationError`` where another GitHub is configured.
    static func adding(to settings: Settings) throws(ConfigurationError) -> Settings {
        for setting in [SharedSettings.githubURL, SharedSettings.githubAPIURL, IdentityConfiguration.clientID]
        where settings.isGiven(setting) {
            throw ConfigurationError(
                setting.description, problem: .unusable("cannot be given together with --with-github-sandbox"))
        }
        let url = "http://127.0.0.1:\(try settings.require(port))"
        return settings.adding(made: [
            SharedSettings.githubURL.description.key: url, SharedSettings.githubAPIURL.description.key: url,
            IdentityConfiguration.clientID.description.key: clientID,
            IdentityConfiguration.clientSecret.description.key: clientSecret,
        ])
    }

    static func listener(_ settings: Settings, host: String) throws(ConfigurationError) -> HTTPListener {
        let sandbox = GitHubSandbox(applications: [
            .init(
                clientID: clientID, clientSecret: clientSecret,
                redirectURL: try settings.require(SharedSettings.publicURL) + "/login/github/callback")
        ])
        let router = Router.standard(publicURL: "")
        sandbox.addRoutes(to: router)
        router.refuseOtherMethods()
        return HTTPListener(
            name: port.description.key, host: host, port: try settings.require(port), router: router,
            logger: Logger(label: "github-sandbox"))
    }
}
