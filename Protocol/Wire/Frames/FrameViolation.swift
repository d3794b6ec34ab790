/// How a peer broke the framing. The connection cannot go on: the peer is told by a goaway, and disconnected.
package enum FrameViolation: Error, Sendable, Equatable, CustomStringConvertible {
    case length(UInt32, maximum: UInt32)
    case unknownKind(UInt8)
    /// A field that the kind does not use is not zero, or one that it needs is.
    case malformed(FrameKind)
    /// A frame that is not for this side, or not for now.
    case unexpected(FrameKind)
    case notOurProtocol
    case malformedHello
    case unsupportedVersion(lowest: UInt16, highest: UInt16)
    /// The id of a request is not above those before, or an answer or a cancel names a call that never was.
    case callID(UInt64)

    package var status: StatusCode {
        switch self {
        case .length(_, _): .resourceExhausted
        case .unsupportedVersion: .unimplemented
        case .unknownKind, .malformed, .unexpected, .notOurProtocol, .malformedHello, .callID: .invalidArgument
        }
    }

    package var description: String {
        switch self {
        case .length(let length, let maximum): "frame length \(length) is not within 16 to \(maximum)"
        case .unknownKind(let kind): "frame kind \(kind) is unknown"
        case .malformed(let kind): "a field of the \(kind) frame has a value it cannot have"
        case .unexpected(let kind): "a \(kind) frame is not expected here"
        case .notOurProtocol: "the connection does not begin with a hello of this protocol"
        case .malformedHello: "the hello is malformed"
        case .unsupportedVersion(let lowest, let highest): "no common version with \(lowest) to \(highest)"
        case .callID(let id): "call id \(id) is out of order or was never used"
        }
    }
}
