/// The fixed part of every frame: 20 bytes, big-endian. README.md, "Frames".
///
/// | bytes | field |
/// |---|---|
/// | 0–3 | length: bytes of the frame after this field, 16 to the receiver's limit |
/// | 4 | kind |
/// | 5 | flags |
/// | 6–7 | code: the method of a request, the status of an error or a goaway |
/// | 8–15 | id of the call; what a pong repeats of a ping; the last call that a goaway answers |
/// | 16–19 | microseconds that a request has left |
@frozen
package struct FrameHeader: Sendable, Equatable {
    /// Bytes of the header, the length field included.
    package static let size = 20
    /// Bytes of the length field, which does not count itself.
    package static let lengthFieldSize = 4
    /// What the length field says of a frame without payload.
    package static let minimumLength: UInt32 = 16

    package var kind: FrameKind
    package var flags: FrameFlags
    package var code: UInt16
    package var id: UInt64
    package var timeout: UInt32
    /// Bytes after the header; of a request with a trace context, those of the context included.
    package var payloadLength: Int

    @inlinable
    package init(
        _ kind: FrameKind, flags: FrameFlags = .none, code: UInt16 = 0, id: UInt64 = 0, timeout: UInt32 = 0,
        payloadLength: Int = 0
    ) {
        self.kind = kind
        self.flags = flags
        self.code = code
        self.id = id
        self.timeout = timeout
        self.payloadLength = payloadLength
    }

    /// The value of the length field.
    @inlinable
    package var length: Int { payloadLength + Int(Self.minimumLength) }

    /// Bytes of header and payload.
    @inlinable
    package var frameSize: Int { payloadLength + Self.size }
}

extension FrameHeader {
    /// Writes the 20 bytes.
    /// - Parameter bytes: Room for ``size`` bytes at least.
    @inlinable
    package func write(to bytes: UnsafeMutableRawBufferPointer) {
        precondition(bytes.count >= Self.size, "a frame header needs 20 bytes")
        bytes.storeBytes(of: UInt32(length).bigEndian, as: UInt32.self)
        bytes[4] = kind.rawValue
        bytes[5] = flags.rawValue
        bytes.storeBytes(of: code.bigEndian, toByteOffset: 6, as: UInt16.self)
        bytes.storeBytes(of: id.bigEndian, toByteOffset: 8, as: UInt64.self)
        bytes.storeBytes(of: timeout.bigEndian, toByteOffset: 16, as: UInt32.self)
    }

    package func append(to sink: inout some ByteSink) {
        sink.append(UInt32(length))
        sink.append(kind.rawValue)
        sink.append(flags.rawValue)
        sink.append(code)
        sink.append(id)
        sink.append(timeout)
    }
}
