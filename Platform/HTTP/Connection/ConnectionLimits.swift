package import NIOCore

/// What a connection may ask for, and how long it may take.
package struct ConnectionLimits: Sendable {
    /// Bytes of target and headers of a request: what nginx allows by default (four buffers of 8 KiB), and GitHub stays far below.
    package var headerBytes = 32 * 1024
    /// Headers of a request: browsers send some twenty.
    package var headerCount = 100
    /// How long a connection may be silent between requests, and within the headers of one. As long as proxies keep theirs.
    package var idle = TimeAmount.seconds(60)
    /// From connecting to the end of the first request's headers: nobody connects to say nothing.
    package var firstHeaders = TimeAmount.seconds(20)
    /// How long a body may let us wait, beside what ``bodyRate`` allows.
    package var bodyGrace = TimeAmount.seconds(20)
    /// Bytes of a body that buy another second of waiting: far below what a telephone sends.
    package var bodyRate = 8 * 1024
    /// How long the rest of a body is read and dropped after an early answer, so that the answer reaches who still sends.
    /// As nginx's `lingering_time`.
    package var linger = TimeAmount.seconds(30)
    /// Bytes that are dropped then, at most, and of a body that is read to its end whatever becomes of it: a body of the largest size that any path takes.
    package var lingerBytes = 32 * 1024 * 1024

    package init() {}
}
