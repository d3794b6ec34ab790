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
    /// Proxies before the gateway that append to `X-Forwarded-For`.
    package var trustedProxies: Int
}
