package import NIOCore
package import Wire

/// A payload as it is, for those who look into it elsewhere.
package struct RawPayload: WirePayload {
    package var bytes: ByteBuffer

    package init(_ bytes: ByteBuffer) { self.bytes = bytes }

    package init(from reader: inout WireReader) throws(PayloadError) {
        bytes = ByteBuffer()
        bytes.writeBytes(reader.rest())
    }

    package func encode(into sink: inout some ByteSink) { sink.append(bytes: bytes.readableBytesSpan) }
}
