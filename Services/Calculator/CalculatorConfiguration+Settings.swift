import Events
import JetStream
import Money
package import ServiceRuntime
import Suite
import WireTransport

extension CalculatorConfiguration {
    package static let port = Setting<Int>.port(
        "calculator.rpc.port", "Port of the binary RPC protocol.", default: 7400)
    package static let natsURL = SharedSettings.natsURL(of: ServiceName.calculator)

    package static let settings =
        [
            port.description, SharedSettings.host.description, SharedSettings.natsURL.description, natsURL.description,
            SharedSettings.denominationsFile.description,
        ] + MutualTLS.settings

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(
            host: try settings.require(SharedSettings.host),
            port: try settings.require(Self.port),
            nats: try NATSConfiguration(settings, service: ServiceName.calculator),
            denominations: try Denominations(settings),
            tls: try MutualTLS.find(settings, side: .server))
    }
}
