import Wire

/// Where one connection stands, as the client sees it. README.md, "Connections".
struct ClientSession: Sendable {
    enum Phase: Sendable, Equatable {
        /// The hello was sent, and its answer has not come.
        case greeting
        case open
        /// The server takes no more calls, and answers those up to this id.
        case leaving(lastID: UInt64)
        case closed
    }

    /// What to do with a frame.
    enum Step: Sendable, Equatable {
        case greeted
        case answer
        case failure
        case pong
        /// The server goes away.
        case leave
        case ignore
    }

    private(set) var phase = Phase.greeting
    private let maximumLength: UInt32
    /// The largest length field that the server accepts.
    private(set) var peerMaximumLength = Hello.leastMaximumLength
    /// Milliseconds without a frame of ours after which the server closes the connection; 0 for never.
    private(set) var peerIdleTimeout: UInt32 = 0

    init(maximumLength: UInt32) { self.maximumLength = maximumLength }

    var hello: Hello { Hello(maximumLength: maximumLength, maximumCalls: 0, idleTimeout: 0) }

    /// For the next frame.
    var acceptedLength: UInt32 {
        switch phase {
        // The server may refuse before it greets: a goaway is longer than a hello.
        case .greeting: Hello.leastMaximumLength
        case .open, .leaving, .closed: maximumLength
        }
    }

    /// The largest length field of a request now; nil where none can be sent.
    @inline(__always)
    var requestLimit: UInt32? {
        if case .open = phase { peerMaximumLength } else { nil }
    }

    /// The first frame of what has come in, and what to do with it.
    /// - Returns: Nil where it is not all there yet, and when the connection has ended.
    @inline(__always)
    mutating func next(_ bytes: RawSpan) throws(FrameViolation) -> (header: FrameHeader, step: Step)? {
        if case .closed = phase { return nil }
        guard let header = try FrameHeader.parse(bytes, at: 0, maximumLength: acceptedLength),
            bytes.byteCount >= header.frameSize
        else { return nil }
        return (header, try receive(header))
    }

    @inline(__always)
    mutating func receive(_ header: FrameHeader) throws(FrameViolation) -> Step {
        switch phase {
        case .open, .leaving:
            switch header.kind {
            case .response: return .answer
            case .error: return .failure
            case .ping: return .pong
            case .pong: return .ignore
            case .goaway: return .leave
            case .hello, .request, .cancel: throw .unexpected(header.kind)
            }
        case .greeting:
            switch header.kind {
            case .hello: return .greeted
            case .goaway: return .leave
            case .request, .response, .error, .cancel, .ping, .pong: throw .notOurProtocol
            }
        case .closed: return .ignore
        }
    }

    /// Takes the server's hello.
    mutating func greeted(_ hello: Hello) throws(FrameViolation) {
        precondition(phase == .greeting, "a connection is greeted once")
        _ = try ProtocolVersion.chosen(by: hello)
        peerMaximumLength = hello.maximumLength
        peerIdleTimeout = hello.idleTimeout
        phase = .open
    }

    /// Takes the server's goaway.
    mutating func leave(_ goaway: Goaway) {
        switch phase {
        case .open: phase = .leaving(lastID: goaway.lastID)
        case .leaving(let lastID): phase = .leaving(lastID: min(lastID, goaway.lastID))
        case .greeting: phase = .closed
        case .closed: break
        }
    }

    /// The connection has ended, or is about to be.
    /// - Returns: Whether it had not before.
    mutating func close() -> Bool {
        defer { phase = .closed }
        return phase != .closed
    }
}
