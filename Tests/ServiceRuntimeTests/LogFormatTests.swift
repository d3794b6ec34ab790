import Foundation
import Logging
import ServiceRuntime
import Testing

struct LogFormatTests {
    static let time = Date(timeIntervalSince1970: 1_795_253_400.5)

    /// What someone may put into a text that ends up in the log.
    static let hostile = [
        "line\nfeed", "carriage\rreturn", "both\r\nof them", "a \"quoted\" word", "back\\slash", "nul\u{0}", "tab\t",
        "\u{1B}[31mred\u{1B}[0m", "\u{9B}31mred", "bell\u{7}", "delete\u{7F}", "next\u{85}line",
        "line\u{2028}separator",
        "paragraph\u{2029}separator", "right to \u{202E}left", "isolate \u{2067}this", "a=b", "", " ",
        "a\" level=error other=\"b",
    ]

    static func line(_ format: LogFormat, _ message: String, _ metadata: Logger.Metadata = [:], label: String = "test")
        -> String
    {
        format.line(label: label, level: .info, message: message, metadata: metadata, at: time)
    }

    static func members(_ line: String) throws -> [String: String] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    }

    // MARK: - JSON

    @Test func jsonHasTheEventAndItsMetadata() throws {
        let line = Self.line(.json, "started", ["port": "8080", "nested": ["a": "b"], "list": ["c", "d"]])
        let members = try Self.members(line)
        #expect(members["message"] == "started")
        #expect(members["level"] == "info")
        #expect(members["logger"] == "test")
        #expect(members["port"] == "8080")
        #expect(members["nested"]?.contains("b") == true)
        #expect(members["list"]?.contains("d") == true)
    }

    /// RFC 3339 needs the offset: without it a collector takes the time as its own.
    @Test func jsonTimeIsInUTCAndSaysSo() throws {
        #expect(try Self.members(Self.line(.json, "a"))["time"] == "2026-11-21T09:30:00.500Z")
    }

    @Test(arguments: hostile)
    func hostileTextStaysInItsMemberOfOneJSONLine(text: String) throws {
        let line = Self.line(.json, text, ["given": "\(text)", "\(text)key": "value"], label: text)
        #expect(!line.utf8.contains { $0 < 0x20 })
        let members = try Self.members(line)
        #expect(members["message"] == text)
        #expect(members["given"] == text)
        #expect(members["\(text)key"] == "value")
        #expect(members["logger"] == text)
        #expect(members["level"] == "info")
        #expect(members.count == 6)
    }

    @Test(arguments: ["time", "level", "logger", "message"])
    func metadataCannotStandInForTheEvent(name: String) throws {
        #expect(try Self.members(Self.line(.json, "a", [name: "forged"]))[name] != "forged")
    }

    // MARK: - Text

    @Test func textIsReadable() {
        let line = Self.line(.text, "started", ["port": "8080", "host": "a b"])
        #expect(line == #"09:30:00.500 info    test: started host="a b" port=8080"#)
    }

    /// Whether a scalar moves the cursor, changes what follows, or ends a line on some terminal.
    static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isBidiControl
        }
    }

    @Test(arguments: hostile)
    func hostileMetadataStaysOnItsTextLine(text: String) {
        let line = Self.line(.text, "a", ["given": "\(text)"])
        #expect(!line.unicodeScalars.contains(where: Self.isUnprintable), "\(line.debugDescription)")
        let value = line.dropFirst("09:30:00.500 info    test: a given=".count)
        #expect(!value.isEmpty)
        if value.hasPrefix("\"") {
            #expect(value.hasSuffix("\""))
        } else {
            #expect(!value.contains { " =\"".contains($0) })
        }
    }

    @Test(arguments: hostile)
    func aHostileMessageStaysOnItsTextLine(text: String) {
        let line = Self.line(.text, text)
        #expect(!line.unicodeScalars.contains(where: Self.isUnprintable), "\(line.debugDescription)")
    }
}
