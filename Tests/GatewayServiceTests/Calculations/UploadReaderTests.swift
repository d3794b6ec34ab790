import NIOCore
import Testing

@testable import GatewayService

/// What is read of an upload, however it is cut into pieces.
struct UploadReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var format: UploadFormat
        var text: String
        var texts: [String] = []
        /// In place of the texts.
        var error: String?

        var testDescription: String { "\(format) \(text.debugDescription)" }
    }

    private static let first = UploadFormat.csv(.index(0), hasHeader: false, .numbers)
    private static let third = UploadFormat.csv(.index(2), hasHeader: false, .numbers)
    private static let price = UploadFormat.csv(.name("price"), hasHeader: true, .numbers)
    private static let words = UploadFormat.csv(.index(1), hasHeader: true, .expressions)

    static let tables: [Case] = [
        Case(format: first, text: "1\r\n2.5\r\n-3e2\r\n", texts: ["1", "2.5", "-3e2"]),
        Case(format: first, text: "1\n2", texts: ["1", "2"]),
        Case(format: first, text: "\u{FEFF}1\n2\n", texts: ["1", "2"]),
        Case(format: first, text: "\n\n1\r\n\r\n2\n\n", texts: ["1", "2"]),
        Case(format: first, text: "\"1\"\n\"2\"\r\n", texts: ["1", "2"]),
        Case(format: third, text: "a,b,1\nc,\"d,\"\"e\n\"\"\",2\n,,3,4\n", texts: ["1", "2", "3"]),
        Case(format: price, text: "name,price\nx,1.50\ny,2\n", texts: ["1.50", "2"]),
        Case(format: price, text: "\"the \"\"name\"\"\",\"price\",price\r\nx,1,9\r\n", texts: ["1"]),
        Case(format: words, text: "a,b\n1,\"max(1, 2)\"\n2,é + 1\n", texts: ["max(1, 2)", "é + 1"]),
        Case(format: price, text: "price\n", texts: []),
        Case(format: first, text: "", texts: []),
        Case(format: first, text: "1\ntwo\n", error: "line 2, column 1: \"two\" is not a number"),
        Case(format: first, text: "1\n\n 3\n", error: "line 3, column 1: \" 3\" is not a number"),
        Case(format: third, text: "é,é,1\né,é,x\n", error: "line 2, column 5: \"x\" is not a number"),
        Case(format: third, text: "\"a\nb\",c,1\nd,e,\n", error: "line 3, column 5: a number is missing"),
        Case(
            format: third, text: "a,b,1\nc,d\n",
            error: "line 2, column 1: there are only 2 columns, and column 3 is asked for"),
        Case(format: price, text: "name,cost\nx,1\n", error: "line 1, column 1: the header has no column \"price\""),
        Case(format: price, text: "", error: "line 1, column 1: there is no header, and so no column \"price\""),
        Case(format: first, text: "1\n\"2", error: "line 2, column 1: the quote that opens here is not closed"),
        Case(
            format: first, text: "1\n\"2\"3\n",
            error: "line 2, column 4: a comma or the end of the line must follow the quote"),
        Case(format: first, text: "1\"2\n", error: "line 1, column 2: a field with a quote in it must be quoted"),
        Case(format: first, text: "1\r2\n", error: "line 1, column 3: a line feed must follow the carriage return"),
        Case(
            format: first, text: String(repeating: "1", count: 40_000),
            error: "line 1, column 1: this is longer than 32768 bytes"),
    ]

    static let lines: [Case] = [
        Case(format: .lines(.numbers), text: "1\n\"2.50\"\r\n\n  -3.14e+2 \n4", texts: ["1", "2.50", "-3.14e+2", "4"]),
        Case(
            format: .lines(.numbers), text: "0.1000000000000000000000000000000001\n",
            texts: ["0.1000000000000000000000000000000001"]),
        Case(format: .lines(.numbers), text: "\"\\u0031\"\n", texts: ["1"]),
        Case(format: .lines(.expressions), text: "\"1 + 1\"\n\"\\\"\"\n\"é\"\n", texts: ["1 + 1", "\"", "é"]),
        Case(format: .lines(.numbers), text: "1\n  null\n", error: "line 2, column 3: \"null\" is not a number"),
        Case(format: .lines(.numbers), text: "{\"a\": 1}\n", error: "line 1, column 1: \"{\"a\": 1}\" is not a number"),
        Case(format: .lines(.numbers), text: "\"1\n", error: "line 1, column 1: this is not a JSON text"),
        Case(format: .lines(.numbers), text: "\"1\" 2\n", error: "line 1, column 1: this is not a JSON text"),
        Case(format: .lines(.expressions), text: "1 + 1\n", error: "line 1, column 1: each line must be a JSON text"),
    ]

    @Test(arguments: tables + lines)
    func itIsReadTheSameHoweverItIsCut(_ test: Case) throws {
        let bytes = Array(test.text.utf8)
        for size in [1, 2, 3, 7, max(1, bytes.count)] where bytes.count < 1_000 || size > 3 {
            var part = TextPart()
            var reader = test.format.reader
            do throws(UploadError) {
                for start in stride(from: 0, to: bytes.count, by: size) {
                    let piece = ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)])
                    try piece.withUnsafeReadableBytes { piece throws(UploadError) in
                        try reader.read(piece, into: &part)
                    }
                }
                try reader.finish(into: &part)
                #expect(test.error == nil)
                #expect(part.texts == test.texts)
            } catch {
                #expect(error.description == test.error)
            }
        }
    }

    @Test(arguments: ["1", "-1", "+1", "1.5", ".5", "5.", "1e5", "1E-5", "-.5e+10", "007"])
    func decimalsAreNumbers(_ text: String) { #expect(DecimalSyntax.matches(text.utf8)) }

    @Test(arguments: ["", "-", ".", "1e", "1e+", "1.5.5", "0x10", "1 ", "NaN", "Infinity", "1_000", "1,5", "e5", "--1"])
    func nothingElseIs(_ text: String) { #expect(!DecimalSyntax.matches(text.utf8)) }
}
