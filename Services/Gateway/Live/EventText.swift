import NIOCore

/// What is said on an event stream beside events (HTML, section 9.2).
enum EventText {
    /// Milliseconds after which a browser comes back.
    private static let retry = 2_000

    /// An id without data moves where the client resumes, and is no event.
    static func greeting(_ position: UInt64) -> ByteBuffer {
        ByteBuffer(string: "retry: \(retry)\nid: \(position)\n\n")
    }

    static func heartbeat(_ position: UInt64) -> ByteBuffer { ByteBuffer(string: ": alive\nid: \(position)\n\n") }

    /// What the client was told before, and what it was not, is not known: it is to read everything again.
    /// - Parameter reason: Without characters that JSON escapes.
    static func reset(_ reason: String, _ position: UInt64) -> ByteBuffer {
        ByteBuffer(string: "id: \(position)\nevent: reset\ndata: {\"reason\":\"\(reason)\"}\n\n")
    }
}
