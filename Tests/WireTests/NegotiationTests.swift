import Testing
import Wire

@Suite struct NegotiationTests {
    @Test(
        arguments: [
            // client, server, chosen
            ((1, 1), (1, 1), 1), ((1, 3), (1, 2), 2), ((2, 5), (1, 9), 5), ((1, 9), (3, 4), 4), ((4, 4), (1, 4), 4),
        ] as [((UInt16, UInt16), (UInt16, UInt16), UInt16)])
    func theHighestCommonVersionIsChosen(
        client: (UInt16, UInt16), server: (UInt16, UInt16), chosen: UInt16
    ) throws {
        let version = try ProtocolVersion.negotiate(
            with: hello(client), lowest: server.0, highest: server.1)
        #expect(version == chosen)
        #expect(
            try ProtocolVersion.chosen(by: hello((version, version)), lowest: client.0, highest: client.1) == chosen)
    }

    @Test(arguments: [((2, 3), (1, 1)), ((1, 1), (2, 3))] as [((UInt16, UInt16), (UInt16, UInt16))])
    func withoutACommonVersionThereIsNoConnection(client: (UInt16, UInt16), server: (UInt16, UInt16)) {
        #expect(throws: FrameViolation.unsupportedVersion(lowest: client.0, highest: client.1)) {
            try ProtocolVersion.negotiate(with: hello(client), lowest: server.0, highest: server.1)
        }
    }

    @Test(arguments: [(1, 2), (2, 2), (0, 0)] as [(UInt16, UInt16)])
    func aServerMustChooseOneThatWasOffered(chosen: (UInt16, UInt16)) {
        #expect(throws: FrameViolation.unsupportedVersion(lowest: chosen.0, highest: chosen.1)) {
            try ProtocolVersion.chosen(by: hello(chosen), lowest: 1, highest: 1)
        }
    }

    @Test func aHelloMayBeLongerThanWeKnow() throws {
        let payload = GoldenBytes["hello.client"].dropFirst(FrameHeader.size) + [1, 2, 3]
        #expect(try Hello(Array(payload).span.bytes).highestVersion == 1)
    }

    @Test(arguments: [
        ("", FrameViolation.notOurProtocol), ("42525353 0001 0001 00001000 00000000 00000000", .notOurProtocol),
        ("42525352 0001 0001 00001000 00000000 000000", .malformedHello),
        ("42525352 0000 0001 00001000 00000000 00000000", .malformedHello),
        ("42525352 0002 0001 00001000 00000000 00000000", .malformedHello),
        // A limit that no error fits in.
        ("42525352 0001 0001 00000fff 00000000 00000000", .malformedHello),
    ])
    func aBadHelloIsRefused(hexadecimal: String, violation: FrameViolation) {
        #expect(throws: violation) { try Hello(GoldenBytes.bytes(hexadecimal).span.bytes) }
    }

    private func hello(_ versions: (UInt16, UInt16)) -> Hello {
        Hello(
            lowestVersion: versions.0, highestVersion: versions.1, maximumLength: 4096, maximumCalls: 1,
            idleTimeout: 0)
    }
}
