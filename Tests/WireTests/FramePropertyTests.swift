import TestRandom
import Testing
import Wire

/// Over random frames and random bytes. A failure prints its seed.
@Suite struct FramePropertyTests {
    @Test(arguments: 0..<200)
    func anySplitOfTheStreamGivesTheSameFrames(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let frames = (0..<Int.random(in: 1...20, using: &random)).map { _ in RandomFrame(using: &random) }
        let stream = frames.flatMap(\.bytes)
        var collector = FrameCollector()
        var rest = stream[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, rest.count / 2), using: &random)
            try collector.receive(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        #expect(collector.frames == frames)
        #expect(collector.pending.isEmpty)
    }

    @Test func byteByByte() throws {
        var random = SplitMix64(seed: 1)
        let frames = (0..<50).map { _ in RandomFrame(using: &random) }
        var collector = FrameCollector()
        for byte in frames.flatMap(\.bytes) { try collector.receive([byte]) }
        #expect(collector.frames == frames)
    }

    @Test(arguments: 0..<500)
    func randomBytesAreFramesThatWriteBackOrAViolation(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Mostly plausible: a small length, then anything.
        var bytes: [UInt8] = [0, 0, 0, .random(in: 0...64, using: &random), .random(in: 0...10, using: &random)]
        bytes += (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...3, using: &random) }
        guard let header = try? FrameHeader.parse(bytes.span.bytes, at: 0, maximumLength: 4096) else { return }
        var written: [UInt8] = []
        header.append(to: &written)
        #expect(written == Array(bytes.prefix(FrameHeader.size)))
    }
}

/// A frame with contents that its kind may have.
struct RandomFrame: Equatable {
    let header: FrameHeader
    let payload: [UInt8]

    init(header: FrameHeader, payload: [UInt8]) {
        self.header = header
        self.payload = payload
    }

    init(using random: inout SplitMix64) {
        let kind = FrameKind.allCases[Int.random(in: 0..<FrameKind.allCases.count, using: &random)]
        let size = Int.random(in: 0...300, using: &random)
        var payload = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let id = UInt64.random(in: 1 ... .max, using: &random)
        var header: FrameHeader
        switch kind {
        case .hello: header = FrameHeader(.hello)
        case .request:
            let isTraced = payload.count >= TraceContext.size
            header = FrameHeader(
                .request, flags: isTraced ? .trace : [], code: .random(in: .min ... .max, using: &random), id: id,
                timeout: .random(in: .min ... .max, using: &random))
        case .response: header = FrameHeader(.response, id: id)
        case .error:
            header = FrameHeader(
                .error, flags: id % 2 == 0 ? .retryable : [], code: .random(in: 1 ... .max, using: &random), id: id)
        case .cancel, .ping, .pong:
            payload = []
            header = FrameHeader(kind, id: id)
        case .goaway: header = FrameHeader(.goaway, code: .random(in: 0...16, using: &random), id: id)
        }
        header.payloadLength = payload.count
        self.init(header: header, payload: payload)
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        header.append(to: &bytes)
        return bytes + payload
    }
}

/// Frames out of a stream, as a connection takes them.
struct FrameCollector {
    private(set) var frames: [RandomFrame] = []
    private(set) var pending: [UInt8] = []

    mutating func receive(_ bytes: some Sequence<UInt8>) throws(FrameViolation) {
        pending += bytes
        while let header = try FrameHeader.parse(pending.span.bytes, at: 0, maximumLength: 4096),
            pending.count >= header.frameSize
        {
            frames.append(
                RandomFrame(header: header, payload: Array(pending[FrameHeader.size..<header.frameSize])))
            pending.removeFirst(header.frameSize)
        }
    }
}
