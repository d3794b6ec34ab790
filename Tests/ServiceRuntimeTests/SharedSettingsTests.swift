import Logging
import ServiceRuntime
import Testing

struct SharedSettingsTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("https://bursar.example", "https://bursar.example"),
        ("https://bursar.example/", "https://bursar.example"), ("http://[::1]:8080", "http://[::1]:8080"),
    ])
    func aPublicURLIsAnOrigin(text: String, url: String) throws {
        #expect(try Settings(environment: ["PUBLIC_URL": text]).require(SharedSettings.publicURL) == url)
    }

    @Test(arguments: [
        "bursar.example", "ftp://bursar.example", "https://", "https:///", "https://bursar.example/path",
        "https://bursar.example?a=b", "https://bursar.example/#top", "javascript:alert(1)", "//bursar.example",
        "https://user:password@bursar.example", "https://bursar.example:port",
    ])
    func otherPublicURLsAreRefused(text: String) {
        #expect(throws: ConfigurationError.self) {
            try Settings(environment: ["PUBLIC_URL": text]).require(SharedSettings.publicURL)
        }
    }

    @Test func loggingIsReadFromItsKeys() throws {
        let configuration = try LoggingConfiguration(
            Settings(environment: ["LOG_LEVEL": "debug", "LOG_FORMAT": "json"]))
        #expect(configuration.level == .debug)
        #expect(configuration.format == .json)
        let standard = try LoggingConfiguration(Settings(environment: [:]))
        #expect(standard.level == .info)
        #expect(standard.format == .auto)
    }

    @Test(arguments: [("LOG_LEVEL", "loud"), ("LOG_LEVEL", "INFO"), ("LOG_FORMAT", "xml")])
    func otherLoggingIsRefused(name: String, value: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try LoggingConfiguration(Settings(environment: [name: value]))
        }
        #expect(error?.description.contains(name) == true)
    }
}
