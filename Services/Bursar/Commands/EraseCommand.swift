import ArgumentParser
import Events
import IdentityService
import JetStream
import Logging
import Postgres
import ServiceRuntime

struct EraseCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase an account's personal data, for good.",
        discussion: """
            Erases login, sessions, challenges and wallets in the identity service's database, tells all others by an \
            event, and purges the account's earlier events from the stream. Wallets that payout orders name are kept. What \
            was cut short goes on when the command is run again. In the folder where bursar up runs, database and broker are \
            known; elsewhere name them: IDENTITY_DATABASE_URL and PROVISION_NATS_URL.


            """ + settingsHelp)
    static let settings = unique(
        IdentityDatabase.settings + [
            SharedSettings.natsURL.description, SharedSettings.natsURL(of: ServiceName.provision).description,
        ])

    /// For the identity service to publish what is still to be published.
    private static let patience = Duration.seconds(60)
    private static let pollInterval = Duration.milliseconds(100)

    @Argument(help: "The account's numeric id at GitHub.") var githubID: Int64
    @Flag(help: "Really do it.") var yes = false
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func validate() throws {
        guard githubID > 0 else { throw ValidationError("the id must be a number from 1") }
        guard yes else { throw ValidationError("this cannot be undone; repeat it with --yes") }
    }

    func run(_ settings: Settings) async throws {
        let broker = try NATSConfiguration(try Local(settings).settings, service: ServiceName.provision)
        try await IdentityDatabase.with(settings) { database in
            let erasure = Erasure(database: database)
            guard try await erasure.erase(githubID) == .erased else { throw NotErased.unknown(githubID) }
            print("erased    account \(githubID)")
            let deadline = ContinuousClock.now + Self.patience
            while try await !erasure.isPublished(githubID) {
                guard ContinuousClock.now < deadline else { throw NotErased.unpublished }
                try await Task.sleep(for: Self.pollInterval)
            }
            let subject = Subjects.identityEvent(account: githubID)
            let removed = try await NATSClient.withConnection(
                broker, logger: Logger(label: "erase") { _ in SwiftLogNoOpLogHandler() }
            ) { try await $0.purge(StreamName.events, of: subject, keeping: 1) }
            try await erasure.markPurged(githubID)
            print("purged    \(removed) events of \(subject)")
        }
    }
}

private enum NotErased: Error, CustomStringConvertible {
    case unknown(Int64)
    case unpublished

    var description: String {
        switch self {
        case .unknown(let id): "there is no account \(id)"
        case .unpublished:
            "the account is erased here, and its events are still on the stream: no identity service runs that "
                + "publishes the erasure; start one, and run this again"
        }
    }
}
