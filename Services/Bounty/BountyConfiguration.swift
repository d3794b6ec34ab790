package import BountyProtocol
package import GitHub
package import JetStream
package import Money
package import Postgres

/// What the bounty service needs to run.
package struct BountyConfiguration: Sendable {
    package var host: String
    package var port: Int
    package var publicURL: String
    package var nats: NATSConfiguration
    package var database: PostgresConfiguration
    package var webhookSecrets: WebhookSecrets
    package var linkSecrets: LinkSecrets
    /// The first signs; all are published.
    package var payoutKeys: [PayoutSigningKey]
    package var denominations: Denominations
    /// From being proposed to expiring.
    package var bountyLifetime: Duration
    /// How long closings and commands wait for bounties that they cover.
    package var claimTime: Duration
    /// Deliveries of one transaction, at most: enough to share its cost, few enough for it to be short.
    package var batch: Int
    /// Of GitHub's pages, for links to accounts.
    package var githubURL: String
    /// Nil where no app writes back.
    package var github: GitHubConfiguration?
    /// Between two writes through one installation.
    package var writeInterval: Duration
    /// Between two looks for deliveries that failed.
    package var redeliveryInterval: Duration
}
