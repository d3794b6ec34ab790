package import NIOCore

/// The limits of a client and how it treats servers that fail.
package struct RPCClientConfiguration: Sendable {
    /// Calls at once: those that wait for a connection and those in flight. At most 65,536.
    package var maximumCalls = 16_384
    /// The largest length field of a frame that is accepted.
    package var maximumLength: UInt32 = 16 << 20
    /// Bytes of requests that wait for one server to read them. One more call is refused.
    package var outputLimit = 32 << 20
    /// Connections at once. Addresses beyond are left out until others go away.
    package var maximumEndpoints = 64

    /// TCP, TLS and hello.
    package var connectTimeout = TimeAmount.seconds(3)
    /// How long a call waits for a connection while there is none; then it fails as unavailable, or tries again.
    package var connectionWait = TimeAmount.seconds(1)
    /// Between attempts to connect to one address, doubled after each, with jitter.
    package var reconnectBase = TimeAmount.milliseconds(50)
    package var reconnectMaximum = TimeAmount.seconds(5)
    /// How often the addresses are resolved again.
    package var resolveInterval = TimeAmount.seconds(10)
    /// The same after a failure, at most once for each.
    package var resolveAfterFailure = TimeAmount.milliseconds(250)
    package var resolveTimeout = TimeAmount.seconds(5)

    /// Without a frame for so long, the server is asked for a sign of life. Less than its idle timeout.
    package var pingInterval = TimeAmount.seconds(10)
    /// How long it may take to give one.
    package var pingTimeout = TimeAmount.seconds(5)

    /// Failures in a row after which one of several servers gets no calls for a while.
    package var ejectionFailures = 5
    /// For how long, doubled each time.
    package var ejectionBase = TimeAmount.seconds(1)
    package var ejectionMaximum = TimeAmount.seconds(30)

    /// Failures in a row, of all servers, after which calls fail at once.
    package var circuitFailures = 20
    /// For how long, doubled each time; then one call tries.
    package var circuitBase = TimeAmount.milliseconds(500)
    package var circuitMaximum = TimeAmount.seconds(10)

    /// How often a call is sent at most.
    package var maximumAttempts = 3
    /// Before it is sent again, doubled each time, with jitter.
    package var retryBase = TimeAmount.milliseconds(10)
    package var retryMaximum = TimeAmount.milliseconds(200)

    /// From the stop of the client to the end of calls in flight.
    package var drainTimeout = TimeAmount.seconds(10)

    package init() {}
}
