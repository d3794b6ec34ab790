/// What payloads are encoded into: an array here, a connection's output buffer in the transport.
package protocol ByteSink {
    /// Big-endian.
    mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer)
    mutating func append(utf8 text: String)
    mutating func append(bytes: RawSpan)
}

extension ByteSink {
    package mutating func append(_ value: Bool) { append(UInt8(value ? 1 : 0)) }

    /// A 32-bit count of bytes, and the bytes.
    package mutating func append(text: String) {
        append(UInt32(text.utf8.count))
        append(utf8: text)
    }

    /// A 32-bit count, and the elements.
    package mutating func append<Element: WirePayload>(list: [Element]) {
        append(UInt32(list.count))
        for element in list { element.encode(into: &self) }
    }

    /// A 32-bit count, and the texts.
    package mutating func append(texts: [String]) {
        append(UInt32(texts.count))
        for text in texts { append(text: text) }
    }
}

extension [UInt8]: ByteSink {
    package mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    package mutating func append(utf8 text: String) { append(contentsOf: text.utf8) }

    package mutating func append(bytes: RawSpan) { bytes.withUnsafeBytes { append(contentsOf: $0) } }
}
