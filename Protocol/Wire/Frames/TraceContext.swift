/// W3C Trace Context as it travels in a request: 16 bytes of trace id, 8 of the caller's span, 1 of flags.
/// <https://www.w3.org/TR/trace-context/#traceparent-header-field-values>
package struct TraceContext: Sendable, Hashable {
    /// Bytes on the wire.
    package static let size = 25

    package let traceIDHigh: UInt64
    package let traceIDLow: UInt64
    package let parentID: UInt64
    package let flags: UInt8

    /// Nil where an id is zero, which the specification calls invalid.
    package init?(traceIDHigh: UInt64, traceIDLow: UInt64, parentID: UInt64, flags: UInt8) {
        guard traceIDHigh | traceIDLow != 0, parentID != 0 else { return nil }
        self.traceIDHigh = traceIDHigh
        self.traceIDLow = traceIDLow
        self.parentID = parentID
        self.flags = flags
    }

    /// Of a `traceparent` of version 00: `00-<32 digits>-<16 digits>-<2 digits>`, lower-case hexadecimal.
    package init?(traceparent text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("00".utf8), parts[1].count == 32,
            let high = UInt64(hexadecimal: parts[1].prefix(16)), let low = UInt64(hexadecimal: parts[1].suffix(16)),
            parts[2].count == 16, let parent = UInt64(hexadecimal: parts[2]),
            parts[3].count == 2, let flags = UInt64(hexadecimal: parts[3])
        else { return nil }
        self.init(traceIDHigh: high, traceIDLow: low, parentID: parent, flags: UInt8(flags))
    }

    /// Nil where fewer than ``size`` bytes are left, or an id is zero: then the call has no trace.
    package init?(_ bytes: RawSpan) {
        guard bytes.byteCount >= Self.size else { return nil }
        self.init(
            traceIDHigh: bytes.bigEndian(UInt64.self, at: 0), traceIDLow: bytes.bigEndian(UInt64.self, at: 8),
            parentID: bytes.bigEndian(UInt64.self, at: 16), flags: bytes.bigEndian(UInt8.self, at: 24))
    }

    package func append(to sink: inout some ByteSink) {
        sink.append(traceIDHigh)
        sink.append(traceIDLow)
        sink.append(parentID)
        sink.append(flags)
    }

    /// As a `traceparent` header.
    package var traceparent: String {
        "00-\(traceIDHigh.hexadecimal(16))\(traceIDLow.hexadecimal(16))-\(parentID.hexadecimal(16))"
            + "-\(UInt64(flags).hexadecimal(2))"
    }
}

extension UInt64 {
    /// Of lower-case digits only, 16 at most.
    fileprivate init?(hexadecimal digits: some Collection<UInt8>) {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        self = value
    }

    fileprivate func hexadecimal(_ width: Int) -> String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
