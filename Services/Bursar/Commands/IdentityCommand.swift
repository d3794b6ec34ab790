import ArgumentParser
import IdentityService
import ServiceRuntime

struct IdentityCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity", abstract: "Run the identity service: sign-in, sessions, wallets of accounts.",
        discussion: settingsHelp)
    static let settings = unique(ProcessFrame.settings + IdentityConfiguration.settings)
    static let isProcess = true

    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let configuration = try IdentityConfiguration(settings)
        let frame = try ProcessFrame(settings)
        try await frame.run(try Identities.service(configuration))
    }
}
