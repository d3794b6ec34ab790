import BountyService
import Events
import FoundationEssentials
import GatewayService
import ServiceRuntime

/// What a running `bursar up` leaves for the commands beside it: where the services answer, and the settings it made.
///
/// Holds credentials: the file is readable by its user alone.
struct RunningSuite: Codable {
    static let fileName = "running.json"

    var gateway: String
    var bounty: String
    var admin: String
    /// The stand-in for GitHub, where it runs.
    var sandbox: String?
    /// Values by key, as services read them.
    var settings: [String: String]

    /// `host:port` of the binary protocol.
    var calculator: String { settings[CalculatorAddress.address.description.key] ?? "" }

    /// What of a service's settings the commands beside it need.
    static func settings(from settings: Settings, calculator: String) throws(ConfigurationError) -> [String: String] {
        var values = [
            CalculatorAddress.address.description.key: calculator,
            BountyConfiguration.webhookSecrets.description.key:
                try settings.require(BountyConfiguration.webhookSecrets).joined(separator: ","),
        ]
        for service in ServiceDatabase.services {
            let own = SharedSettings.databaseURL(of: service)
            values[own.description.key] = try settings.require(own, orShared: SharedSettings.databaseURL)
        }
        let broker = SharedSettings.natsURL(of: ServiceName.provision)
        values[broker.description.key] = try settings.require(broker, orShared: SharedSettings.natsURL)
        return values
    }

    func write(to directory: DataDirectory) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try directory.write(try encoder.encode(self), to: Self.fileName)
    }

    /// Nil where none ran in this directory. It may have stopped since.
    static func read(from directory: DataDirectory) throws -> RunningSuite? {
        try directory.read(fileName).map { try JSONDecoder().decode(RunningSuite.self, from: $0) }
    }
}
