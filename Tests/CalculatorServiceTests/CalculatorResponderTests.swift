import Events
import JetStream
import NIOCore
import Testing
import Wire

/// What settlement needs of the calculator, over NATS request and reply.
struct CalculatorResponderTests {
    private static func request(_ method: String, _ payload: [UInt8]) -> NATSOutgoingMessage {
        NATSOutgoingMessage(
            subject: Subjects.request(service: ServiceName.calculator, method: method),
            payload: ByteBuffer(bytes: payload))
    }

    @Test func thePayloadsAreThoseOfTheRPCProtocol() async throws {
        try await CalculatorFixture.with { fixture in
            let asked = try Allocate.Request(units: "-100", weights: ["1", "1", "1"])
            let answer = try await fixture.nats.request(Self.request("allocate", asked.encoded))
            let parts = try answer.withPayload { bytes throws(PayloadError) in
                try Allocate.Response(payload: bytes.bytes)
            }
            #expect(parts.parts == ["-34", "-33", "-33"])
            let converted = try await fixture.nats.request(
                Self.request("convert", try Convert.Request(amount: "0.000000001", from: "SOL", to: "LAMPORT").encoded))
            let amount = try converted.withPayload { bytes throws(PayloadError) in
                try Convert.Response(payload: bytes.bytes)
            }
            #expect(amount.amount == "1")
        }
    }

    @Test func errorsAreThoseOfTheRPCProtocol() async throws {
        try await CalculatorFixture.with { fixture in
            let asked = try Convert.Request(amount: "1", from: "SOL", to: "ETH")
            await #expect(
                throws: NATSError.service(
                    code: Int(StatusCode.invalidArgument.rawValue),
                    description:
                        "INVALID_ARGUMENT (different-assets): SOL and ETH are denominations of different assets")
            ) { try await fixture.nats.request(Self.request("convert", asked.encoded)) }
            await #expect(
                throws: NATSError.service(
                    code: Int(StatusCode.invalidArgument.rawValue),
                    description: "INVALID_ARGUMENT (malformed): the payload ends early")
            ) { try await fixture.nats.request(Self.request("allocate", [1, 2, 3])) }
        }
    }
}
