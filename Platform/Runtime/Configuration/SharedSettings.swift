import FoundationEssentials

/// Keys that more than one service reads.
package enum SharedSettings {
    package static let host = Setting<String>.text(
        "http.host", "Address that the listeners bind.", default: "127.0.0.1")

    package static let publicURL = url(
        "public.url", "Where people and API clients reach the gateway; in links and problem types.",
        default: "http://127.0.0.1:8080")

    package static let githubURL = url("github.url", "GitHub's pages.", default: "https://github.com")

    package static let githubAPIURL = url(
        "github.api.url", "GitHub's API; a path is allowed, as of GitHub Enterprise.",
        default: "https://api.github.com", allowsPath: true)

    private static func url(
        _ key: String, _ summary: String, default defaultText: String, allowsPath: Bool = false
    ) -> Setting<String> {
        Setting(
            key, summary, expectation: "an http or https URL" + (allowsPath ? "" : " without a path"),
            default: defaultText
        ) { text in
            guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false,
                allowsPath || ["", "/"].contains(url.path()), url.user() == nil, url.password() == nil,
                url.query() == nil, url.fragment() == nil
            else { return nil }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
    }

    package static let natsURL = Setting<String>(
        "nats.url", "NATS servers, comma-separated: nats://user:password@host:4222.",
        expectation: "one or more nats:// or tls:// URLs", isSecret: true
    ) { $0 }

    package static let databaseURL = Setting<String>(
        "database.url", "PostgreSQL: postgres://user:password@host:5432/database.",
        expectation: "a postgres:// URL", isSecret: true
    ) { $0 }

    package static let denominationsFile = Setting<String>.text(
        "denominations.file", "JSON file of the denominations that bounties may be made of; a built-in list without it."
    )

    /// `bounty.nats.url` names the servers and the user for one service alone.
    package static func natsURL(of service: String) -> Setting<String> {
        Setting(
            "\(service).nats.url", "nats.url for this service alone.", expectation: natsURL.description.expectation,
            isSecret: true
        ) { $0 }
    }

    /// `bounty.database.url` names the database of one service alone.
    package static func databaseURL(of service: String) -> Setting<String> {
        Setting(
            "\(service).database.url", "database.url for this service alone.",
            expectation: databaseURL.description.expectation, isSecret: true
        ) { $0 }
    }
}

extension Settings {
    /// The service's own value where there is one, else the one for all.
    package func require(_ own: Setting<String>, orShared shared: Setting<String>) throws(ConfigurationError) -> String
    {
        if let value = try find(own) { return value }
        return try require(shared)
    }
}
