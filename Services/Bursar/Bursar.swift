import ArgumentParser

@main
struct Bursar: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bursar",
        abstract: "Bounties on GitHub issues: the services, and the commands of who runs them.",
        subcommands: [
            UpCommand.self, GatewayCommand.self, BountyCommand.self, ProvisionCommand.self, MigrateCommand.self,
            WebhookCommand.self,
        ])
}
