import Events
import JetStream
import Money
package import ServiceRuntime
import Suite

extension GatewayConfiguration {
    package static let port = Setting<Int>.port("gateway.http.port", "Port of the API and the pages.", default: 8080)
    package static let natsURL = SharedSettings.natsURL(of: ServiceName.gateway)

    package static let eventClients = Setting<Int>.integer(
        "gateway.events.clients", "Clients that may listen to events at once.", in: 1...1_000_000, default: 10_000)

    package static let settings =
        CalculatorAddress.settings + [
            port.description, SharedSettings.host.description, SharedSettings.publicURL.description,
            SharedSettings.natsURL.description, natsURL.description, SharedSettings.denominationsFile.description,
            eventClients.description,
        ] + ProtectionConfiguration.settings

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(
            host: try settings.require(SharedSettings.host),
            port: try settings.require(Self.port),
            publicURL: try settings.require(SharedSettings.publicURL),
            nats: try NATSConfiguration(settings, service: ServiceName.gateway),
            denominations: try Denominations(settings),
            calculator: try CalculatorAddress(settings), protection: try ProtectionConfiguration(settings),
            eventClients: try settings.require(Self.eventClients))
    }
}
