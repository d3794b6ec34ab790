import ServiceRuntime
import Testing

struct SettingsTests {
    enum Color: String, CaseIterable, Sendable { case red, green }

    static let name = Setting<String>.text("some.name", "A name.", default: "default")
    static let required = Setting<String>.text("some.secret", "A secret.", isSecret: true)
    static let port = Setting<Int>.port("http.port", "A port.", default: 8080)
    static let count = Setting<Int>.integer("count", "A count.", in: 1...10, default: 5)
    static let list = Setting<[String]>.list("items", "Some items.", expectation: "words, comma-separated")
    static let color = Setting<Color>.choice("color", "A color.", default: .red)

    static func settings(
        flags: [String] = [], environment: [String: String] = [:], made: [String: String] = [:]
    ) throws -> Settings {
        let known = [
            name.description, required.description, port.description, count.description, list.description,
            color.description,
        ]
        return Settings(flags: try Flags(flags, allowing: known), environment: environment, made: made)
    }

    static func error<Value>(of setting: Setting<Value>, in environment: [String: String]) throws -> ConfigurationError?
    {
        let settings = try settings(environment: environment)
        return #expect(throws: ConfigurationError.self) { try settings.require(setting) }
    }

    // MARK: - Which one counts

    @Test(arguments: [
        (true, true, true, "flag"), (true, false, false, "flag"), (true, false, true, "flag"),
        (true, true, false, "flag"),
        (false, true, true, "environment"), (false, true, false, "environment"), (false, false, true, "made"),
        (false, false, false, "default"),
    ])
    func flagsComeBeforeTheEnvironmentBeforeWhatWasMadeBeforeTheDefault(
        flag: Bool, environment: Bool, made: Bool, value: String
    ) throws {
        let settings = try Self.settings(
            flags: flag ? ["--some-name", "flag"] : [], environment: environment ? ["SOME_NAME": "environment"] : [:],
            made: made ? ["some.name": "made"] : [:])
        #expect(try settings.require(Self.name) == value)
        #expect(try settings.find(Self.name) == value)
        #expect(settings.isGiven(Self.name) == (flag || environment || made))
    }

    @Test func anEmptyTextIsNotGiven() throws {
        let settings = try Self.settings(environment: ["SOME_NAME": "", "SOME_SECRET": ""])
        #expect(try settings.require(Self.name) == "default")
        #expect(try settings.find(Self.required) == nil)
        #expect(!settings.isGiven(Self.name))
    }

    @Test func anEmptyTextHidesNothingBehindIt() throws {
        let settings = try Self.settings(environment: ["SOME_NAME": ""], made: ["some.name": "made"])
        #expect(try settings.require(Self.name) == "made")
        #expect(settings.isGiven(Self.name))
    }

    @Test func whatIsMadeLaterStandsInWhereNothingIsGiven() throws {
        let settings = try Self.settings(environment: ["SOME_NAME": "environment"], made: ["some.secret": "first"])
        let added = settings.adding(made: ["some.name": "made", "some.secret": "second"])
        #expect(try added.require(Self.name) == "environment")
        #expect(try added.require(Self.required) == "second")
        #expect(try settings.require(Self.required) == "first")
    }

    @Test func aServicesOwnValueComesBeforeTheSharedOne() throws {
        let own = Setting<String>.text("bounty.some.secret", "For one service.")
        let shared = try Self.settings(environment: ["SOME_SECRET": "shared"])
        #expect(try shared.require(own, orShared: Self.required) == "shared")
        let both = try Self.settings(environment: ["SOME_SECRET": "shared", "BOUNTY_SOME_SECRET": "own"])
        #expect(try both.require(own, orShared: Self.required) == "own")
    }

    // MARK: - What a value may be

    @Test(arguments: [("0", 0), ("1", 1), ("8080", 8080), ("65535", 65535)])
    func aPortIsRead(text: String, port: Int) throws {
        #expect(try Self.settings(environment: ["HTTP_PORT": text]).require(Self.port) == port)
    }

    @Test(arguments: [
        "-1", "65536", "99999999999999999999", "80.0", "http", " 80", "80 ", "0x50", "8_080", "+80", "-0", "\u{0668}",
    ])
    func otherPortsAreRefused(text: String) throws {
        let error = try Self.error(of: Self.port, in: ["HTTP_PORT": text])
        #expect(
            error?.description == "http.port (HTTP_PORT or --http-port) is malformed: it must be a port from 0 to 65535"
        )
    }

    @Test(arguments: ["0", "11", "ten"])
    func aNumberHasBounds(text: String) throws {
        #expect(
            try Self.error(of: Self.count, in: ["COUNT": text])?.description
                == "count (COUNT or --count) is malformed: it must be a whole number from 1 to 10")
    }

    @Test(
        arguments: [
            ("a", ["a"]), ("a,b", ["a", "b"]), (" a , b ", ["a", "b"]), ("a,,b,", ["a", "b"]), ("a b", ["a b"]),
        ] as [(String, [String])])
    func aListIsSeparatedByCommas(text: String, items: [String]) throws {
        #expect(try Self.settings(environment: ["ITEMS": text]).require(Self.list) == items)
    }

    @Test(arguments: [",", " ", " , "])
    func aListHasAtLeastOneItem(text: String) throws {
        #expect(
            try Self.error(of: Self.list, in: ["ITEMS": text])?.description
                == "items (ITEMS or --items) is malformed: it must be words, comma-separated")
    }

    @Test func aChoiceIsOneOfItsNames() throws {
        #expect(try Self.settings(environment: ["COLOR": "green"]).require(Self.color) == .green)
        #expect(try Self.settings().require(Self.color) == .red)
    }

    @Test(arguments: ["Green", "blue", "red,green", " red"])
    func otherChoicesAreRefused(text: String) throws {
        #expect(
            try Self.error(of: Self.color, in: ["COLOR": text])?.description
                == "color (COLOR or --color) is malformed: it must be one of red, green")
    }

    @Test func whatIsRequiredAndMissingIsNamedInEverySpelling() throws {
        let error = try Self.error(of: Self.required, in: [:])
        #expect(
            error?.description == "some.secret (SOME_SECRET or --some-secret) is required and must be a text")
        #expect(error?.problem == .missing)
    }

    @Test func anErrorNeverHasTheValue() throws {
        let settings = try Self.settings(
            flags: ["--http-port", "hunter2"], environment: ["COUNT": "hunter2", "COLOR": "hunter2"])
        for error in [
            #expect(throws: ConfigurationError.self, performing: { try settings.require(Self.port) }),
            #expect(throws: ConfigurationError.self, performing: { try settings.require(Self.count) }),
            #expect(throws: ConfigurationError.self, performing: { try settings.require(Self.color) }),
        ] {
            #expect(error?.description.contains("hunter2") == false)
            #expect(String(reflecting: error).contains("hunter2") == false)
        }
    }
}
