import Events
import FoundationEssentials
import Testing

struct WireTimeTests {
    /// 2026-11-21T09:30:00Z.
    static let start = 1_795_253_400

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_795_253_400, "2026-11-21T09:30:00.000Z"),
            (1_795_253_400.25, "2026-11-21T09:30:00.250Z"), (-0.5, "1969-12-31T23:59:59.500Z"),
            (253_402_300_799, "9999-12-31T23:59:59.000Z"), (1_709_164_800, "2024-02-29T00:00:00.000Z"),
        ] as [(Double, String)])
    func aTimeIsWrittenInUTCWithMilliseconds(seconds: Double, text: String) {
        #expect(Date(timeIntervalSince1970: seconds).wireText == text)
    }

    @Test func everyMillisecondIsWrittenAsItIs() {
        let wrong = (0..<1000).filter { millisecond in
            let digits = String(1000 + millisecond).dropFirst()
            let time = Date(timeIntervalSince1970: Double(Self.start) + Double(millisecond) / 1000)
            return time.wireText != "2026-11-21T09:30:00.\(digits)Z"
        }
        #expect(wrong == [])
    }

    @Test func everyMillisecondIsReadAsItWasWritten() {
        let wrong = (0..<1000).map { "2026-11-21T09:30:00.\(String(1000 + $0).dropFirst())Z" }
            .filter { Date(wireText: $0)?.wireText != $0 }
        #expect(wrong == [])
    }

    @Test func aRoundedTimeEqualsTheOneThatIsReadBack() {
        var generator = SystemRandomNumberGenerator()
        let wrong = (0..<1000).map { _ in
            Date(timeIntervalSince1970: .random(in: -1e9...1e11, using: &generator)).roundedToMilliseconds
        }.filter { Date(wireText: $0.wireText) != $0 }
        #expect(wrong == [])
    }

    @Test(
        arguments: [
            (0.0004, "1970-01-01T00:00:00.000Z"), (0.0006, "1970-01-01T00:00:00.001Z"),
            (0.9994, "1970-01-01T00:00:00.999Z"),
            (0.9996, "1970-01-01T00:00:01.000Z"), (-0.0004, "1970-01-01T00:00:00.000Z"),
        ] as [(Double, String)])
    func roundingIsToTheNearestMillisecond(seconds: Double, text: String) {
        #expect(Date(timeIntervalSince1970: seconds).roundedToMilliseconds.wireText == text)
    }

    @Test(
        arguments: [
            ("2026-11-21T09:30:00Z", 0), ("2026-11-21T09:30:00.5Z", 0.5), ("2026-11-21T09:30:00.250Z", 0.25),
            ("2026-11-21T09:30:00.125000Z", 0.125), ("2026-11-21T09:30:59Z", 59),
        ] as [(String, Double)])
    func theFractionMayBeLeftOutOrHaveAnyLength(text: String, offset: Double) {
        #expect(Date(wireText: text) == Date(timeIntervalSince1970: Double(Self.start) + offset))
    }

    @Test(arguments: [
        "", "2026", "2026-11-21", "2026-11-21T09:30:00", "2026-11-21T09:30Z", "2026-11-21 09:30:00Z",
        "20261121T093000Z",
        " 2026-11-21T09:30:00Z", "2026-11-21T09:30:00.Z", "2026-13-21T09:30:00Z", "2026-00-21T09:30:00Z", "1795253400",
        "2026-11-21T09:30:00Zulu", "2026-11-21T09:30:00.000Z\n", "2026-02-30T09:30:00Z", "2026-11-21T25:30:00Z",
        "2026-11-21T09:60:00Z", "2026-11-21T09:30:61Z", "2026-1-1T1:1:1Z", "2026-11-21T09:30:00GMT",
    ])
    func whatIsNoTimeIsRefused(text: String) {
        #expect(Date(wireText: text) == nil)
    }

    @Test func timesInJSONAreTheSameText() throws {
        let times = [Date(timeIntervalSince1970: Double(Self.start) + 0.25)]
        let json = try JSONEncoder.wire().encode(times)
        #expect(String(decoding: json, as: UTF8.self) == #"["2026-11-21T09:30:00.250Z"]"#)
        #expect(try JSONDecoder.wire().decode([Date].self, from: json) == times)
    }

    @Test(arguments: [#"["yesterday"]"#, "[1795253400]", "[null]", "[{}]"])
    func otherValuesInJSONAreRefused(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder.wire().decode([Date].self, from: Data(json.utf8)) }
    }
}
