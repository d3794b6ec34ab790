import Synchronization

/// W3C Trace Context, `traceparent` of version 00: `00-<trace id>-<parent id>-<flags>`.
package struct Traceparent: Sendable, Hashable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits, not all zero.
    package let traceID: String
    /// 16 lower-case hexadecimal digits, not all zero.
    package let parentID: String
    package let flags: UInt8

    /// Nil for what is not a valid value; the specification then starts a new trace.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "00", Self.isID(parts[1], digits: 32), Self.isID(parts[2], digits: 16),
            parts[3].utf8.count == 2, parts[3].utf8.allSatisfy(Self.isHexadecimal),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        self.traceID = String(parts[1])
        self.parentID = String(parts[2])
        self.flags = flags
    }

    private init(traceID: String, parentID: String, flags: UInt8) {
        self.traceID = traceID
        self.parentID = parentID
        self.flags = flags
    }

    /// A new trace, not sampled.
    package static func random() -> Traceparent {
        Traceparent(traceID: randomID(words: 2), parentID: randomID(words: 1), flags: 0)
    }

    /// The same trace with a new parent: what a step hands to the next one.
    package func child() -> Traceparent {
        Traceparent(traceID: traceID, parentID: Self.randomID(words: 1), flags: flags)
    }

    package var description: String { "00-\(traceID)-\(parentID)-\(flags < 16 ? "0" : "")\(String(flags, radix: 16))" }

    private static func randomID(words: Int) -> String {
        var generator = TraceIDs()
        return (0..<words).map { _ in
            let digits = String(UInt64.random(in: 1...UInt64.max, using: &generator), radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }

    private static func isID(_ text: some StringProtocol, digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy(isHexadecimal)
            && text.utf8.contains { $0 != UInt8(ascii: "0") }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014) from a random start: ids of traces must differ, and need not be hard to guess. A call of
/// the system for each would cost more than all else in making one.
private struct TraceIDs: RandomNumberGenerator {
    private static let state = Atomic(UInt64.random(in: .min ... .max))

    func next() -> UInt64 {
        var value = Self.state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
