import Testing
import Wire

@Suite struct FrameParsingTests {
    private static let limit: UInt32 = 4096

    @Test(arguments: [
        // Too short for a header, however long the peer says it is.
        ("0000000f", FrameViolation.length(15, maximum: 4096)),
        ("00001001", .length(4097, maximum: 4096)),
        ("ffffffff", .length(.max, maximum: 4096)),
        // "GET " of HTTP.
        ("47455420", .length(0x4745_5420, maximum: 4096)),
        ("0000001000", .unknownKind(0)),
        ("0000001009", .unknownKind(9)),
    ])
    func startsAreCheckedBeforeTheRestIsThere(hexadecimal: String, violation: FrameViolation) {
        let bytes = GoldenBytes.bytes(hexadecimal)
        #expect(throws: violation) {
            try FrameHeader.parse(bytes.span.bytes, at: 0, maximumLength: Self.limit)
        }
        // And the same with everything there.
        let whole = bytes + [UInt8](repeating: 0, count: FrameHeader.size - bytes.count)
        #expect(throws: violation) {
            try FrameHeader.parse(whole.span.bytes, at: 0, maximumLength: Self.limit)
        }
    }

    @Test(arguments: [
        FrameHeader(.hello, flags: .trace), FrameHeader(.hello, code: 1), FrameHeader(.hello, id: 1),
        FrameHeader(.hello, timeout: 1),
        FrameHeader(.request, id: 0), FrameHeader(.request, flags: FrameFlags(rawValue: 2), id: 1),
        // A trace that is not there.
        FrameHeader(.request, flags: .trace, id: 1, payloadLength: 24),
        FrameHeader(.response, id: 0), FrameHeader(.response, code: 1, id: 1),
        FrameHeader(.response, id: 1, timeout: 1),
        FrameHeader(.error, code: 0, id: 1), FrameHeader(.error, code: 3, id: 0),
        FrameHeader(.error, flags: FrameFlags(rawValue: 128), code: 3, id: 1),
        FrameHeader(.cancel, id: 0), FrameHeader(.cancel, id: 1, payloadLength: 1),
        FrameHeader(.ping, payloadLength: 1), FrameHeader(.pong, code: 1), FrameHeader(.ping, flags: .trace),
        FrameHeader(.goaway, flags: .trace), FrameHeader(.goaway, timeout: 1),
    ])
    func fieldsThatAKindDoesNotUseMustBeZero(header: FrameHeader) {
        var bytes: [UInt8] = []
        header.append(to: &bytes)
        #expect(throws: FrameViolation.malformed(header.kind)) {
            try FrameHeader.parse(bytes.span.bytes, at: 0, maximumLength: Self.limit)
        }
    }

    @Test func fewerBytesThanAHeaderAreWaitedFor() throws {
        let bytes = GoldenBytes["request"]
        for count in 0..<FrameHeader.size {
            #expect(
                try FrameHeader.parse(Array(bytes.prefix(count)).span.bytes, at: 0, maximumLength: Self.limit) == nil)
        }
    }

    @Test func theLimitIsTheLargestLengthThatPasses() throws {
        var bytes: [UInt8] = []
        FrameHeader(.request, id: 1, payloadLength: Int(Self.limit - FrameHeader.minimumLength)).append(to: &bytes)
        #expect(try FrameHeader.parse(bytes.span.bytes, at: 0, maximumLength: Self.limit) != nil)
        #expect(throws: FrameViolation.length(Self.limit, maximum: Self.limit - 1)) {
            try FrameHeader.parse(bytes.span.bytes, at: 0, maximumLength: Self.limit - 1)
        }
    }
}
