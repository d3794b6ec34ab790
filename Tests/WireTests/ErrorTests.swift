import Testing
import Wire

@Suite struct ErrorTests {
    @Test func longTextsAreCutAtACharacter() throws {
        // 1,023 bytes, then characters of two and more bytes.
        let text = String(repeating: "a", count: 1023) + "éé👩‍👩‍👧"
        let error = RPCError(.internal, text, reason: String(repeating: "r", count: 100))
        let read = try RPCError(payload: error.encoded.span.bytes)
        #expect(read.message == String(repeating: "a", count: 1023))
        #expect(read.reason.utf8.count == RPCError.maximumReason)
        #expect(Goaway(lastID: 0, status: .ok, message: text).message == read.message)
    }

    @Test func anUnreadablePayloadKeepsTheCode() {
        let header = FrameHeader(.error, code: StatusCode.aborted.rawValue, id: 1, payloadLength: 3)
        let error = RPCError(header, payload: ([1, 2, 3] as [UInt8]).span.bytes)
        #expect(error.code == .aborted)
    }

    @Test func aCodeOfALaterVersionIsUnknown() {
        let header = FrameHeader(.error, flags: .retryable, code: 99, id: 1)
        #expect(RPCError(header, payload: RPCError(.ok, "later").encoded.span.bytes).code == .unknown)
        #expect(RPCError(header, payload: RPCError(.ok, "later").encoded.span.bytes).isRetryable)
    }

    @Test func aMessageThatIsNotUTF8IsStillShown() {
        let header = FrameHeader(.goaway, id: 1, payloadLength: 2)
        #expect(Goaway(header, payload: ([0x41, 0xFF] as [UInt8]).span.bytes).message == "A\u{FFFD}")
    }
}
