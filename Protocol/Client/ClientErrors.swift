import Wire

extension RPCError {
    static let notConnected = RPCError(
        .unavailable, "no server is connected", reason: "not-connected", isRetryable: true)
    static let serverIsBehind = RPCError(
        .resourceExhausted, "the server does not read its requests", reason: "server-behind", isRetryable: true)
    static let requestTooLarge = RPCError(
        .resourceExhausted, "the request is longer than the server accepts", reason: "request-too-large")
    static let tooManyCallsAtOnce = RPCError(
        .resourceExhausted, "the client has as many calls as it takes", reason: "client-calls")
    static let circuitOpen = RPCError(.unavailable, "no server answers", reason: "circuit-open")
    static let stopping = RPCError(.unavailable, "the client stops", reason: "stopping")
    static let timedOut = RPCError(.deadlineExceeded, "the time was up")
    static let cancelledByCaller = RPCError(.cancelled, "the call was cancelled")

    /// - Parameter isRetryable: The call was not begun.
    static func connectionLost(_ why: String, isRetryable: Bool) -> RPCError {
        RPCError(.unavailable, why, reason: "connection-lost", isRetryable: isRetryable)
    }

    /// Whether it says that the server is not well.
    var blamesServer: Bool {
        switch code {
        case .unavailable, .internal, .unknown, .dataLoss: true
        case .ok, .cancelled, .invalidArgument, .deadlineExceeded, .notFound, .alreadyExists, .permissionDenied,
            .resourceExhausted, .failedPrecondition, .aborted, .outOfRange, .unimplemented, .unauthenticated:
            false
        }
    }
}
