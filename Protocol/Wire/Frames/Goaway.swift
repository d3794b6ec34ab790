/// The last that a side says: why it stops, and up to which call it answers. README.md, "Goaway".
package struct Goaway: Sendable, Equatable {
    /// Bytes of the message; longer ones are cut.
    package static let maximumMessage = 1024

    /// Calls with a higher id were not begun, and may be sent again elsewhere.
    package var lastID: UInt64
    /// ``StatusCode/ok`` for a graceful stop.
    package var status: StatusCode
    /// For people.
    package var message: String

    package init(lastID: UInt64, status: StatusCode, message: String) {
        self.lastID = lastID
        self.status = status
        self.message = message.truncated(toUTF8: Self.maximumMessage)
    }

    /// - Parameter payload: UTF-8; what is not becomes a replacement character.
    package init(_ header: FrameHeader, payload: RawSpan) {
        let text = payload.withUnsafeBytes { String(decoding: $0.prefix(Self.maximumMessage), as: UTF8.self) }
        self.init(lastID: header.id, status: StatusCode(received: header.code), message: text)
    }

    package func appendFrame(to sink: inout some ByteSink) {
        FrameHeader(.goaway, code: status.rawValue, id: lastID, payloadLength: message.utf8.count).append(to: &sink)
        sink.append(utf8: message)
    }
}

extension String {
    /// The longest start that is no longer, and ends with a whole character.
    func truncated(toUTF8 limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, Index(end, within: self) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
