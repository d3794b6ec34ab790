import FoundationEssentials
package import ServiceRuntime

/// What the client needs to act as a GitHub App.
package struct GitHubConfiguration: Sendable {
    /// `https://api.github.com`, or `https://HOST/api/v3` of GitHub Enterprise.
    package var apiURL: String
    package var app: GitHubAppCredentials

    package init(apiURL: String, app: GitHubAppCredentials) {
        self.apiURL = apiURL
        self.app = app
    }

    /// GitHub Enterprise has REST under `/api/v3` and GraphQL under `/api`.
    var graphQLURL: String {
        apiURL.hasSuffix("/api/v3") ? String(apiURL.dropLast("/v3".count)) + "/graphql" : apiURL + "/graphql"
    }
}

extension GitHubConfiguration {
    package static let appID = Setting<String>(
        "github.app.id", "Id of the GitHub App that writes back; without it what would be written is logged.",
        expectation: "an app's id or client id: letters, digits, dots"
    ) { text in
        (1...64).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == ".")
            }
            ? text : nil
    }
    package static let privateKeyFile = Setting<String>.text(
        "github.app.private.key.file", "PEM file of the app's private key, as GitHub makes it.")

    package static let settings = [
        SharedSettings.githubAPIURL.description, appID.description, privateKeyFile.description,
    ]

    /// Nil where no app is configured. The file is read once, to say at the start what is wrong with it.
    package static func find(_ settings: Settings) throws(ConfigurationError) -> GitHubConfiguration? {
        let apiURL = try settings.require(SharedSettings.githubAPIURL)
        guard let id = try settings.find(appID) else { return nil }
        let path = try settings.require(privateKeyFile)
        func unusable(_ reason: String) -> ConfigurationError {
            ConfigurationError(privateKeyFile.description, problem: .unusable("\(path): \(reason)"))
        }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw unusable("cannot be read") }
        guard let app = GitHubAppCredentials(id: id, privateKeyPEM: String(decoding: bytes, as: UTF8.self)) else {
            throw unusable("is not the PEM of an RSA private key of at least 2048 bits")
        }
        return GitHubConfiguration(apiURL: apiURL, app: app)
    }
}
