/// How a call failed: the payload of an error frame, and of an error over NATS.
///
/// What is said here is for the caller. Causes that are not are logged where they happen.
package struct RPCError: Error, Sendable, Equatable {
    /// Bytes of the message; longer ones are cut.
    package static let maximumMessage = 1024
    /// Bytes of the reason; longer ones are cut.
    package static let maximumReason = 64
    /// Bytes of the pointer; longer ones are cut.
    package static let maximumPointer = 64

    /// Apart, so that a result that may be an error is no larger than one that may not.
    private final class Contents: Sendable {
        let message: String
        let reason: String
        let position: UInt32?
        let pointer: String

        init(message: String, reason: String, position: UInt32?, pointer: String) {
            self.message = message
            self.reason = reason
            self.position = position
            self.pointer = pointer
        }
    }

    private let contents: Contents
    package var code: StatusCode
    /// The call was not begun, so it may be sent again whatever it does.
    package var isRetryable: Bool

    /// For people.
    package var message: String { contents.message }
    /// For programs, stable: `division-by-zero`. Empty where the code says all.
    package var reason: String { contents.reason }
    /// Where in the text of the request, counted in Unicode scalars from 1.
    package var position: UInt32? { contents.position }
    /// Which member of the request is meant: a JSON pointer (RFC 6901) into its form in the HTTP API, `/weights/3`. Empty
    /// where it is the whole.
    package var pointer: String { contents.pointer }

    package init(
        _ code: StatusCode, _ message: String, reason: String = "", position: UInt32? = nil, pointer: String = "",
        isRetryable: Bool = false
    ) {
        self.code = code
        self.isRetryable = isRetryable
        contents = Contents(message: message, reason: reason, position: position, pointer: pointer)
    }

    package static func == (left: RPCError, right: RPCError) -> Bool {
        left.code == right.code && left.isRetryable == right.isRetryable && left.message == right.message
            && left.reason == right.reason && left.position == right.position && left.pointer == right.pointer
    }
}

extension RPCError: CustomStringConvertible {
    package var description: String {
        var text = code.name
        if !reason.isEmpty { text += " (\(reason))" }
        text += ": \(message)"
        if let position { text += " at \(position)" }
        return text
    }
}

extension RPCError: WirePayload {
    /// - Returns: Everything but ``code`` and ``isRetryable``, which are in the header of the frame.
    package init(from reader: inout WireReader) throws(PayloadError) {
        let message = try reader.text(maximum: Self.maximumMessage, "message")
        let reason = try reader.text(maximum: Self.maximumReason, "reason")
        let position: UInt32? = try reader.boolean("position") ? try reader.integer() : nil
        let pointer = try reader.text(maximum: Self.maximumPointer, "pointer")
        self.init(.unknown, message, reason: reason, position: position, pointer: pointer)
    }

    package func encode(into sink: inout some ByteSink) {
        sink.append(text: message.truncated(toUTF8: Self.maximumMessage))
        sink.append(text: reason.truncated(toUTF8: Self.maximumReason))
        sink.append(position != nil)
        if let position { sink.append(position) }
        sink.append(text: pointer.truncated(toUTF8: Self.maximumPointer))
    }

    /// Of an error frame. A payload that cannot be read costs the words, not the code.
    package init(_ header: FrameHeader, payload: RawSpan) {
        self = (try? RPCError(payload: payload)) ?? RPCError(.unknown, "unreadable error")
        code = StatusCode(received: header.code)
        isRetryable = header.flags.contains(.retryable)
    }

    /// Appends the whole frame.
    package func appendFrame(id: UInt64, to sink: inout some ByteSink) {
        precondition(code != .ok, "an error has a status other than OK")
        var payload: [UInt8] = []
        encode(into: &payload)
        FrameHeader(
            .error, flags: isRetryable ? .retryable : [], code: code.rawValue, id: id, payloadLength: payload.count
        ).append(to: &sink)
        sink.append(bytes: payload.span.bytes)
    }
}
