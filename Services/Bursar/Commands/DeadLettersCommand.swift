import ArgumentParser
import BountyService
import FoundationEssentials
import JetStream
import ServiceRuntime

struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dlq", abstract: "Dead letters: what could not be handled, to look at, replay or drop.",
        discussion: """
            In the folder where bursar up runs, broker and database are known; elsewhere name them: PROVISION_NATS_URL, and for \
            replay BOUNTY_DATABASE_URL.
            """,
        subcommands: [List.self, Show.self, Replay.self, Drop.self])

    static let settings = unique(OperatorBroker.settings + BountyDatabase.settings)

    struct List: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "List them, oldest first.", discussion: settingsHelp)
        static let settings = OperatorBroker.settings

        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            try await OperatorBroker.with(settings) { client in
                var count = 0
                try await DeadLetters(client: client).forEach { letter in
                    count += 1
                    print(
                        "\(letter.sequence)  \(letter.at)  \(letter.consumer)  \(letter.what)  attempts \(letter.attempts)  "
                            + letter.reason)
                }
                if count == 0 { print("There are no dead letters.") }
            }
        }
    }

    struct Show: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one with its headers and the original.", discussion: settingsHelp)
        static let settings = OperatorBroker.settings

        @Argument(help: "Its number, as dlq list shows it.") var number: UInt64
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            try await OperatorBroker.with(settings) { client in
                let letter = try await Self.find(number, client)
                for field in letter.headers.fields.sorted(by: { $0.name < $1.name }) {
                    print("\(field.name): \(field.value)")
                }
                print("")
                print(String(decoding: letter.payload, as: UTF8.self))
            }
        }

        static func find(_ number: UInt64, _ client: NATSClient) async throws -> DeadLetter {
            guard let letter = try await DeadLetters(client: client).find(number) else {
                throw ValidationError("there is no dead letter \(number)")
            }
            return letter
        }
    }

    struct Replay: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand the original on again, and remove the dead letter. Done twice it has one effect.",
            discussion: settingsHelp)
        static let settings = DeadLettersCommand.settings

        @Argument(help: "Its number, as dlq list shows it.") var number: UInt64?
        @Flag(help: "All of them.") var all = false
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws { try DeadLettersCommand.check(number, all: all) }

        func run(_ settings: Settings) async throws {
            try await OperatorBroker.with(settings) { client in
                try await BountyDatabase.with(settings) { database in
                    let letters = DeadLetters(client: client)
                    try await DeadLettersCommand.each(number, all: all, letters) { letter in
                        try await letters.replay(letter, database)
                        print("replayed \(letter.sequence)  \(letter.what)")
                    }
                }
            }
        }
    }

    struct Drop: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a dead letter for good.", discussion: settingsHelp)
        static let settings = OperatorBroker.settings

        @Argument(help: "Its number, as dlq list shows it.") var number: UInt64?
        @Flag(help: "All of them.") var all = false
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func validate() throws { try DeadLettersCommand.check(number, all: all) }

        func run(_ settings: Settings) async throws {
            try await OperatorBroker.with(settings) { client in
                let letters = DeadLetters(client: client)
                try await DeadLettersCommand.each(number, all: all, letters) { letter in
                    try await letters.drop(letter)
                    print("dropped  \(letter.sequence)  \(letter.what)")
                }
            }
        }
    }

    private static func check(_ number: UInt64?, all: Bool) throws {
        guard all == (number == nil) else { throw ValidationError("name a dead letter, or say --all") }
    }

    private static func each(
        _ number: UInt64?, all: Bool, _ letters: DeadLetters, _ body: (DeadLetter) async throws -> Void
    ) async throws {
        var numbers = number.map { [$0] } ?? []
        // Those that are there now: what is replayed may fail again, and come back.
        if all { try await letters.forEach { numbers.append($0.sequence) } }
        for number in numbers {
            guard let letter = try await letters.find(number) else {
                throw ValidationError("there is no dead letter \(number)")
            }
            try await body(letter)
        }
    }
}
