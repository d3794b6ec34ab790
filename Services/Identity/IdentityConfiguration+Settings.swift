import Events
package import IdentityDomain
package import IdentityProtocol
import JetStream
import Postgres
package import ServiceRuntime

extension IdentityConfiguration {
    package static let natsURL = SharedSettings.natsURL(of: ServiceName.identity)
    package static let databaseURL = SharedSettings.databaseURL(of: ServiceName.identity)
    package static let sessionKeys = Setting<[SessionSigningKey]>(
        "session.keys", "Seeds of the keys that sign session tokens, comma-separated; the first signs, all verify.",
        expectation: "one or more seeds of 64 hexadecimal digits, comma-separated", isSecret: true
    ) { text in
        let seeds = text.split(separator: ",", omittingEmptySubsequences: false)
        let keys = seeds.compactMap { SessionSigningKey(seed: $0) }
        return keys.count == seeds.count ? keys : nil
    }
    package static let clientID = Setting<String>.text(
        "github.client.id", "Client id of the GitHub application that people sign in through; nobody can without it.")
    package static let clientSecret = Setting<String>.text(
        "github.client.secret", "Its client secret.", isSecret: true)
    package static let coolingOffHours = Setting<Int>.integer(
        "identity.cooling.hours", "Hours until another wallet counts, where the last one does not agree.",
        in: 1...8760, default: 72)
    package static let sessionHours = Setting<Int>.integer(
        "session.hours", "Hours from signing in to having to sign in again.", in: 1...2160, default: 168)
    package static let cosmosChains = Setting<CosmosChains>(
        "cosmos.chains", "Chains of Cosmos whose wallets can be linked, with the prefix of their addresses.",
        expectation: "chain=prefix or chain=prefix/ethsecp256k1, comma-separated", default: "cosmoshub-4=cosmos"
    ) { CosmosChains($0) }

    package static let settings = [
        SharedSettings.publicURL.description, SharedSettings.natsURL.description, natsURL.description,
        SharedSettings.databaseURL.description, databaseURL.description, sessionKeys.description,
        SharedSettings.githubURL.description, SharedSettings.githubAPIURL.description, clientID.description,
        clientSecret.description, coolingOffHours.description, sessionHours.description, cosmosChains.description,
    ]

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(
            publicURL: try settings.require(SharedSettings.publicURL),
            nats: try NATSConfiguration(settings, service: ServiceName.identity),
            database: try PostgresConfiguration(settings, service: ServiceName.identity),
            sessionKeys: try settings.require(Self.sessionKeys),
            github: try GitHubApplication(settings),
            coolingOff: .seconds(3600 * (try settings.require(Self.coolingOffHours))),
            sessionLifetime: .seconds(3600 * (try settings.require(Self.sessionHours))),
            cosmosChains: try settings.require(Self.cosmosChains))
    }
}

extension GitHubApplication {
    /// Nil where no client id is given. What is malformed is refused all the same.
    fileprivate init?(_ settings: Settings) throws(ConfigurationError) {
        let url = try settings.require(SharedSettings.githubURL)
        let apiURL = try settings.require(SharedSettings.githubAPIURL)
        guard let clientID = try settings.find(IdentityConfiguration.clientID) else { return nil }
        self.init(
            url: url, apiURL: apiURL, clientID: clientID,
            clientSecret: try settings.require(IdentityConfiguration.clientSecret))
    }
}
