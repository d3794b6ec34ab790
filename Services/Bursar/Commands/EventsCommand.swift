import ArgumentParser
import BountyService
import IdentityService
import ServiceRuntime

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Events as the source of truth: restore what was made of them.",
        discussion: """
            In the folder where bursar up runs, database and broker are known; elsewhere name them: BOUNTY_DATABASE_URL, and for \
            republish IDENTITY_DATABASE_URL and PROVISION_NATS_URL.
            """,
        subcommands: [Rebuild.self, Republish.self])

    static let settings = unique(OperatorBroker.settings + BountyDatabase.settings + IdentityDatabase.settings)

    struct Rebuild: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare bounties and payout orders with their events, and restore what differs.",
            discussion: "Services may run meanwhile. Ends with 1 where something differs and --check is given.\n\n"
                + settingsHelp)
        static let settings = BountyDatabase.settings

        @Flag(help: "Only tell what differs.") var check = false
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            try await BountyDatabase.with(settings) { database in
                var differences = 0
                let count = try await EventHistory(database: database).rebuild(restores: !check) { difference in
                    differences += 1
                    print(difference)
                }
                print("\(count) bounties, \(differences) differences\(check || differences == 0 ? "" : ", restored")")
                guard !check || differences == 0 else { throw ExitCode.failure }
            }
        }
    }

    struct Republish: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish the events of all bounties and identities again, after the stream was lost.",
            discussion: "Readers drop what they have.\n\n" + settingsHelp)
        static let settings = EventsCommand.settings

        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            try await OperatorBroker.with(settings) { client in
                try await BountyDatabase.with(settings) { database in
                    let count = try await EventHistory(database: database).republish(to: client)
                    print("\(count) events of bounties are on the stream")
                }
                try await IdentityDatabase.with(settings) { database in
                    let count = try await IdentityHistory(database: database).republish(to: client)
                    print("\(count) events of identities are on the stream")
                }
            }
        }
    }
}
