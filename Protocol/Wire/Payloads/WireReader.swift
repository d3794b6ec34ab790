/// Reads the fields of a payload in order. Every length is checked against its limit, and against the bytes that are
/// there, before anything is allocated.
package struct WireReader: ~Escapable {
    @usableFromInline
    let bytes: RawSpan
    @usableFromInline
    var offset = 0

    @inlinable
    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan) { self.bytes = bytes }

    package var remaining: Int { bytes.byteCount - offset }

    @inlinable
    @inline(__always)
    package mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _: Integer.Type = Integer.self
    ) throws(PayloadError) -> Integer {
        let size = MemoryLayout<Integer>.size
        guard bytes.byteCount - offset >= size else { throw .truncated }
        defer { offset += size }
        return bytes.bigEndian(Integer.self, at: offset)
    }

    /// 0 or 1 in one byte.
    package mutating func boolean(_ field: String) throws(PayloadError) -> Bool {
        switch try integer(UInt8.self) {
        case 0: false
        case 1: true
        default: throw .invalid(field)
        }
    }

    /// A 32-bit count of bytes, and that many of UTF-8.
    package mutating func text(maximum: Int, _ field: String) throws(PayloadError) -> String {
        let count = Int(try integer(UInt32.self))
        guard count <= maximum else { throw .overLimit(field, maximum: maximum) }
        guard remaining >= count else { throw .truncated }
        defer { offset += count }
        let text = bytes.withUnsafeBytes { bytes in
            String(validating: bytes[offset..<offset + count], as: UTF8.self)
        }
        guard let text else { throw .notUTF8(field) }
        return text
    }

    /// A 32-bit count, which leaves at least so many bytes for each element.
    package mutating func count(
        maximum: Int, leastSize: Int, _ field: String
    ) throws(PayloadError) -> Int {
        let count = Int(try integer(UInt32.self))
        guard count <= maximum else { throw .overLimit(field, maximum: maximum) }
        guard remaining / leastSize >= count else { throw .truncated }
        return count
    }

    /// All bytes that are left.
    @_lifetime(copy self)
    package mutating func rest() -> RawSpan {
        defer { offset = bytes.byteCount }
        return bytes.extracting(offset..<bytes.byteCount)
    }

    package mutating func texts(
        maximum: Int, each: Int, _ field: String
    ) throws(PayloadError) -> [String] {
        let count = try count(maximum: maximum, leastSize: 4, field)
        var texts: [String] = []
        texts.reserveCapacity(count)
        for _ in 0..<count { texts.append(try text(maximum: each, field)) }
        return texts
    }

    package mutating func list<Element: WirePayload>(
        of _: Element.Type = Element.self, maximum: Int, _ field: String
    ) throws(PayloadError) -> [Element] {
        // Elements of a few bytes may take more room in memory than here; the limit of the list bounds that.
        let count = try count(maximum: maximum, leastSize: 1, field)
        var list: [Element] = []
        for _ in 0..<count { list.append(try Element(from: &self)) }
        return list
    }
}
