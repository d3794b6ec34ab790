package import JetStream
package import Money

/// What the gateway needs to run.
package struct GatewayConfiguration: Sendable {
    package var host: String
    package var port: Int
    package var publicURL: String
    /// GitHub's pages, which ours link to.
    package var githubURL: String
    package var nats: NATSConfiguration
    package var denominations: Denominations
    package var calculator: CalculatorAddress
    package var protection: ProtectionConfiguration
    /// Clients that may listen to events at once.
    package var eventClients: Int
    /// Bytes of a body of values to summarize.
    package var summarizeMaximumBytes: Int
    /// Bytes of the input of one job.
    package var jobsMaximumBytes: Int
    /// How long a job is kept.
    package var jobRetention: Duration
}
