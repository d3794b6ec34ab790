import Events
import JetStream
import Money
package import ServiceRuntime
import Suite

extension GatewayConfiguration {
    package static let port = Setting<Int>.port("gateway.http.port", "Port of the API and the pages.", default: 8080)
    package static let natsURL = SharedSettings.natsURL(of: ServiceName.gateway)

    package static let trustedProxies = Setting<Int>.integer(
        "gateway.trusted.proxies", "Proxies before the gateway that append to X-Forwarded-For.", in: 0...10, default: 0)

    package static let settings =
        CalculatorAddress.settings + [
            port.description, SharedSettings.host.description, SharedSettings.publicURL.description,
            SharedSettings.githubURL.description,
            SharedSettings.natsURL.description, natsURL.description, SharedSettings.denominationsFile.description,
            trustedProxies.description,
        ]

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(
            host: try settings.require(SharedSettings.host),
            port: try settings.require(Self.port),
            publicURL: try settings.require(SharedSettings.publicURL),
            githubURL: try settings.require(SharedSettings.githubURL),
            nats: try NATSConfiguration(settings, service: ServiceName.gateway),
            denominations: try Denominations(settings),
            calculator: try CalculatorAddress(settings), trustedProxies: try settings.require(Self.trustedProxies))
    }
}
