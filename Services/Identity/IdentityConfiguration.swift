package import IdentityDomain
package import IdentityProtocol
package import JetStream
package import Postgres

/// What the identity service needs to run.
package struct IdentityConfiguration: Sendable {
    package var publicURL: String
    package var nats: NATSConfiguration
    package var database: PostgresConfiguration
    /// The first signs, all verify.
    package var sessionKeys: [SessionSigningKey]
    /// Nil where nobody can sign in.
    package var github: GitHubApplication?
    /// From proving another wallet to its being in effect, without the last one's agreement.
    package var coolingOff: Duration
    /// From signing in to having to sign in again.
    package var sessionLifetime: Duration
    package var cosmosChains: CosmosChains
}

/// The OAuth application that people sign in through.
package struct GitHubApplication: Sendable {
    /// Of the pages: `https://github.com`.
    package var url: String
    /// `https://api.github.com`.
    package var apiURL: String
    package var clientID: String
    package var clientSecret: String
}
