import ArgumentParser
import Events
import FoundationEssentials
import IdentityProtocol
import IdentityService
import ServiceRuntime

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "API keys of programs: make, list and revoke them.",
        discussion: """
            In the folder where bursar up runs, the database is known; elsewhere name it: IDENTITY_DATABASE_URL.
            """,
        subcommands: [Create.self, List.self, Revoke.self])

    static let settings = IdentityDatabase.settings

    private static let scopes = APIScope.allCases.map(\.rawValue).joined(separator: ", ")

    struct Create: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key, and show it: once, as only its hash is kept.", discussion: settingsHelp)
        static let settings = KeysCommand.settings

        @Argument(help: "What the key is for, 1 to 64 characters.") var name: String
        @Option(name: .customLong("scopes"), help: "What it may do, comma-separated: \(KeysCommand.scopes).")
        var scopeNames: String
        @Option(help: "Days until it expires. (default: never)") var days: Int?
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws {
            guard (1...64).contains(name.count) else { throw ValidationError("the name must have 1 to 64 characters") }
            guard days.map({ (1...3650).contains($0) }) ?? true else {
                throw ValidationError("--days must be from 1 to 3650")
            }
            _ = try scopes()
        }

        private func scopes() throws -> [APIScope] {
            let names = scopeNames.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let scopes = names.compactMap(APIScope.init)
            guard scopes.count == names.count, Set(scopes).count == scopes.count else {
                throw ValidationError("--scopes must be some of \(KeysCommand.scopes), comma-separated")
            }
            return scopes
        }

        func run(_ settings: Settings) async throws {
            let scopes = try scopes()
            let made = try await IdentityDatabase.with(settings) {
                try await APIKeys(database: $0).create(
                    name: name, scopes: scopes, lifetime: days.map { .seconds(86_400 * $0) })
            }
            print(made.key)
            Terminal.complain("id \(made.0.id.wireText); keep the key, it is not shown again")
        }
    }

    struct List: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show all keys, the newest first.", discussion: settingsHelp)
        static let settings = KeysCommand.settings

        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            let now = Date.now
            for key in try await IdentityDatabase.with(settings, { try await APIKeys(database: $0).list() }) {
                let state =
                    if let revoked = key.revokedAt {
                        "revoked \(revoked.wireText)"
                    } else if let expires = key.expiresAt {
                        "\(expires > now ? "expires" : "expired") \(expires.wireText)"
                    } else {
                        "active"
                    }
                let scopes = key.scopes.map(\.rawValue).joined(separator: ",")
                print("\(key.id.wireText)  \(scopes)  \(state)  \(key.name)")
            }
        }
    }

    struct Revoke: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a key for good. What it was used for minutes ago may work for ten more.",
            discussion: settingsHelp)
        static let settings = KeysCommand.settings

        @Argument(help: "The key's id, as list shows it.") var id: String
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            guard let id = UUID(wireText: id) else {
                throw ConfigurationError(name: "id", problem: .unusable("must be a UUID as list shows it"))
            }
            guard try await IdentityDatabase.with(settings, { try await APIKeys(database: $0).revoke(id) }) else {
                Terminal.complain("bursar: there is no active key \(id.wireText)")
                throw ExitCode.failure
            }
            print("revoked \(id.wireText)")
        }
    }
}
