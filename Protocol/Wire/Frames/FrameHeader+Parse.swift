extension FrameHeader {
    /// Reads the header of the frame that starts at the offset.
    ///
    /// Each field is checked as soon as its bytes are there, so that a wrong length or kind is found before anything is
    /// waited for or allocated. The payload may not be there yet.
    /// - Parameter maximumLength: The largest length field that is accepted.
    /// - Returns: Nil if there are fewer than ``size`` bytes.
    @inlinable
    package static func parse(
        _ bytes: RawSpan, at offset: Int, maximumLength: UInt32
    ) throws(FrameViolation) -> FrameHeader? {
        let available = bytes.byteCount - offset
        guard available >= size else {
            try checkStart(bytes, at: offset, maximumLength: maximumLength)
            return nil
        }
        let length = bytes.bigEndian(UInt32.self, at: offset)
        guard length >= minimumLength, length <= maximumLength else {
            throw .length(length, maximum: maximumLength)
        }
        let rawKind = bytes.bigEndian(UInt8.self, at: offset + 4)
        guard let kind = FrameKind(rawValue: rawKind) else { throw .unknownKind(rawKind) }
        let header = FrameHeader(
            kind, flags: FrameFlags(rawValue: bytes.bigEndian(UInt8.self, at: offset + 5)),
            code: bytes.bigEndian(UInt16.self, at: offset + 6), id: bytes.bigEndian(UInt64.self, at: offset + 8),
            timeout: bytes.bigEndian(UInt32.self, at: offset + 16), payloadLength: Int(length - minimumLength))
        guard header.isWellFormed else { throw .malformed(kind) }
        return header
    }

    /// What can be said of a frame of which fewer than ``size`` bytes are there.
    @usableFromInline
    static func checkStart(
        _ bytes: RawSpan, at offset: Int, maximumLength: UInt32
    ) throws(FrameViolation) {
        let available = bytes.byteCount - offset
        guard available >= lengthFieldSize else { return }
        let length = bytes.bigEndian(UInt32.self, at: offset)
        guard length >= minimumLength, length <= maximumLength else {
            throw .length(length, maximum: maximumLength)
        }
        guard available > lengthFieldSize else { return }
        let kind = bytes.bigEndian(UInt8.self, at: offset + lengthFieldSize)
        guard FrameKind(rawValue: kind) != nil else { throw .unknownKind(kind) }
    }

    /// Whether the fields that the kind does not use are zero, and the others in range.
    @inlinable
    var isWellFormed: Bool {
        switch kind {
        case .request:
            flags.rawValue <= 1 && id != 0 && (flags.rawValue == 0 || payloadLength >= TraceContext.size)
        case .response: flags.rawValue == 0 && code == 0 && timeout == 0 && id != 0
        case .error: flags.rawValue <= 1 && code != 0 && timeout == 0 && id != 0
        case .cancel: flags.rawValue == 0 && code == 0 && timeout == 0 && id != 0 && payloadLength == 0
        case .ping, .pong: flags.rawValue == 0 && code == 0 && timeout == 0 && payloadLength == 0
        case .hello: flags.rawValue == 0 && code == 0 && timeout == 0 && id == 0
        case .goaway: flags.rawValue == 0 && timeout == 0
        }
    }
}

extension RawSpan {
    /// The big-endian integer at the offset.
    @inlinable
    @inline(__always)
    func bigEndian<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type, at offset: Int) -> Integer {
        // Checked by the span; the integers of the standard library have no invalid bit patterns.
        Integer(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
}
