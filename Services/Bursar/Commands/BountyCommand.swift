import ArgumentParser
import BountyService
import ServiceRuntime

struct BountyCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "bounty", abstract: "Run the bounty service: GitHub's webhooks, and what becomes of them.",
        discussion: settingsHelp)
    static let settings = unique(ProcessFrame.settings + BountyConfiguration.settings)
    static let isProcess = true

    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let configuration = try BountyConfiguration(settings)
        let frame = try ProcessFrame(settings)
        try await frame.run(try Bounties.service(configuration))
    }
}
