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

    package static let summarizeMaximumBytes = Setting<Int>.integer(
        "gateway.summarize.maximum.bytes", "Bytes of a CSV or NDJSON body of values to summarize.",
        in: 1_024...(1 << 40), default: 1 << 30)

    package static let jobsMaximumBytes = Setting<Int>.integer(
        "gateway.jobs.maximum.bytes", "Bytes of the input of one job.", in: 1_024...(1 << 30), default: 256 << 20)

    package static let settings =
        CalculatorAddress.settings + [
            port.description, SharedSettings.host.description, SharedSettings.publicURL.description,
            SharedSettings.githubURL.description,
            SharedSettings.natsURL.description, natsURL.description, SharedSettings.denominationsFile.description,
            eventClients.description, summarizeMaximumBytes.description, jobsMaximumBytes.description,
            JobStorage.retentionHours.description,
        ] + ProtectionConfiguration.settings

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(
            host: try settings.require(SharedSettings.host),
            port: try settings.require(Self.port),
            publicURL: try settings.require(SharedSettings.publicURL),
            githubURL: try settings.require(SharedSettings.githubURL),
            nats: try NATSConfiguration(settings, service: ServiceName.gateway),
            denominations: try Denominations(settings),
            calculator: try CalculatorAddress(settings), protection: try ProtectionConfiguration(settings),
            eventClients: try settings.require(Self.eventClients),
            summarizeMaximumBytes: try settings.require(Self.summarizeMaximumBytes),
            jobsMaximumBytes: try settings.require(Self.jobsMaximumBytes),
            jobRetention: .seconds(try settings.require(JobStorage.retentionHours) * 3_600))
    }
}
