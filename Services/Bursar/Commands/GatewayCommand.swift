import ArgumentParser
import GatewayService
import ServiceRuntime

struct GatewayCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Run the gateway: the public HTTP API.", discussion: settingsHelp)
    static let settings = unique(ProcessFrame.settings + GatewayConfiguration.settings)
    static let isProcess = true

    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let configuration = try GatewayConfiguration(settings)
        let frame = try ProcessFrame(settings)
        try await frame.run(try Gateway.service(configuration))
    }
}
