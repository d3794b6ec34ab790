package import BountyProtocol
import Events
import GitHub
import JetStream
import Money
import Postgres
package import ServiceRuntime
import Suite

extension BountyConfiguration {
    package static let port = Setting<Int>.port("bounty.http.port", "Port of POST /webhooks/github.", default: 8081)
    package static let natsURL = SharedSettings.natsURL(of: ServiceName.bounty)
    package static let databaseURL = SharedSettings.databaseURL(of: ServiceName.bounty)
    package static let webhookSecrets = Setting<[String]>.list(
        "github.webhook.secrets", "Secrets of the GitHub webhook, comma-separated; any of them is accepted.",
        expectation: "one or more secrets, comma-separated", isSecret: true)
    package static let linkSecrets = Setting<LinkSecrets>(
        "link.secret", "Secrets of signing links, comma-separated; the first makes them, all are accepted.",
        expectation: "one or more secrets of at least \(LinkSecrets.minimumLength) characters, comma-separated",
        isSecret: true
    ) { LinkSecrets($0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)) }
    package static let payoutKeys = Setting<[PayoutSigningKey]>(
        "payout.keys",
        "Seeds of the keys that sign payout orders, comma-separated; the first signs, all are published.",
        expectation: "one or more seeds of 64 hexadecimal digits, comma-separated", isSecret: true
    ) { text in
        let seeds = text.split(separator: ",", omittingEmptySubsequences: false)
        let keys = seeds.compactMap { PayoutSigningKey(seed: $0) }
        return keys.count == seeds.count ? keys : nil
    }
    package static let expiryDays = Setting<Int>.integer(
        "bounty.expiry.days", "Days after which a bounty expires.", in: 1...3650, default: 90)
    package static let batch = Setting<Int>.integer(
        "bounty.batch", "Deliveries that are handled in one transaction, at most.", in: 1...512, default: 64)
    package static let writeInterval = Setting<Int>.integer(
        "github.write.interval", "Milliseconds between two writes to GitHub through one installation.", in: 0...60_000,
        default: 1_000)
    package static let redeliveryInterval = Setting<Int>.integer(
        "github.redelivery.interval", "Seconds between two looks for deliveries that failed.", in: 1...86_400,
        default: 300)

    package static let waitMinutes = Setting<Int>.integer(
        "bounty.wait.minutes",
        "Minutes that closings and commands wait for a bounty that comes, or is signed, after them.",
        in: 1...10_080, default: 60)

    package static let settings =
        [
            port.description, SharedSettings.host.description, SharedSettings.publicURL.description,
            SharedSettings.natsURL.description, natsURL.description, SharedSettings.databaseURL.description,
            databaseURL.description, webhookSecrets.description, SharedSettings.denominationsFile.description,
            linkSecrets.description, payoutKeys.description, expiryDays.description, waitMinutes.description,
            batch.description,
            SharedSettings.githubURL.description,
            writeInterval.description, redeliveryInterval.description,
        ] + GitHubConfiguration.settings

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(
            host: try settings.require(SharedSettings.host),
            port: try settings.require(Self.port),
            publicURL: try settings.require(SharedSettings.publicURL),
            nats: try NATSConfiguration(settings, service: ServiceName.bounty),
            database: try PostgresConfiguration(settings, service: ServiceName.bounty),
            webhookSecrets: WebhookSecrets(try settings.require(Self.webhookSecrets)),
            linkSecrets: try settings.require(Self.linkSecrets),
            payoutKeys: try settings.require(Self.payoutKeys),
            denominations: try Denominations(settings),
            bountyLifetime: .seconds(86_400 * (try settings.require(Self.expiryDays))),
            claimTime: .seconds(60 * (try settings.require(Self.waitMinutes))),
            batch: try settings.require(Self.batch),
            githubURL: try settings.require(SharedSettings.githubURL),
            github: try GitHubConfiguration.find(settings),
            writeInterval: .milliseconds(try settings.require(Self.writeInterval)),
            redeliveryInterval: .seconds(try settings.require(Self.redeliveryInterval)))
    }
}
