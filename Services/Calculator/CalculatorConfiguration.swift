package import JetStream
package import Money
package import WireTransport

/// What the calculator needs to run.
package struct CalculatorConfiguration: Sendable {
    package var host: String
    package var port: Int
    package var nats: NATSConfiguration
    package var denominations: Denominations
    /// Nil for connections in the clear.
    package var tls: MutualTLS?
}
