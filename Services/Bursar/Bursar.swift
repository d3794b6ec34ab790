import ArgumentParser
import ServiceRuntime

@main
struct Bursar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bursar",
        abstract: "Bounties on GitHub issues: the services, and the commands of who runs them.",
        version: BuildInformation.version,
        subcommands: [
            UpCommand.self, GatewayCommand.self, CalculatorCommand.self, BountyCommand.self, IdentityCommand.self,
            ProvisionCommand.self, MigrateCommand.self, KeysCommand.self, PayoutsCommand.self, EraseCommand.self,
            CalcCommand.self, WebhookCommand.self, DeadLettersCommand.self, EventsCommand.self, SandboxGroup.self,
        ])

    /// Every key that some command reads from flags.
    private static let settings =
        UpCommand.settings + CalcCommand.settings + ProvisionCommand.settings + MigrateCommand.settings
        + KeysCommand.settings + EraseCommand.settings
        + WebhookCommand.Send.settings + SandboxGroup.settings + DeadLettersCommand.settings + EventsCommand.settings

    static func main() async {
        await main(Flags.separated(Array(CommandLine.arguments.dropFirst()), settings: settings))
    }
}
