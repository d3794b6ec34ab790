/// What a frame is. README.md, "Frames".
package enum FrameKind: UInt8, Sendable, CaseIterable {
    case hello = 1
    case request = 2
    case response = 3
    case error = 4
    case cancel = 5
    case ping = 6
    case pong = 7
    case goaway = 8
}

/// The flags byte of a frame: the same bit means another thing in another kind of frame.
package struct FrameFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    // Computed, so that other modules see constants and not globals made at first use.

    @inlinable package static var none: FrameFlags { FrameFlags(rawValue: 0) }
    /// Of a request: a ``TraceContext`` comes before the payload.
    @inlinable package static var trace: FrameFlags { FrameFlags(rawValue: 1) }
    /// Of an error: the call was not begun, so it may be sent again.
    @inlinable package static var retryable: FrameFlags { FrameFlags(rawValue: 1) }
}
