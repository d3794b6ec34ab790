import Wire

/// Where one connection stands, as the server sees it: which frames it may get, and what they mean. README.md,
/// "Connections".
struct ServerSession: Sendable {
    enum Phase: Sendable, Equatable {
        /// Only a hello is taken.
        case greeting
        case open
        /// The client knows the last call that will be answered.
        case draining
        /// The client was told why it is disconnected. What it still sends is discarded.
        case closing
    }

    /// What to do with a frame.
    enum Step: Sendable, Equatable {
        case greet
        case call
        case cancel
        case pong
        case ignore
    }

    private(set) var phase = Phase.greeting
    /// The highest id of a request.
    private(set) var lastID: UInt64 = 0
    /// Calls that were handed off, and not answered yet.
    private(set) var callsInFlight = 0
    private let maximumLength: UInt32
    private let maximumCalls: Int
    /// The largest length field that the client accepts.
    private(set) var peerMaximumLength = Hello.leastMaximumLength

    init(maximumLength: UInt32, maximumCalls: Int) {
        self.maximumLength = maximumLength
        self.maximumCalls = maximumCalls
    }

    /// For the next frame.
    var acceptedLength: UInt32 {
        switch phase {
        case .greeting: Hello.maximumLength
        case .open, .draining, .closing: maximumLength
        }
    }

    @inline(__always)
    mutating func receive(_ header: FrameHeader) throws(FrameViolation) -> Step {
        switch phase {
        case .open:
            guard header.kind == .request else { return try receiveOther(header) }
            guard header.id > lastID else { throw .callID(header.id) }
            lastID = header.id
            return .call
        case .greeting:
            guard header.kind == .hello else { throw .notOurProtocol }
            return .greet
        case .draining:
            // A request that crossed the goaway was not begun, and the client knows.
            return header.kind == .request ? .ignore : try receiveOther(header)
        case .closing: return .ignore
        }
    }

    private func receiveOther(_ header: FrameHeader) throws(FrameViolation) -> Step {
        switch header.kind {
        case .cancel:
            // After a goaway ids may be above: of requests that were ignored.
            guard header.id <= lastID || phase == .draining else { throw .callID(header.id) }
            return .cancel
        case .ping: return .pong
        case .pong, .goaway: return .ignore
        case .hello, .request, .response, .error: throw .unexpected(header.kind)
        }
    }

    /// Takes the client's hello.
    /// - Parameter idleTimeout: In milliseconds.
    /// - Returns: The answer.
    mutating func greet(_ hello: Hello, idleTimeout: UInt32) throws(FrameViolation) -> Hello {
        precondition(phase == .greeting, "a connection is greeted once")
        let version = try ProtocolVersion.negotiate(with: hello)
        peerMaximumLength = hello.maximumLength
        phase = .open
        return Hello(
            lowestVersion: version, highestVersion: version, maximumLength: maximumLength,
            maximumCalls: UInt32(clamping: maximumCalls), idleTimeout: idleTimeout)
    }

    /// Counts a call that is handed off.
    /// - Returns: Whether there is room for it.
    mutating func begin() -> Bool {
        guard callsInFlight < maximumCalls else { return false }
        callsInFlight += 1
        return true
    }

    /// A call that was handed off was answered or given up.
    /// - Returns: Whether the connection has nothing more to do.
    mutating func end() -> Bool {
        precondition(callsInFlight > 0, "more calls ended than began")
        callsInFlight -= 1
        return isDone
    }

    /// Everything that will be answered was.
    var isDone: Bool { phase == .draining && callsInFlight == 0 }

    /// Stops taking calls.
    /// - Returns: What to tell the client. Nil where it was told before.
    mutating func drain() -> Goaway? {
        switch phase {
        case .open, .greeting:
            phase = .draining
            return Goaway(lastID: lastID, status: .ok, message: "the server stops")
        case .draining, .closing: return nil
        }
    }

    /// Ends the connection for a reason.
    /// - Returns: What to tell the client. Nil where it was told before.
    mutating func close(_ status: StatusCode, _ message: String) -> Goaway? {
        switch phase {
        case .open, .greeting, .draining:
            phase = .closing
            return Goaway(lastID: lastID, status: status, message: message)
        case .closing: return nil
        }
    }
}
