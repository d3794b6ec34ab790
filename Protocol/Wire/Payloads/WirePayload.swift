/// A value with a form on the wire. README.md, "Payloads".
package protocol WirePayload: Sendable, Equatable {
    func encode<Sink: ByteSink>(into sink: inout Sink)
    init(from reader: inout WireReader) throws(PayloadError)
}

extension WirePayload {
    /// Reads a payload that is this value and nothing more.
    @inlinable
    package init(payload: RawSpan) throws(PayloadError) {
        var reader = WireReader(payload)
        try self.init(from: &reader)
        guard reader.offset == payload.byteCount else { throw .trailing }
    }

    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }
}

/// No bytes at all.
package struct EmptyPayload: WirePayload {
    package init() {}
    package init(from reader: inout WireReader) throws(PayloadError) {}
    package func encode(into sink: inout some ByteSink) {}
}

/// A call: its number, what it takes and what it answers.
package protocol WireMethod: Sendable {
    associatedtype Request: WirePayload
    associatedtype Response: WirePayload

    static var id: UInt16 { get }
    /// For logs, metrics and NATS subjects.
    static var name: String { get }
    /// Whether doing it twice is as good as once, so that it may be sent again when nobody knows whether it was done.
    static var isIdempotent: Bool { get }
}
