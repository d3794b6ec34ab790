import CNATS
import Glibc
package import NIOCore

/// A message that came in. Owns the memory that libnats read it into; large payloads are not copied to look at them.
///
/// `@unchecked` is not needed: everything that libnats would compute lazily is read at the start, on the thread that
/// delivers, and the memory is not written again.
package final class NATSMessage: Sendable {
    package let subject: String
    package let replySubject: String?
    package let headers: NATSHeaders
    /// The status line of a message of the server itself (`503` no responders, `404`, `408`, `409`, `100`).
    let status: Int?
    nonisolated(unsafe) private let raw: OpaquePointer

    /// Takes over the message, and destroys it at the end.
    init(owning raw: OpaquePointer) {
        self.raw = raw
        subject = natsMsg_GetSubject(raw).map { String(cString: $0) } ?? ""
        replySubject = natsMsg_GetReply(raw).map { String(cString: $0) }
        var headers = NATSHeaders()
        var status: Int?
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        var count: Int32 = 0
        if natsMsgHeader_Keys(raw, &names, &count) == NATS_OK, let names {
            for index in 0..<Int(count) {
                guard let name = names[index] else { continue }
                var values: UnsafeMutablePointer<UnsafePointer<CChar>?>?
                var valueCount: Int32 = 0
                guard natsMsgHeader_Values(raw, name, &values, &valueCount) == NATS_OK, let values else { continue }
                for value in UnsafeBufferPointer(start: values, count: Int(valueCount)) {
                    headers.add(String(cString: name), value.map { String(cString: $0) } ?? "")
                }
                free(values)
            }
            free(names)
            // libnats shows the status line as a header; only the server sends one, and with nothing in the payload.
            if natsMsg_GetDataLength(raw) == 0 { status = headers["Status"].flatMap { Int($0) } }
        }
        self.headers = headers
        self.status = status
    }

    deinit { natsMsg_Destroy(raw) }

    /// Bytes.
    package var payloadSize: Int { Int(natsMsg_GetDataLength(raw)) }

    /// Lends the payload; the pointer is not to leave the closure.
    package func withPayload<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: natsMsg_GetData(raw), count: payloadSize))
    }

    /// A copy of the payload.
    package var payload: ByteBuffer {
        withPayload { bytes in
            var buffer = ByteBufferAllocator().buffer(capacity: bytes.count)
            buffer.writeBytes(bytes)
            return buffer
        }
    }

    package var payloadText: String { withPayload { String(decoding: $0, as: UTF8.self) } }
}
