import ServiceRuntime
import Testing

struct FlagsTests {
    static let port = Setting<Int>.port("gateway.http.port", "A port.", default: 8080)
    static let url = Setting<String>.text("nats.url", "Servers.", isSecret: true)
    static let known = [port.description, url.description]

    static func settings(_ commandLine: String...) throws -> Settings {
        Settings(flags: try Flags(commandLine, allowing: known), environment: [:])
    }

    static func error(_ commandLine: String...) -> ConfigurationError? {
        #expect(throws: ConfigurationError.self) { try Flags(commandLine, allowing: known) }
    }

    @Test func aValueFollowsItsFlagOrAnEqualsSign() throws {
        #expect(try Self.settings("--gateway-http-port", "81").require(Self.port) == 81)
        #expect(try Self.settings("--gateway-http-port=81").require(Self.port) == 81)
        let both = try Self.settings("--nats-url=nats://a", "--gateway-http-port", "81")
        #expect(try both.require(Self.port) == 81)
        #expect(try both.require(Self.url) == "nats://a")
    }

    @Test func aValueMayHaveEqualsSignsAndDashes() throws {
        #expect(try Self.settings("--nats-url=nats://a?b=c").require(Self.url) == "nats://a?b=c")
        #expect(try Self.settings("--nats-url", "nats://a?b=c").require(Self.url) == "nats://a?b=c")
        #expect(try Self.settings("--nats-url=--").require(Self.url) == "--")
    }

    @Test func noFlagsAreFine() throws {
        #expect(try Self.settings().require(Self.port) == 8080)
        #expect(try Settings(flags: .none, environment: [:]).find(Self.url) == nil)
    }

    @Test(arguments: ["--gateway-http-prot", "--GATEWAY-HTTP-PORT", "-gateway-http-port", "--", "", "--help"])
    func anUnknownFlagIsNamed(flag: String) {
        #expect(Self.error(flag, "81")?.description == "\(flag) is not a flag of this command; --help lists them")
        #expect(Self.error("\(flag)=81")?.description == "\(flag) is not a flag of this command; --help lists them")
    }

    @Test func aFlagIsGivenOnce() {
        let text = "gateway.http.port (GATEWAY_HTTP_PORT or --gateway-http-port) is given more than once"
        #expect(Self.error("--gateway-http-port", "81", "--gateway-http-port=82")?.description == text)
        #expect(Self.error("--gateway-http-port=81", "--gateway-http-port=81")?.description == text)
    }

    @Test(arguments: [
        ["--gateway-http-port"], ["--gateway-http-port="], ["--gateway-http-port", ""],
        ["--nats-url=nats://a", "--gateway-http-port"],
    ])
    func aFlagNeedsAValue(commandLine: [String]) {
        let error = #expect(throws: ConfigurationError.self) { try Flags(commandLine, allowing: Self.known) }
        #expect(error?.problem == .missing)
        #expect(error?.description.contains("--gateway-http-port") == true)
    }

    /// Else it would show up as an unknown flag two words later, or be taken as text.
    @Test func aFlagIsNoValueOfAnother() {
        let error = Self.error("--nats-url", "--gateway-http-port", "81")
        #expect(error?.problem == .missing)
        #expect(error?.description.contains("--nats-url") == true)
    }

    @Test func aStrayWordIsNotRepeated() {
        let error = Self.error("--nats-url", "nats://a", "nats://user:hunter2@host")
        #expect(error?.problem == .unknown)
        #expect(error?.description.contains("hunter2") == false)
    }
}
