import NIOCore

/// Where a connection is in reading requests and answering them, and whether its client is too slow. A pure value.
///
/// Only time in which we wait for the client counts: a body that we leave unread is not slow.
struct RequestPacing: Sendable {
    private enum Reading: Sendable {
        /// Between requests.
        case nothing
        case body(Body)
    }

    private struct Body: Sendable {
        var bytes = 0
        var waited = TimeAmount.zero
        /// Since when the channel is asked for more.
        var waitingSince: NIODeadline?
    }

    private let limits: ConnectionLimits
    private var reading = Reading.nothing
    private var closesAfterAnswer = false
    /// The body says that it is short enough to be read to its end, whatever becomes of it.
    private var isShort = false
    /// Requests whose headers were read and whose answer has not ended.
    private(set) var unanswered = 0
    private(set) var hasReadHeaders = false

    init(_ limits: ConnectionLimits) { self.limits = limits }

    /// Whether the end of a request is still to come.
    var isReadingBody: Bool {
        switch reading {
        case .nothing: false
        case .body: true
        }
    }

    /// - Parameter length: What the headers say of the body, in bytes.
    mutating func headersRead(length: Int? = nil) {
        isShort = length.map { $0 <= limits.lingerBytes } ?? false
        reading = .body(Body())
        unanswered += 1
        hasReadHeaders = true
    }

    mutating func bytesRead(_ count: Int, now: @autoclosure () -> NIODeadline) {
        guard case .body(var body) = reading else { return }
        body.bytes += count
        if let since = body.waitingSince {
            body.waited = body.waited + (now() - since)
            body.waitingSince = nil
        }
        reading = .body(body)
    }

    mutating func endRead() { reading = .nothing }

    /// The channel is asked for more.
    mutating func asked(now: @autoclosure () -> NIODeadline) {
        guard case .body(var body) = reading, body.waitingSince == nil else { return }
        body.waitingSince = now()
        reading = .body(body)
    }

    func isTooSlow(now: NIODeadline) -> Bool {
        guard case .body(let body) = reading else { return false }
        let waited = body.waited + (body.waitingSince.map { now - $0 } ?? .zero)
        return waited > limits.bodyGrace + .seconds(Int64(body.bytes / limits.bodyRate))
    }

    /// - Returns: Whether the connection ends with this answer, as the request's end has not come yet, nor will soon.
    mutating func answerBegins() -> Bool {
        if isReadingBody, !isShort { closesAfterAnswer = true }
        return closesAfterAnswer
    }

    /// The rest of the request cannot be had: the connection ends with its answer.
    mutating func requestFailed() { closesAfterAnswer = true }

    /// - Returns: Whether the connection ends now.
    mutating func answerEnded() -> Bool {
        unanswered -= 1
        return closesAfterAnswer && unanswered <= 0
    }
}

extension TimeAmount {
    fileprivate static var zero: TimeAmount { .nanoseconds(0) }
}
