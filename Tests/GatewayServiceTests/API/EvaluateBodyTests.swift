import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Testing
import Wire

@testable import GatewayService

/// What has a shorter way to and from JSON must not differ for it.
struct EvaluateBodyTests {
    private static func equal(_ first: EvaluateBody, _ second: EvaluateBody) -> Bool {
        first.expression == second.expression && first.precision == second.precision
            && first.rounding == second.rounding && first.variables == second.variables
    }

    @Test(arguments: [
        #"{"expression":"1+1"}"#, " {\n \"expression\" : \"a \\\"b\\\" \\u00e9 \\n/\" }\r\n\t", #"{"expression":""}"#,
        #"{"precision":50,"expression":"x","rounding":"half-up","variables":{"x":"1","y":"-2.5e3"}}"#,
        #"{"expression":"Grüße, 世界","variables":{}}"#, #"{"expression":"1","precision":-1}"#,
    ])
    func theShortWayReadsTheSame(text: String) throws {
        let body = try #require(EvaluateBody(short: ByteBuffer(string: text)))
        let decoded = try JSONDecoder.wire().decode(EvaluateBody.self, from: Data(text.utf8))
        #expect(Self.equal(body, decoded))
    }

    @Test(arguments: [
        "", "{", "{}", "[]", "1", #"{"expression":1}"#, #"{"expression":null}"#, #"{"expression":"1"} x"#,
        #"{"expression":"1",}"#, #"{"expression":"1" "precision":1}"#, #"{"expression":"1","expression":"2"}"#,
        #"{"expression":"1","more":1}"#, #"{"expression":"1","precision":1.5}"#, #"{"expression":"1","precision":01}"#,
        #"{"expression":"1","precision":"1"}"#, #"{"expression":"1","precision":null}"#,
        #"{"expression":"1","precision":99999999999999999999}"#, #"{"expression":"1","variables":{"x":1}}"#,
        #"{"expression":"1","variables":{"x":"1","x":"2"}}"#, #"{"expression":"1","variables":{"\u0078":"1"}}"#,
        #"{"expression":"1","variables":["x"]}"#, "{\"expression\":\"a\u{1}\"}", "{\"expression\":\"a\nb\"}",
        #"{"expression":"\x"}"#, #"{"expression":"\"#, "\u{FEFF}{\"expression\":\"1\"}", #"{'expression':'1'}"#,
    ])
    func whatIsNotAsExpectedIsLeftToDecoding(text: String) {
        #expect(EvaluateBody(short: ByteBuffer(string: text)) == nil)
    }

    @Test func bytesThatAreNoTextAreLeftToDecoding() {
        let bytes = Array("{\"expression\":\"".utf8) + [0xFF, 0xC0] + Array("\"}".utf8)
        #expect(EvaluateBody(short: ByteBuffer(bytes: bytes)) == nil)
    }

    @Test(
        arguments: [
            ("4", 0), ("-0.5", 0), ("3.333333333333333333333333333333333", 34), ("1.5E+10001", 5), ("true", 0),
            ("a \"result\"\n", 0), ("", 0),
        ] as [(String, UInt16)])
    func theShortWayWritesTheSame(result: String, digits: UInt16) async throws {
        let answer = EvaluationAnswer(try Evaluation(result: result, digits: digits))
        let request = Request(
            head: .init(method: .post, scheme: nil, authority: nil, path: "/"), body: .init(buffer: .init()))
        let context = ServerRequestContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let short = try answer.response(from: request, context: context)
        let encoded = try context.responseEncoder.encode(answer, from: request, context: context)
        #expect(short.status == encoded.status)
        #expect(short.headers == encoded.headers)
        #expect(try await Self.bytes(of: short) == Self.bytes(of: encoded))
    }

    private static func bytes(of response: Response) async throws -> [UInt8] {
        let writer = Gathered()
        try await response.body.write(writer)
        return writer.bytes
    }

    private final class Gathered: ResponseBodyWriter {
        private(set) var bytes: [UInt8] = []

        func write(_ buffer: ByteBuffer) { bytes += buffer.readableBytesView }
        func finish(_ trailers: HTTPFields?) {}
    }
}
