import ArgumentParser
import CalculatorService
import ServiceRuntime

struct CalculatorCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "calculator", abstract: "Run the calculator: exact arithmetic by the binary RPC protocol.",
        discussion: settingsHelp)
    static let settings = unique(ProcessFrame.settings + CalculatorConfiguration.settings)
    static let isProcess = true

    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let configuration = try CalculatorConfiguration(settings)
        let frame = try ProcessFrame(settings)
        try await frame.run(try CalculatorServer.service(configuration))
    }
}
