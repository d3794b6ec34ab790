package import NIOCore
package import Wire

extension ByteBuffer: ByteSink {
    package mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer) {
        // Half of what `writeInteger` takes.
        writeWithUnsafeMutableBytes(minimumWritableBytes: MemoryLayout<Integer>.size) { bytes in
            bytes.storeBytes(of: value.bigEndian, as: Integer.self)
            return MemoryLayout<Integer>.size
        }
    }

    package mutating func append(utf8 text: String) { writeString(text) }

    package mutating func append(bytes: RawSpan) { writeBytes(bytes) }

    /// Appends the 20 bytes of a frame header.
    package mutating func append(_ header: FrameHeader) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: FrameHeader.size) { bytes in
            header.write(to: bytes)
            return FrameHeader.size
        }
    }

    /// Writes the header over ``FrameHeader/size`` bytes that were left out for it.
    package mutating func set(_ header: FrameHeader, at index: Int) {
        let start = index - readerIndex
        withUnsafeMutableReadableBytes { bytes in
            header.write(to: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
        }
    }

    /// Appends a frame with what the body appends as its payload. If the body throws, nothing is appended.
    package mutating func appendFrame<Failure: Error>(
        _ header: FrameHeader, _ body: (inout ByteBuffer) throws(Failure) -> Void
    ) throws(Failure) {
        let start = writerIndex
        append(header)
        do throws(Failure) {
            try body(&self)
        } catch {
            moveWriterIndex(to: start)
            throw error
        }
        var header = header
        header.payloadLength = writerIndex - start - FrameHeader.size
        set(header, at: start)
    }
}
