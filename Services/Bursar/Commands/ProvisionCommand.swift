import ArgumentParser
import Events
import JetStream
import Logging
import ServiceRuntime
import Suite

struct ProvisionCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision",
        abstract: "Make the streams and consumers that the services use, or bring them up to date.",
        discussion: """
            Never removes anything, and changes nothing where all is as it should be. With --users it asks no broker, and \
            prints the users and their permissions as nats-server's configuration has them; the passwords are read from \
            the server's environment, as NATS_PASSWORD_<USER>, and should start with a letter.


            """ + settingsHelp)

    static let replicas = Setting<Int>.integer(
        "streams.replicas", "Copies of each stream, each on a server of its own.", in: 1...5, default: 1)
    static let settings = unique(
        [
            SharedSettings.natsURL.description, SharedSettings.natsURL(of: ServiceName.provision).description,
            replicas.description,
        ] + JobStorage.settings + LoggingConfiguration.settings)

    @Flag(help: "Print the users of the broker instead.") var users = false
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        if users { return printUsers() }
        try LoggingConfiguration(settings).bootstrap()
        let configuration = try NATSConfiguration(settings, service: ServiceName.provision)
        let streams = Topology.streams(
            replicas: try settings.require(Self.replicas), jobs: try JobStorage(settings))
        let steps = try await NATSClient.withConnection(configuration, logger: Logger(label: ServiceName.provision)) {
            try await $0.provision(streams)
        }
        for step in steps { print(step.line) }
    }

    private func printUsers() {
        let users = Dictionary(uniqueKeysWithValues: Topology.users.map { ($0, Topology.permissions(of: $0)) })
        print("# Made by bursar provision --users: changes made here are lost.")
        print(NATSUser.authorization(passwordsInEnvironmentOf: users), terminator: "")
    }
}

extension ProvisioningStep {
    /// `created    stream WEBHOOKS`
    fileprivate var line: String {
        let subject = consumer.map { "consumer \(stream)/\($0)" } ?? "stream \(stream)"
        switch action {
        case .created: return "created    \(subject)"
        case .updated(let fields): return "updated    \(subject): \(fields.joined(separator: ", "))"
        case .unchanged: return "unchanged  \(subject)"
        }
    }
}
